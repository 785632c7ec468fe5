"""Port: which of our processes does what only one may do."""

from __future__ import annotations

from typing import Protocol


class Leadership(Protocol):
    """Asked every second or so; `bot/adapters/postgres/leader.py` keeps it in the database."""

    def leads(self, name: str) -> bool:
        """Whether this process leads now; takes the lead where nobody has it."""
        ...

    def close(self) -> None:
        """Give everything up at once."""
        ...
