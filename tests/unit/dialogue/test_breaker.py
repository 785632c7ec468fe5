from __future__ import annotations

from bot.adapters.breaker import Breaker
from tests.unit.dialogue.stopwatch import Stopwatch


def opened(clock: Stopwatch) -> Breaker:
    breaker = Breaker(most_failures=2, rest_s=5.0, clock=clock)
    breaker.failed()
    breaker.failed()
    return breaker


def test_calls_pass_until_failures_follow_one_another() -> None:
    breaker = Breaker(most_failures=2, clock=Stopwatch())

    breaker.failed()
    breaker.succeeded()
    breaker.failed()

    assert breaker.lets_pass()
    assert not breaker.is_open


def test_an_open_breaker_lets_nothing_pass_while_it_rests() -> None:
    clock = Stopwatch()
    breaker = opened(clock)

    clock.advance(4.9)

    assert breaker.is_open
    assert not breaker.lets_pass()


def test_after_the_rest_one_trial_passes_and_no_second() -> None:
    clock = Stopwatch()
    breaker = opened(clock)

    clock.advance(5.1)

    assert breaker.lets_pass()
    assert not breaker.lets_pass()


def test_a_trial_that_fails_begins_another_rest() -> None:
    clock = Stopwatch()
    breaker = opened(clock)
    clock.advance(5.1)
    breaker.lets_pass()

    breaker.failed()
    clock.advance(4.9)

    assert not breaker.lets_pass()


def test_a_trial_that_succeeds_closes_it() -> None:
    clock = Stopwatch()
    breaker = opened(clock)
    clock.advance(5.1)
    breaker.lets_pass()

    breaker.succeeded()

    assert breaker.lets_pass()
    assert breaker.lets_pass()
