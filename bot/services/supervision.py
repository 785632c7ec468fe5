"""Matters under supervision: registered, signed for, reported on, extended, closed."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core import supervision_steps as steps
from bot.core.errors import InvalidInputError
from bot.core.people import OrgId, Person
from bot.core.supervision import Item, ItemParts, ItemState, Progress
from bot.core.supervision_rights import Act, Standing, may, require, standings
from bot.services.supervision_amending import Amendments
from bot.services.supervision_deadlines import RuleDeadline
from bot.services.supervision_finding import (
    has_extension_asked,
    is_in_review,
    is_open,
    is_unsigned,
    waits_for,
)
from bot.services.supervision_import import Importer
from bot.services.supervision_intake import Intake
from bot.services.supervision_ledger import Call, Ledger
from bot.services.supervision_merging import Mergers
from bot.services.supervision_registering import UnitUnlistedError

__all__ = ["SupervisionDesk", "UnitUnlistedError"]

COMPLETE = 100  # percent


@dataclass(frozen=True)
class SupervisionDesk(Ledger):
    """The supervision ledger's use cases.

    A step that is repeated under the same `turn_key` does nothing and returns the item. An item
    of another office does not exist for this one. Every step raises as `find` does, NotAllowedError
    where the rights table says no, and ItemStateError where the item is past it.
    """

    @property
    def intake(self) -> Intake:
        """The ways in."""
        return Intake(self)

    @property
    def importer(self) -> Importer:
        """The way in for workbooks."""
        return Importer(self)

    @property
    def amendments(self) -> Amendments:
        """Another unit, person or content."""
        return Amendments(self)

    def read(self, person: Person, text: str) -> ItemParts:
        """What a sentence says about a new item; nothing is stored."""
        return self.intake.read(person, text)

    def register(
        self, person: Person, text: str, turn_key: str, accept_unlisted: bool = False
    ) -> Item:
        """Store the item that a sentence states; raises as `Registry.draft` does.

        Raises:
            NotAllowedError: not of the supervision office, nor a clerk or a leader.
            InvalidInputError: "item_several", to be proposed one by one.
        """
        require(person, Act.REGISTER)
        parts = self.intake.read(person, text)
        return self.intake.register(person, parts, turn_key, accept_unlisted)

    def merge(self, person: Person, text: str, turn_key: str) -> list[Item]:
        """Merge items (并案), or take a merger back; see `Mergers.merge`."""
        return Mergers(self).merge(person, text, turn_key)

    def exceeded_rule(self, item: Item) -> RuleDeadline | None:
        """The written rule's deadline, with its article, where the item's own day is later."""
        return self.deadlines().exceeded(item)

    def find(self, person: Person, text: str) -> Item:
        """The item that a sentence names by its number, or the only one it can mean.

        Raises:
            NotFoundError: "item_unknown", or "item_none" without a number.
            NotAllowedError: the person may not see it.
            RefusedError: "item_which", with the numbers that it could be.
        """
        with self.unit_of_work() as uow:
            return self.finder(uow).named(person, text, Act.SEE)

    def sign(self, person: Person, text: str, turn_key: str) -> Item:
        """Sign for an item (签收)."""
        now = self.clock.now()
        call = Call(person, text, turn_key, Act.SIGN)
        return self.take(call, lambda item: ("signed", steps.sign(item, person, now)), is_unsigned)

    def report(self, person: Person, text: str, turn_key: str) -> Item:
        """Note progress; the unit's report signs, and one that says it is done asks for closing.

        Raises:
            InvalidInputError: "progress_percent", outside 0 to 100.
        """
        percent = self.reader.read_progress(text)
        finished = percent == COMPLETE or self.reader.read_completion(text)
        references = self.reader.read_references(text)
        said = self.reader.read_words(text)
        progress = Progress(self.clock.now(), person.id, said, percent, references=references)

        def step(item: Item) -> tuple[str, Item]:
            changed = steps.report(item, person, progress, finished)
            if changed.state is ItemState.IN_REVIEW and changed.state is not item.state:
                return "finished", changed
            return self.report_event(changed, again=False), changed

        return self.take(Call(person, text, turn_key, Act.REPORT), step)

    def report_event(self, item: Item, again: bool = True) -> str:
        """What the last report did, for the words.

        It applied for closing (`again`: in review it may have), finished the part of an assisting
        unit, or is plain progress.
        """
        last = item.progress[-1]
        if last.done and last.unit in item.assist_units:
            return "part_done"
        in_review = again and item.state is ItemState.IN_REVIEW
        return "finished" if last.done and in_review else "reported"

    def extend(self, person: Person, text: str, turn_key: str) -> Item:
        """Ask for a later deadline as the unit, or decide on it as the supervision office.

        The supervision office may also name a day that nobody asked for.

        Raises:
            InvalidInputError: "extension_day_missing", "extension_not_later", "deadline_past", or
                "extension_decision_missing": what was asked is neither granted nor refused.
            RefusedError: "extension_not_asked", when there is nothing to refuse.
        """
        today = self.today()

        def step(item: Item) -> tuple[str, Item]:
            day = self.reader.read_extension(text, today, item.deadline)
            if not may(person, Act.DECIDE_EXTENSION, item):
                return "extension_asked", steps.ask_extension(item, person, day, today)
            granted = self.reader.read_decision(text)
            if granted is False:
                return "extension_refused", steps.refuse_extension(item, person)
            if granted is None and day is None and item.extension_to is not None:
                raise InvalidInputError("extension_decision_missing", number=item.number)
            return "extended", steps.grant_extension(item, person, day, today)

        decides = may(person, Act.DECIDE_EXTENSION) and self.reader.read_decision(text) is not None
        wanted = has_extension_asked if decides else is_open
        return self.take(Call(person, text, turn_key, Act.EXTEND), step, wanted)

    def extension_event(self, text: str, item: Item) -> str:
        """What `extend` did, for the words: asked for, granted or refused."""
        if item.extension_to is not None:
            return "extension_asked"
        return "extension_refused" if self.reader.read_decision(text) is False else "extended"

    def close(self, person: Person, text: str, turn_key: str) -> Item:
        """Strike an item off the ledger (销号).

        Raises:
            RefusedError: "item_parts_open", unless the words insist (仍然销号).
        """
        now, insists = self.clock.now(), self.reader.insists(text)
        call = Call(person, text, turn_key, Act.CLOSE)
        return self.take(
            call, lambda item: ("closed", steps.close(item, person, now, insists)), is_in_review
        )

    def send_back(self, person: Person, text: str, turn_key: str) -> Item:
        """Return an item from review to its unit (退回)."""
        call = Call(person, text, turn_key, Act.SEND_BACK)
        return self.take(
            call, lambda item: ("sent_back", steps.send_back(item, person)), is_in_review
        )

    def cancel(self, person: Person, text: str, turn_key: str) -> Item:
        """Take back an item that should not have been registered (撤销)."""
        now = self.clock.now()
        call = Call(person, text, turn_key, Act.CANCEL)
        return self.take(call, lambda item: ("cancelled", steps.cancel(item, person, now)))

    def listing(self, org: OrgId, state: str | None = None) -> list[Item]:
        """The items of an office, or those in one state, by number."""
        with self.unit_of_work() as uow:
            return uow.items.listing(org, state)

    def visible_to(self, person: Person, text: str = "") -> list[Item]:
        """What a person may see of what a sentence asks for, the most pressing first.

        Closed items only if the sentence asks for them.
        """
        with self.unit_of_work() as uow:
            return self.finder(uow).visible(person, text)

    def waiting_for(self, person: Person) -> list[Item]:
        """What waits for a signature or a decision of this person, the most pressing first."""
        return [item for item in self.visible_to(person) if waits_for(person, item)]

    def reportable_by(self, person: Person) -> list[Item]:
        """The open items that a person has to report on, the most pressing first.

        Of the supervision office, which may report on any, those that it must act for itself.
        """
        units = {Standing.LEAD_UNIT, Standing.ASSIST_UNIT}
        return [item for item in self.visible_to(person) if units & standings(person, item)]

    def tick(self) -> None:
        """Write every reminder that is due into the outbox, each once."""
        self.post().tick(self.unit_of_work, self.clock.now())
