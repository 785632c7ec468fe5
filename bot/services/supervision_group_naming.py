"""Naming in chat the group that reads the supervision digest."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.clock import Clock
from bot.core.people import Person
from bot.core.supervision_rights import Act, require
from bot.core.supervision_wishes import GroupWish
from bot.services.storage import UnitOfWorkFactory
from bot.services.supervision_groups import SupervisionGroup, read_group, write_group


@dataclass(frozen=True)
class GroupNaming:
    """Follows what is said; `conversation` is the group where it is said, None outside of one."""

    unit_of_work: UnitOfWorkFactory
    clock: Clock

    def follow(self, person: Person, wish: GroupWish, conversation: str | None) -> str:
        """Do it; what has come of it, for the words. Said again, it changes nothing.

        Raises:
            NotAllowedError: not of the supervision office ("supervision_name_group_not_allowed").
        """
        if wish is GroupWish.ASK:
            return self._told(person, conversation)
        require(person, Act.NAME_GROUP)
        if wish is GroupWish.END:
            return self._ended(person, conversation)
        if conversation is None:
            return "named_outside"
        return self._named(person, conversation)

    def _told(self, person: Person, conversation: str | None) -> str:
        with self.unit_of_work() as uow:
            known = read_group(uow, person.org)
        if known is None:
            return "nowhere"
        if conversation is None:
            return "somewhere"
        return "here" if known.group == conversation else "elsewhere"

    def _named(self, person: Person, conversation: str) -> str:
        """The members are not known: a chat does not tell who reads along."""
        with self.unit_of_work() as uow:
            known = read_group(uow, person.org)
            if known is not None and known.group == conversation:
                return "named_before"
            write_group(uow, person, SupervisionGroup(conversation), self.clock.now())
            uow.commit()
        return "named" if known is None else "named_instead"

    def _ended(self, person: Person, conversation: str | None) -> str:
        with self.unit_of_work() as uow:
            known = read_group(uow, person.org)
            if known is None:
                return "ended_before"
            if conversation not in (None, known.group):
                return "ended_elsewhere"
            write_group(uow, person, SupervisionGroup(""), self.clock.now())
            uow.commit()
        return "ended"
