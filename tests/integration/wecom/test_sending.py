"""Messages sent over the wire to the stand-in, which drops and fails as WeCom does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from bot.adapters.clock import SystemClock
from bot.adapters.texts import YamlTexts
from bot.adapters.wecom.config import Limits
from bot.adapters.wecom.platform import WeComLine
from bot.adapters.wecom.sender import WeComSender
from bot.core.clock import OFFICE_TIME
from bot.core.errors import (
    NotYetError,
    OutcomeUnknownError,
    OutsideServiceError,
    UnreachableError,
)
from bot.core.messages import Button, Message, Push
from bot.core.people import PersonId
from bot.services.card_store import Card
from tests.contract.samples import CITATION, MESSAGE, NOW, ORG
from tests.fakes.storage import FakeDatabase
from tests.fakes.wecom.process import StandIn
from tests.integration.wecom.offices import APP, GROUP, config_of

SEND, ROBOT = "/cgi-bin/message/send", "/cgi-bin/webhook/send"
LI = PersonId(f"{ORG}/staff1")
HELLO = Push("p1", ORG, LI, Message("您好\n请看"))
TO_ALL = Push("p2", ORG, GROUP, Message("请看"))
UNSEEN = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060))
ASKED = Message("确认提交吗？", (Button("确认", "确认"), Button("取消", "取消")), topic="draft:x")


class Office:
    """One office's sender with its line."""

    def __init__(
        self, stand_in: StandIn, database: FakeDatabase | None = None, **changes: Any
    ) -> None:
        self.line = WeComLine([config_of(stand_in, **changes)], lambda *_: None)
        new, clock = (database or FakeDatabase()).unit_of_work, SystemClock()
        self.sender: WeComSender = self.line.senders(new, clock, YamlTexts(), "1a2b")[ORG]

    def send(self, push: Push, *, again: bool = False) -> str | None:
        """What its card is updated by, if it is one."""
        return self.line.loop.run(self.sender.send(push, again=again), 30)

    def update(self, card: Card) -> None:
        self.line.loop.run(self.sender.update(card), 30)


@pytest.fixture
def office(stand_in: StandIn) -> Iterator[Office]:
    office = Office(stand_in)
    yield office
    office.line.close()


def words(sent: dict[str, Any]) -> str:
    """What can be seen of a text."""
    return str(sent["content"]["content"]).translate(UNSEEN)


def test_a_person_gets_text_from_the_app(office: Office, stand_in: StandIn) -> None:
    assert office.send(HELLO) is None

    [seen] = stand_in.sent("staff1")
    assert (seen["way"], seen["msgtype"], words(seen)) == ("app", "text", "您好\n请看")


def test_an_answer_comes_with_links_to_its_articles(office: Office, stand_in: StandIn) -> None:
    office.send(Push("reply:1:0", ORG, LI, Message("县长签发", citations=(CITATION,))))

    [seen] = stand_in.sent("staff1")
    assert '<a href="https://guiju.example/rules/changle/60">' in words(seen)


def test_a_notice_with_one_article_is_a_card_that_opens_it(
    office: Office, stand_in: StandIn
) -> None:
    office.send(Push("p3", ORG, LI, Message("督办提醒\n还有三天到期", citations=(CITATION,))))

    [seen] = stand_in.sent("staff1")
    assert seen["msgtype"] == "textcard"
    assert seen["content"]["title"] == "督办提醒"
    assert seen["content"]["url"] == "https://guiju.example/rules/changle/60"


def test_a_short_question_with_buttons_is_one_card(office: Office, stand_in: StandIn) -> None:
    code = office.send(Push("reply:2:0", ORG, LI, ASKED))

    [seen] = stand_in.sent("staff1")
    assert code == seen["response_code"]
    assert seen["content"]["main_title"] == {"title": "确认提交吗？"}
    assert [each["key"] for each in seen["content"]["button_list"]] == ["say:确认", "say:取消"]


def test_what_is_too_long_for_a_card_goes_before_its_buttons(
    office: Office, stand_in: StandIn
) -> None:
    office.send(Push("reply:3:0", ORG, LI, MESSAGE))

    text, card = stand_in.sent("staff1")
    assert words(text).startswith("县长签发")
    assert [each["text"] for each in card["content"]["button_list"]] == ["那副县长呢"]


