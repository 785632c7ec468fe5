from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import pytest
from sqlalchemy import Engine, func, select

from bot.adapters.postgres.tables import inbox
from bot.services.cards import installation_id
from bot.services.sign_in import session_key
from bot.services.storage import EffectRepeatedError, OutboxState, UnitOfWork, UnitOfWorkFactory
from tests.contract.samples import CLERK, DIRECTORY, ITEM, NOW, ORG, edition, incoming, push

WORKERS = 8
ENTRIES = 200
THREADS = 20
T = TypeVar("T")


def side_by_side(count: int, work: Callable[[int], T]) -> list[T]:
    """Run the work in as many threads, which all begin at the same moment."""
    barrier = Barrier(count)

    def begin(number: int) -> T:
        barrier.wait()
        return work(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(begin, range(count)))


def test_eight_workers_claim_every_message_once_and_keep_each_thread_in_order(
    unit_of_work_factory: UnitOfWorkFactory,
) -> None:
    with unit_of_work_factory() as uow:
        for n in range(ENTRIES):
            uow.inbox.add(incoming(f"m{n:03}", f"group{n % THREADS}"))
        uow.commit()
    worked: defaultdict[str, list[str]] = defaultdict(list)

    def work(_: int) -> int:
        count = 0
        while done_one(unit_of_work_factory, worked):
            count += 1
        return count

    side_by_side(WORKERS, work)
    work(0)  # a worker stops early when the others hold the head of every thread

    assert sum(map(len, worked.values())) == ENTRIES
    assert worked == {
        f"{CLERK}@group{thread}": [f"m{n:03}" for n in range(thread, ENTRIES, THREADS)]
        for thread in range(THREADS)
    }


@pytest.mark.parametrize("made_once", [installation_id, session_key])
def test_processes_that_start_side_by_side_agree_on_what_is_made_once(
    unit_of_work_factory: UnitOfWorkFactory, made_once: Callable[[UnitOfWorkFactory], str]
) -> None:
    made = side_by_side(WORKERS, lambda _: made_once(unit_of_work_factory))

    assert len(set(made)) == 1


def done_one(new: UnitOfWorkFactory, worked: defaultdict[str, list[str]]) -> bool:
    with new() as uow:
        entry = uow.inbox.claim(NOW, lease_s=20)
        uow.commit()
    if entry is None:
        return False
    worked[entry.incoming.thread].append(entry.incoming.message_id)
    with new() as uow:
        uow.inbox.finish(entry.id, [])
        uow.commit()
    return True


def test_a_message_delivered_eight_times_at_once_is_one_row(
    unit_of_work_factory: UnitOfWorkFactory, engine: Engine
) -> None:
    def add(_: int) -> int:
        with unit_of_work_factory() as uow:
            entry = uow.inbox.add(incoming("m1"))
            uow.commit()
        return entry.id

    ids = side_by_side(WORKERS, add)

    assert len(set(ids)) == 1
    with engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(inbox)).scalar_one() == 1


def test_eight_workers_claim_every_push_once(unit_of_work_factory: UnitOfWorkFactory) -> None:
    with unit_of_work_factory() as uow:
        for n in range(50):
            uow.outbox.add(push(f"p{n}", to=f"changle/{n}"), NOW)
        uow.commit()

    def work(_: int) -> list[str]:
        keys: list[str] = []
        while True:
            with unit_of_work_factory() as uow:
                entry = uow.outbox.claim(NOW, lease_s=20)
                uow.commit()
            if entry is None:
                return keys
            keys.append(entry.key)

    keys = [key for worker in side_by_side(WORKERS, work) for key in worker]

    assert sorted(keys) == sorted(f"p{n}" for n in range(50))


def test_eight_workers_send_one_recipients_pushes_in_their_order(
    unit_of_work_factory: UnitOfWorkFactory,
) -> None:
    sent: list[str] = []
    with unit_of_work_factory() as uow:
        for n in range(50):
            uow.outbox.add(push(f"p{n:02}"), NOW)
        uow.commit()

    def work(_: int) -> None:
        while len(sent) < 50:
            with unit_of_work_factory() as uow:
                entry = uow.outbox.claim(NOW, lease_s=20)
                uow.commit()
            if entry is None:
                continue
            sent.append(entry.key)
            with unit_of_work_factory() as uow:
                uow.outbox.settle(entry.id, OutboxState.SENT)
                uow.commit()

    side_by_side(WORKERS, work)

    assert sent == sorted(sent)


def test_a_push_added_eight_times_at_once_is_stored_once(
    unit_of_work_factory: UnitOfWorkFactory,
) -> None:
    def add(_: int) -> bool:
        with unit_of_work_factory() as uow:
            added = uow.outbox.add(push("p1"), NOW)
            uow.commit()
        return added

    assert sorted(side_by_side(WORKERS, add)) == [False] * (WORKERS - 1) + [True]


def test_numbers_given_at_once_have_no_gap_and_no_twin(
    unit_of_work_factory: UnitOfWorkFactory,
) -> None:
    def register(number: int) -> int:
        with unit_of_work_factory() as uow:
            serial = uow.items.next_serial(ORG, 2026)
            add_item(uow, serial)
            if number % 4:  # two of eight are thought better of
                uow.commit()
        return serial

    side_by_side(WORKERS, register)

    with unit_of_work_factory() as uow:
        numbers = [item.number for item in uow.items.listing(ORG)]
    assert sorted(numbers) == [f"督〔2026〕{n}号" for n in range(1, 7)]


def add_item(uow: UnitOfWork, serial: int) -> None:
    fields = vars(ITEM) | {"id": uow.items.next_ids(1)[0], "number": f"督〔2026〕{serial}号"}
    uow.items.add(type(ITEM)(**fields), CLERK, NOW)


def test_processes_that_start_at_once_store_an_edition_and_a_directory_once(
    unit_of_work_factory: UnitOfWorkFactory,
) -> None:
    def start(_: int) -> bool:
        with unit_of_work_factory() as uow:
            uow.people.save(DIRECTORY)
            saved = uow.rules.save(edition("a"))
            uow.commit()
        return saved

    saved = side_by_side(WORKERS, start)

    assert sorted(saved) == [False] * (WORKERS - 1) + [True]
    with unit_of_work_factory() as uow:
        assert uow.people.directory(ORG) == DIRECTORY
        assert uow.rules.editions() == [edition("a")]


def test_of_two_turns_with_the_same_effect_one_is_refused(
    unit_of_work_factory: UnitOfWorkFactory,
) -> None:
    def have(number: int) -> bool:
        try:
            with unit_of_work_factory() as uow:
                uow.effects.record("inbox:1:leave.confirm", f"leave:{number}")
                uow.settings.put(f"leave:{number}", True)
                uow.commit()
        except EffectRepeatedError:
            return False
        return True

    had = side_by_side(2, have)

    with unit_of_work_factory() as uow:
        kept = [uow.settings.get(f"leave:{n}") is True for n in range(2)]
    assert sorted(had) == [False, True]
    assert kept == had


def test_audit_rows_written_at_once_make_one_chain(
    unit_of_work_factory: UnitOfWorkFactory,
) -> None:
    def write(number: int) -> None:
        for n in range(5):
            with unit_of_work_factory() as uow:
                uow.audit.append(ORG, CLERK, "test", f"{number}:{n}", NOW)
                uow.commit()

    side_by_side(WORKERS, write)

    with unit_of_work_factory() as uow:
        assert len(uow.audit.listing(ORG)) == WORKERS * 5
        assert uow.audit.first_break() is None
