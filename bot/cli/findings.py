"""What `doctor` finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `needed`: the service cannot run without it; `hint`: what to click."""

    what: str
    ok: bool
    words: str
    needed: bool = True
    hint: str = ""

    @property
    def lines(self) -> list[str]:
        """As it is printed."""
        first = f"{'ok  ' if self.ok else 'FAIL'} {self.what}: {self.words}"
        return [first, f"     -> {self.hint}"] if self.hint else [first]
