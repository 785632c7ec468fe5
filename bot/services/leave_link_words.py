"""The words for a request that changes or extends (续假) an older leave."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.leave import Leave
from bot.services.leave_asking import day_words, days_words
from bot.services.outside import Texts


@dataclass(frozen=True)
class LinkWords:
    """What is added to the words about such a request; nothing for any other."""

    texts: Texts

    def asked(self, leave: Leave) -> str:
        """What it would change or extend, before it is approved."""
        return self._of(leave, "summary_replaces", "summary_extends")

    def approved(self, leave: Leave) -> str:
        """What its approval has done to the older leave."""
        return self._of(leave, "link_replaced", "link_extended")

    def refused(self, leave: Leave) -> str:
        """That the older leave stands."""
        return self._of(leave, "link_stands", "link_stands")

    def told(self, leave: Leave) -> str:
        """For those who were told of the older leave."""
        return self._of(leave, "told_replaces", "told_extends")

    def _of(self, leave: Leave, replacing: str, extending: str) -> str:
        if leave.replaces is not None:
            return self.texts.say(f"leave.{replacing}", id=leave.replaces)
        if leave.extends is None:
            return ""
        last = day_words(self.texts, leave.span.last_day)
        days = days_words(leave.whole_days or leave.span.days)
        return self.texts.say(f"leave.{extending}", id=leave.extends, last=last, days=days)
