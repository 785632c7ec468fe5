"""What every storage does with limits that processes share."""

from __future__ import annotations

from datetime import timedelta

from bot.services.platform_records import Limit
from bot.services.storage import UnitOfWorkFactory
from tests.contract.samples import MINUTE, NOW

TWO_A_MINUTE, THREE_AN_HOUR = Limit(2, 60.0), Limit(3, 3600.0)
SECOND = timedelta(seconds=1)


def take(
    new: UnitOfWorkFactory, after_s: int, *limits: Limit, name: str = "robot", count: int = 1
) -> float:
    with new() as uow:
        wait_s = uow.paces.take(name, limits or [TWO_A_MINUTE], NOW + after_s * SECOND, count)
        uow.commit()
    return wait_s


def test_what_is_too_much_waits_until_the_span_is_over(new: UnitOfWorkFactory) -> None:
    assert [take(new, after_s) for after_s in (0, 10, 20)] == [0.0, 0.0, 40.0]
    assert [take(new, after_s) for after_s in (60, 61)] == [0.0, 9.0]


def test_each_name_has_a_window_of_its_own(new: UnitOfWorkFactory) -> None:
    assert [take(new, 0, name=name) for name in ("a", "a", "b")] == [0.0] * 3


def test_all_limits_count(new: UnitOfWorkFactory) -> None:
    both = (TWO_A_MINUTE, THREE_AN_HOUR)

    assert [take(new, after_s, *both) for after_s in (0, 0, 60)] == [0.0] * 3
    assert take(new, 120, *both) == 3480.0


def test_two_go_through_together_or_not_at_all(new: UnitOfWorkFactory) -> None:
    take(new, 0)

    assert take(new, 10, count=2) == 50.0
    assert take(new, 10) == 0.0


def test_what_is_more_than_a_limit_at_once_goes_alone(new: UnitOfWorkFactory) -> None:
    assert take(new, 0, count=3) == 0.0
    assert take(new, 1) == 59.0


def test_a_window_that_rests_lets_nothing_through(new: UnitOfWorkFactory) -> None:
    with new() as uow:
        uow.paces.rest("robot", NOW + 10 * MINUTE)
        uow.paces.rest("robot", NOW + MINUTE)
        uow.commit()

    assert take(new, 60) == 540.0
    assert take(new, 600) == 0.0


def test_what_was_not_committed_was_not_counted(new: UnitOfWorkFactory) -> None:
    with new() as uow:
        uow.paces.take("robot", [TWO_A_MINUTE], NOW, 2)

    assert take(new, 0, count=2) == 0.0
