from __future__ import annotations

from bot.core.errors import OutsideServiceError
from bot.services.tick import Ticker
from tests.fakes.desks import Desks


def test_a_platform_that_is_away_keeps_nothing_else_from_being_looked_at() -> None:
    made, looked = Desks().wiring(), list[str]()

    def away() -> None:
        looked.append("away")
        raise OutsideServiceError("dingtalk_unreachable")

    ticker = Ticker(
        made.leave_desk,
        made.supervision_desk,
        made.unanswered_desk,
        made.bulletin_desk,
        made.delivery,
        made.approval_desk,
        platform_beats=(away, lambda: looked.append("next")),
    )

    ticker.tick()

    assert looked == ["away", "next"]
