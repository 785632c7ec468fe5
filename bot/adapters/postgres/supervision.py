"""The supervision ledger in PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    case,
    cast,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.adapters.postgres.codec import load, to_row
from bot.adapters.postgres.columns import OfficeTime
from bot.adapters.postgres.ledger_tables import (
    item_ids,
    reminder,
    supervision_event,
    supervision_item,
)
from bot.adapters.postgres.locks import Lock, hold
from bot.adapters.postgres.tables import outbox
from bot.core.clock import OFFICE_TIME
from bot.core.errors import NotFoundError
from bot.core.people import OrgId, PersonId
from bot.core.reminders import Reminder
from bot.core.supervision import OPEN_STATES, Item, ItemId, Occasion, SentReminder
from bot.core.supervision_history import ItemEvent
from bot.services.ledgers import UnreachedReminder, year_and_serial
from bot.services.storage import READ, OutboxState

_OPEN = sorted(state.value for state in OPEN_STATES)
_AWAKE = {"quiet_from": None, "quiet_until": None}


class SqlSupervisionRepository:
    """Items with their events and reminders."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next_ids(self, count: int) -> list[ItemId]:
        taken = select(item_ids.next_value()).select_from(func.generate_series(1, count))
        return sorted(ItemId(number) for number in self._connection.execute(taken).scalars())

    def next_serial(self, org: OrgId, year: int) -> int:
        hold(self._connection, Lock.SERIAL, f"{org}:{year}")
        last = select(func.max(supervision_item.c.serial)).where(
            supervision_item.c.org == org, supervision_item.c.year == year
        )
        return (self._connection.execute(last).scalar_one() or 0) + 1

    def add(self, item: Item, by: PersonId, at: datetime) -> None:
        self._connection.execute(insert(supervision_item).values(_row(item)))
        self._note(item, "registered", by, at)

    def add_all(self, items: Sequence[Item], by: PersonId, at: datetime) -> None:
        if items:
            self._connection.execute(insert(supervision_item), [_row(item) for item in items])
            events = [_event(item, "registered", by, at) for item in items]
            self._connection.execute(insert(supervision_event), events)

    def get(self, org: OrgId, serial: int, year: int) -> Item:
        table = supervision_item
        found = select(table).where(
            table.c.org == org, table.c.year == year, table.c.serial == serial
        )
        row = self._connection.execute(found.with_for_update()).mappings().one_or_none()
        if row is None:
            raise NotFoundError("item_unknown", org=org, year=year, serial=serial)
        return load(Item, row)

    def update(self, item: Item, event: str, by: PersonId | None, at: datetime) -> None:
        table = supervision_item
        changed = update(table).where(table.c.id == item.id).values(_row(item))
        if self._connection.execute(changed).rowcount == 0:
            raise NotFoundError("item_unknown", item=item.id)
        self._note(item, event, by, at)

    def _note(self, item: Item, event: str, by: PersonId | None, at: datetime) -> None:
        self._connection.execute(insert(supervision_event).values(_event(item, event, by, at)))

    def events(self, item_ids: Sequence[ItemId]) -> dict[ItemId, list[ItemEvent]]:
        table = supervision_event
        wanted = select(table).where(table.c.item_id.in_(item_ids)).order_by(table.c.at, table.c.id)
        found: dict[ItemId, list[ItemEvent]] = {item_id: [] for item_id in item_ids}
        for row in self._connection.execute(wanted).mappings():
            found[row["item_id"]].append(load(ItemEvent, row))
        return found

    def listing(self, org: OrgId | None = None, state: str | None = None) -> list[Item]:
        wanted = select(supervision_item).order_by(supervision_item.c.id)
        if org is not None:
            wanted = wanted.where(supervision_item.c.org == org)
        if state is not None:
            wanted = wanted.where(supervision_item.c.state == str(state))
        return [load(Item, row) for row in self._connection.execute(wanted).mappings()]

    def still_open(self, org: OrgId) -> list[Item]:
        return self._of(org, supervision_item.c.state.in_(_OPEN))

    def counted_since(self, org: OrgId, day: date) -> list[Item]:
        table = supervision_item
        begins = datetime.combine(day, time.min, OFFICE_TIME)
        is_open = table.c.state.in_(_OPEN)
        return self._of(org, or_(is_open, table.c.closed_at >= begins, table.c.deadline >= day))

    def _of(self, org: OrgId, wanted: ColumnElement[bool]) -> list[Item]:
        table = supervision_item
        found = select(table).where(table.c.org == org, wanted).order_by(table.c.id)
        return [load(Item, row) for row in self._connection.execute(found).mappings()]

    def awake(self, now: datetime, after: ItemId, limit: int) -> list[Item]:
        table = supervision_item
        wanted = (
            select(table)
            .where(
                table.c.state.in_(_OPEN),
                # A clock that was set back asks again, for less may have been due then.
                or_(
                    table.c.quiet_until.is_(None),
                    table.c.quiet_until <= now,
                    table.c.quiet_from > now,
                ),
                table.c.id > after,
            )
            .order_by(table.c.id)
            .limit(limit)
            .with_for_update()
        )
        return [load(Item, row) for row in self._connection.execute(wanted).mappings()]

    def locked(self, item_ids: Sequence[ItemId]) -> list[Item]:
        table = supervision_item
        wanted = select(table).where(table.c.id.in_(item_ids)).order_by(table.c.id)
        rows = self._connection.execute(wanted.with_for_update()).mappings()
        return [load(Item, row) for row in rows]

    def hush(self, untils: Mapping[ItemId, datetime], now: datetime) -> None:
        ids = cast(list(untils), ARRAY(BigInteger))
        moments = cast(list(untils.values()), ARRAY(OfficeTime))
        quiet = func.unnest(ids, moments).table_valued("id", "until").render_derived()
        self._connection.execute(
            update(supervision_item)
            .where(supervision_item.c.id == quiet.c.id)
            .values(quiet_from=now, quiet_until=quiet.c.until)
        )

    def wake(self) -> None:
        quiet = supervision_item.c.quiet_until.is_not(None)
        self._connection.execute(update(supervision_item).where(quiet).values(_AWAKE))

    def add_reminder(
        self, item_id: ItemId, occasion: Occasion, day: date, to: str, push_key: str, at: datetime
    ) -> bool:
        row = {
            "item_id": item_id,
            "occasion": occasion.value,
            "day": day,
            "recipient": to,
            "push_key": push_key,
            "at": at,
        }
        added = upsert(reminder).values(row).on_conflict_do_nothing().returning(reminder.c.id)
        return self._connection.execute(added).first() is not None

    def add_reminders(self, reminders: Sequence[Reminder], push_key: str, at: datetime) -> None:
        rows = [
            {
                "item_id": each.item_id,
                "occasion": each.occasion.value,
                "day": each.day,
                "recipient": each.to,
                "push_key": push_key,
                "at": at,
            }
            for each in reminders
        ]
        if rows:
            self._connection.execute(upsert(reminder).on_conflict_do_nothing(), rows)

    def reminders(
        self, item_ids: Sequence[ItemId], since: date = date.min
    ) -> dict[ItemId, list[SentReminder]]:
        sent = (
            select(reminder, _status().label("status"))
            .outerjoin(outbox, outbox.c.key == reminder.c.push_key)
            .where(
                reminder.c.item_id.in_(item_ids),
                or_(reminder.c.occasion != Occasion.OVERDUE.value, reminder.c.day >= since),
            )
            .order_by(reminder.c.at, reminder.c.id)
        )
        found: dict[ItemId, list[SentReminder]] = {item_id: [] for item_id in item_ids}
        for row in self._connection.execute(sent).mappings():
            found[row["item_id"]].append(load(SentReminder, row, to=row["recipient"]))
        return found

    def reminded_by(self, push_keys: Sequence[str]) -> dict[str, list[Item]]:
        table = supervision_item
        told = (
            select(reminder.c.push_key, table)
            .distinct()
            .join(table, table.c.id == reminder.c.item_id)
            .where(reminder.c.push_key.in_(push_keys))
            .order_by(table.c.id)
        )
        found: dict[str, list[Item]] = {key: [] for key in push_keys}
        for row in self._connection.execute(told).mappings():
            found[row["push_key"]].append(load(Item, row))
        return found

    def unreached(self, limit: int) -> list[UnreachedReminder]:
        earlier = reminder.alias()
        told = exists().where(
            earlier.c.item_id == reminder.c.item_id,
            earlier.c.recipient == reminder.c.recipient,
            earlier.c.unreached_at.is_not(None),
        )
        failed = (
            select(reminder, told.label("again"))
            .join(outbox, outbox.c.key == reminder.c.push_key)
            .where(outbox.c.state == OutboxState.FAILED.value, reminder.c.unreached_at.is_(None))
            .order_by(reminder.c.id)
            .limit(limit)
        )
        rows = self._connection.execute(failed).mappings()
        return [load(UnreachedReminder, row, to=row["recipient"]) for row in rows]

    def note_unreached(self, reminder_ids: Sequence[int], at: datetime) -> None:
        told = update(reminder).where(reminder.c.id.in_(reminder_ids))
        self._connection.execute(told.values(unreached_at=at))


def _status() -> ColumnElement[str]:
    """What became of a reminder's push; one that was read has come farther than sent."""
    return case(
        (outbox.c.read_at.is_not(None), READ),
        else_=func.coalesce(outbox.c.state, OutboxState.PENDING.value),
    )


def _event(item: Item, event: str, by: PersonId | None, at: datetime) -> dict[str, Any]:
    return {
        "item_id": item.id,
        "at": at,
        "by": by,
        "event": event,
        "state": item.state.value,
        "deadline": item.deadline,
    }


def _row(item: Item) -> dict[str, Any]:
    year, serial = year_and_serial(item.number)
    return to_row(item) | {"year": year, "serial": serial} | _AWAKE