def test_without_cards_the_choices_stand_in_the_text(stand_in: StandIn) -> None:
    office = Office(stand_in, cards=False)

    office.send(Push("reply:4:0", ORG, LI, ASKED))

    [seen] = stand_in.sent("staff1")
    assert "- 确认" in words(seen)
    office.line.close()


def test_a_long_text_is_cut_by_us_and_keeps_its_links(office: Office, stand_in: StandIn) -> None:
    long = Message("规则如此。" * 400, citations=(CITATION,))

    office.send(Push("reply:5:0", ORG, LI, long))

    [seen] = stand_in.sent("staff1")
    assert len(seen["content"]["content"].encode()) <= 2048
    assert "内容较长" in words(seen)
    assert words(seen).endswith("</a>")


def test_a_repeated_push_is_seen_once(office: Office, stand_in: StandIn) -> None:
    office.send(Push("reply:6:0", ORG, LI, MESSAGE))
    office.send(Push("reply:6:0", ORG, LI, MESSAGE), again=True)

    assert len(stand_in.sent("staff1")) == 2  # the text and its buttons
    assert stand_in.ask("unseen")["repeated"] == ["staff1", "staff1"]


def test_the_same_answer_to_another_question_is_seen(office: Office, stand_in: StandIn) -> None:
    office.send(HELLO)
    office.send(replace(HELLO, key="p9"))

    assert len(stand_in.sent("staff1")) == 2


def test_a_card_is_updated_once_with_what_stays_true(office: Office, stand_in: StandIn) -> None:
    code = office.send(Push("reply:7:0", ORG, LI, ASKED))
    card = Card("reply:7:0", ORG, "approval:1", NOW, "待审批", handle=code or "")

    office.update(card)
    office.update(replace(card, state="已批准", settled=True))

    [seen] = stand_in.sent("staff1")
    assert seen["button"] == "已确认"


def test_an_items_buttons_stay_until_it_is_closed(office: Office, stand_in: StandIn) -> None:
    code = office.send(Push("p4", ORG, LI, ASKED))
    card = Card("p4", ORG, "item:1", NOW.astimezone(OFFICE_TIME), "办理中", handle=code or "")

    office.update(card)
    assert stand_in.sent("staff1")[0]["button"] == ""
    office.update(replace(card, state="已销号", settled=True))

    assert stand_in.sent("staff1")[0]["button"] == "已销号"


def test_a_group_hears_its_robot_calling_who_is_meant(office: Office, stand_in: StandIn) -> None:
    office.send(replace(TO_ALL, mention=LI))

    [seen] = stand_in.sent(GROUP)
    assert (seen["way"], seen["msgtype"]) == ("robot", "markdown")
    assert words(seen) == "<@staff1> 请看"


def test_a_repetition_in_a_group_says_so(office: Office, stand_in: StandIn) -> None:
    office.send(TO_ALL, again=True)

    assert "如已收到请忽略" in words(stand_in.sent(GROUP)[0])


@pytest.mark.parametrize("text", ["规则如此。" * 1000, "𠮷" * 2000])
def test_a_long_digest_fits_what_a_robot_may_say(
    text: str, office: Office, stand_in: StandIn
) -> None:
    office.send(replace(TO_ALL, message=Message(text)))

    assert "内容较长" in words(stand_in.sent(GROUP)[0])


def test_a_group_without_robot_cannot_be_reached(office: Office) -> None:
    with pytest.raises(UnreachableError, match="wecom_group_unset"):
        office.send(replace(TO_ALL, to="别的群"))


def test_a_robot_that_was_taken_out_of_its_group_cannot_be_reached(stand_in: StandIn) -> None:
    office = Office(stand_in, robot_keys={GROUP: "removed"})

    with pytest.raises(UnreachableError):
        office.send(TO_ALL)

    office.line.close()


def test_somebody_whom_wecom_does_not_know_cannot_be_reached(office: Office) -> None:
    with pytest.raises(UnreachableError):
        office.send(replace(HELLO, to=PersonId(f"{ORG}/nobody")))


