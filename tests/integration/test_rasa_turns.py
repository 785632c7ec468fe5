"""The dialogue with a real Rasa process; desks and actions in this process, readers scripted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from bot.adapters.rasa import RasaDialogue
from bot.core.leave import LeaveKind, LeaveParts, Span
from bot.core.messages import Incoming, Message
from bot.core.people import PersonId
from tests.fakes.desks import CHANGLE, Desks
from tests.integration.rasa_process import MODEL, RasaProcess, action_server, rasa_python

pytestmark = [
    pytest.mark.rasa,
    pytest.mark.slow,
    pytest.mark.skipif(not rasa_python().exists(), reason="no Rasa environment"),
    pytest.mark.skipif(not MODEL.exists(), reason="no dialogue model: make train"),
]

TRIP = "我下周三到周五去南京出差"
SENTENCES = {
    TRIP: LeaveParts(
        kind=LeaveKind.BUSINESS_TRIP,
        span=Span(date(2026, 12, 2), date(2026, 12, 4)),
        place="南京",
        stand_in="顾松筠",
    ),
    "不对,是下周四": LeaveParts(span=Span(date(2026, 12, 3), date(2026, 12, 4))),
}
_turns = count(1)


class Talk:
    """One office talking to one Rasa."""

    def __init__(self, desks: Desks, rasa: RasaProcess) -> None:
        self.desks, self.rasa = desks, rasa
        self.engine = RasaDialogue(rasa.url, timeout_s=20.0)

    def say(self, text: str, who: str = "bureau_head", conversation: str = "direct") -> str:
        """The answer to one message, as text."""
        return "\n".join(message.text for message in self.turn(text, who, conversation))

    def turn(self, text: str, who: str, conversation: str) -> list[Message]:
        """One turn as the inbox makes it."""
        number = next(_turns)
        with self.desks.database.unit_of_work() as uow:
            person = uow.people.person(PersonId(f"changle/{who}"))
        now = self.desks.clock.now()
        incoming = Incoming("web", f"m{number}", CHANGLE, person.id, conversation, text, now)
        with self.desks.turns.opened(f"inbox:{number}", person, incoming) as turn:
            return self.engine.turn(incoming.thread, text, {"turn": turn.token})

    def restart(self) -> None:
        """Kill Rasa and start it again."""
        self.engine.close()
        self.rasa.kill()
        self.rasa.start()
        self.engine = RasaDialogue(self.rasa.url, timeout_s=20.0)


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talk]:
    desks, log = Desks(), Path(tmp_path_factory.mktemp("rasa")) / "rasa.log"
    desks.leave_reader.sentences |= SENTENCES
    with action_server(desks.wiring()) as action_port:
        rasa = RasaProcess(action_port, log)
        try:
            rasa.start()
            talk = Talk(desks, rasa)
            yield talk
            talk.engine.close()
        finally:
            rasa.kill()
    assert TRIP not in log.read_text(encoding="utf-8")


def test_a_question_its_follow_up_and_another_office(talk: Talk) -> None:
    asked = talk.desks.rules.asked
    asked.clear()

    talk.say("会议纪要谁签发", "staff1")
    talk.say("那副县长呢", "staff1")
    talk.say("云阳县怎么规定的", "staff1")

    assert asked == [
        ("changle", "会议纪要谁签发"),
        ("changle", "会议纪要谁签发", "那副县长呢"),
        ("yunyang", "会议纪要谁签发+那副县长呢"),
    ]


def test_a_leave_is_interrupted_survives_a_crash_is_corrected_and_filed(talk: Talk) -> None:
    summary = talk.say(TRIP)
    interrupted = talk.say("请假要提前几天")
    talk.restart()
    corrected = talk.say("不对,是下周四")
    filed = talk.say("确认提交")
    afterwards = talk.say("好的")

    assert "确认提交吗" in summary
    assert "请假要提前几天的规定" in interrupted
    assert "确认提交吗" in interrupted
    assert "12月3日" in corrected
    assert "已提交出差申请" in filed
    assert "没有等您确认" in afterwards
    assert len(talk.desks.wiring().leave_desk.listing(CHANGLE)) == 1


def test_a_leave_is_dropped_by_a_word(talk: Talk) -> None:
    talk.say("我要请假", "staff2")

    assert "已取消" in talk.say("算了", "staff2")
    assert "没有正在办理" in talk.say("算了", "staff2")


def test_a_group_hears_nothing_of_a_leave(talk: Talk) -> None:
    assert "已私聊您" in talk.say(TRIP, "staff1", "group9")
    assert "已私聊您" in talk.say("我的假批了吗", "staff1", "group9")


def test_an_unlisted_unit_is_registered_after_a_yes(talk: Talk) -> None:
    asked = talk.say("立项:旅发中心11月底前报送演出方案,速办", "supervisor1")
    registered = talk.say("仍然立项", "supervisor1")

    assert "仍然立项吗" in asked
    assert "未登记单位" in registered


def test_a_long_conversation_stays_understood(talk: Talk) -> None:
    for _ in range(60):
        talk.say("你好", "clerk1")

    assert "职务" in talk.say("我是谁", "clerk1")
