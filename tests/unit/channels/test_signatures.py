from __future__ import annotations

from datetime import timedelta

import pytest

from bot.adapters.channels.signatures import (
    MAX_AGE_S,
    check_age,
    check_robot,
    read_stamp,
    robot_signature,
)
from bot.core.errors import BadSignatureError
from tests.fakes.clock import FakeClock

STAMP = "1795395600000"


def test_a_robots_message_is_taken_with_the_signature_of_its_app_only() -> None:
    check_robot("secret", STAMP, robot_signature("secret", STAMP))

    for wrong in ("", "秘密", robot_signature("other", STAMP), robot_signature("secret", "1")):
        with pytest.raises(BadSignatureError, match="signature_wrong"):
            check_robot("secret", STAMP, wrong)


@pytest.mark.parametrize("seconds", [-MAX_AGE_S - 1, MAX_AGE_S + 1, -1e9, float("nan")])
def test_a_call_from_another_time_is_stale(seconds: float) -> None:
    now = FakeClock().now()

    with pytest.raises(BadSignatureError, match="signature_stale"):
        check_age(now.timestamp() + seconds, now)


def test_a_call_of_the_last_hour_is_taken() -> None:
    now = FakeClock().now()

    check_age((now - timedelta(minutes=59)).timestamp(), now)


@pytest.mark.parametrize("stamp", ["", "-1", "1e3", "1.5", "٣", "9" * 17, "x"])
def test_a_timestamp_that_is_no_number_is_refused(stamp: str) -> None:
    with pytest.raises(BadSignatureError, match="signature_stale"):
        read_stamp(stamp, 1000)