def test_of_many_recipients_each_is_told_apart(office: Office, stand_in: StandIn) -> None:
    people = ["staff1", "Nobody", "head"]

    failed, _ = office.line.loop.run(office.sender.to_people(people, HELLO), 30)

    assert {userid: type(error) for userid, error in failed.items()} == {"Nobody": UnreachableError}
    assert [len(stand_in.sent(userid)) for userid in people] == [1, 0, 1]
    assert len(stand_in.calls(SEND)) == 1


def test_a_token_that_ended_early_is_renewed_once(office: Office, stand_in: StandIn) -> None:
    office.send(HELLO)
    stand_in.order("tokens/expire")

    office.send(replace(HELLO, key="p5"))

    assert len(stand_in.sent("staff1")) == 2
    assert len(stand_in.calls("/cgi-bin/gettoken")) == 2


def test_two_apps_of_one_company_have_tokens_of_their_own(stand_in: StandIn) -> None:
    stand_in.load(apps=[APP | {"agent_id": 1000003, "secret": "other"}])
    first, second = Office(stand_in), Office(stand_in, agent_id=1000003, app_secret="other")

    first.send(HELLO)
    second.send(HELLO)

    assert [seen["sender"] for seen in stand_in.sent("staff1")] == [
        "corp-changle/1000002",
        "corp-changle/1000003",
    ]
    first.line.close()
    second.line.close()


@pytest.mark.parametrize("fault", ["error_after", "cut_after"])
def test_what_was_done_before_it_failed_is_uncertain_and_then_seen_once(
    office: Office, stand_in: StandIn, fault: str
) -> None:
    stand_in.plan({"fault": fault, "path": SEND})
    with pytest.raises(OutcomeUnknownError):
        office.send(HELLO)

    office.send(HELLO, again=True)

    assert len(stand_in.sent("staff1")) == 1


@pytest.mark.parametrize("fault", ["timeout_after", "black_hole"])
def test_silence_is_uncertain(stand_in: StandIn, fault: str) -> None:
    office = Office(stand_in)
    office.line.http.timeout = httpx.Timeout(0.3)

    stand_in.plan({"fault": fault, "path": SEND, "seconds": 1.0})
    with pytest.raises(OutcomeUnknownError):
        office.send(HELLO)

    office.line.close()


@pytest.mark.parametrize("fault", ["ban", "throttle"])
def test_what_was_turned_away_was_certainly_not_sent(
    office: Office, stand_in: StandIn, fault: str
) -> None:
    stand_in.plan({"fault": fault, "path": SEND})

    with pytest.raises(NotYetError):
        office.send(HELLO)

    assert stand_in.sent() == []


def test_an_address_that_is_not_trusted_is_named(office: Office, stand_in: StandIn) -> None:
    stand_in.load(apps=[APP | {"trusted": False}])

    with pytest.raises(OutsideServiceError, match="wecom_address") as error:
        office.send(HELLO)

    assert error.value.details["address"] == "203.0.113.7"


def test_nobody_listening_is_certainly_not_sent(stand_in: StandIn) -> None:
    office = Office(stand_in, api_url="http://127.0.0.1:9")

    with pytest.raises(OutsideServiceError, match="wecom_unreachable"):
        office.send(HELLO)

    office.line.close()


@pytest.mark.parametrize(
    ("limits", "to"),
    [
        (Limits(member_per_min=3), LI),
        (Limits(member_per_hour=3), LI),
        (Limits(robot_per_min=3), GROUP),
    ],
)
def test_what_would_be_dropped_without_a_word_is_not_sent_yet_by_any_process(
    stand_in: StandIn, limits: Limits, to: str
) -> None:
    database = FakeDatabase()
    offices = [Office(stand_in, database, limits=limits) for _ in range(2)]
    stand_in.load(member_minute=3, robot_minute=3)

    for number in range(3):
        offices[number % 2].send(replace(HELLO, key=f"p{number}", to=to))
    for office in offices:
        with pytest.raises(NotYetError) as error:
            office.send(replace(HELLO, key="p4", to=to))
        assert error.value.after_s > 50

    assert stand_in.ask("unseen")["dropped"] == []
    assert len(stand_in.sent()) == 3
    for office in offices:
        office.line.close()
