"""Refuse to start on a taken port: `check_ports.py VARIABLE=host:port ...`, one line for each."""

from __future__ import annotations

import socket
import sys


def main(arguments: list[str]) -> int:
    """Name the ports that cannot be had; exit code 1 if there is one."""
    refused = [line for line in map(_complaint, arguments) if line]
    sys.stderr.writelines(f"{line}\n" for line in refused)
    return 1 if refused else 0


def _complaint(argument: str) -> str | None:
    variable, _, address = argument.partition("=")
    host, _, port = address.rpartition(":")
    if not port.isdecimal() or not 0 < int(port) < 65_536:
        return f"{variable} must be a port number, not {port!r}"
    try:
        _bind(host, int(port))
    except OSError as error:
        return f"cannot listen on {address}: {error.strerror}; set {variable} to a free port"
    return None


def _bind(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listener:
        # As the servers do: a port in TIME_WAIT is free, one that is listened on is not.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
