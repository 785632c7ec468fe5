"""Cards over the wire: sent once, followed, judged."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.adapters.dingtalk.cards import own_key
from bot.adapters.dingtalk.config import CardKind, Mode
from bot.adapters.dingtalk.judgements import DingTalkJudgements
from bot.adapters.texts import YamlTexts
from bot.core.errors import OutcomeUnknownError, UnreachableError
from bot.core.messages import Button, Message, Push
from bot.core.people import PersonId
from bot.services.card_store import Card, Judgement
from tests.contract.samples import MESSAGE, NOW, ORG
from tests.fakes.dingtalk.process import StandIn
from tests.integration.dingtalk.conftest import GROUP
from tests.integration.dingtalk.test_sending import LI, Office

TEMPLATES = {kind: f"{kind}.schema" for kind in CardKind}
ANSWER = Push("reply:7:0", ORG, LI, MESSAGE)
IN_GROUP = replace(ANSWER, key="reply:8:0", to=GROUP, mention=LI)
SIGN = Message("督办3号待签收", (Button("签收", "签收督办3号"),), topic="item:3")


@pytest.fixture
def office(stand_in: StandIn) -> Iterator[Office]:
    office = Office(stand_in, card_templates=TEMPLATES)
    yield office
    office.line.close()


def card_of(office: Office, key: str) -> dict[str, object]:
    """What the stand-in knows of the card of a push."""
    found: dict[str, dict[str, object]] = office.stand_in.ask("cards")
    return found[f"{office.sender.cards.prefix}.{key}"]


def test_an_answer_is_a_card_that_asks_whether_it_helped(office: Office) -> None:
    assert office.send(ANSWER)

    card = card_of(office, "reply:7:0")
    params = card["params"]
    assert isinstance(params, dict)
    assert card["template_id"] == "cited_answer.schema"
    assert params["judged"] == "true"
    assert "/rules/changle/60" in params["content"]
    assert json.loads(params["buttons"]) == [{"title": "那副县长呢", "say": "那副县长呢"}]


def test_the_asker_is_called_in_the_group(office: Office, stand_in: StandIn) -> None:
    office.send(IN_GROUP)

    [seen] = stand_in.sent(GROUP)
    assert (seen["way"], seen["at_users"]) == ("card", ["staff1"])


@pytest.mark.parametrize(
    ("message", "template"),
    [
        (SIGN, "item.schema"),
        (Message("请确认", topic="draft:changle/staff1"), "leave.schema"),
        (Message("已提交", topic="approval:3"), "approval.schema"),
        (Message("您好"), "message.schema"),
    ],
)
def test_every_matter_has_its_own_card(office: Office, message: Message, template: str) -> None:
    office.send(replace(ANSWER, message=message))

    assert card_of(office, ANSWER.key)["template_id"] == template


def test_cards_and_answers_go_out_one_by_one(office: Office, stand_in: StandIn) -> None:
    plain = Office(stand_in)

    assert office.sender.room(ANSWER) == 1
    assert plain.sender.room(ANSWER) == 20
    assert plain.sender.room(replace(ANSWER, to=GROUP)) == 1
    plain.line.close()


def test_without_a_template_it_goes_out_as_markdown(stand_in: StandIn) -> None:
    office = Office(stand_in, card_templates={CardKind.ITEM: "item.schema"})

    assert not office.send(ANSWER)

    assert [seen["way"] for seen in stand_in.sent("staff1")] == ["single"]
    office.line.close()


@pytest.mark.parametrize("fault", ["error_after", "cut_after"])
def test_a_card_that_may_have_been_sent_is_not_sent_twice(
    office: Office, stand_in: StandIn, fault: str
) -> None:
    stand_in.plan({"fault": fault, "path": "/v1.0/card"})
    with pytest.raises(OutcomeUnknownError):
        office.send(ANSWER)

    assert office.send(ANSWER, again=True)

    assert len(stand_in.sent("staff1")) == 1
    assert len(stand_in.calls("/v1.0/card/instances/createAndDeliver")) == 1


def test_a_card_that_never_arrived_is_sent_when_it_is_repeated(
    office: Office, stand_in: StandIn
) -> None:
    assert office.send(ANSWER, again=True)

    assert len(stand_in.sent("staff1")) == 1


def test_a_look_that_fails_leaves_a_card_uncertain(office: Office, stand_in: StandIn) -> None:
    stand_in.plan({"fault": "error_before", "path": "/v1.0/card"})

    with pytest.raises(OutcomeUnknownError):
        office.send(ANSWER, again=True)

    assert stand_in.sent() == []


def test_who_cannot_have_a_card_gets_markdown_or_is_told_to_be_out_of_reach(
    office: Office,
) -> None:
    with pytest.raises(UnreachableError):
        office.send(replace(ANSWER, to=PersonId(f"{ORG}/nobody")))


def test_a_card_shows_its_new_state_and_loses_its_buttons(office: Office) -> None:
    office.send(replace(ANSWER, message=SIGN))
    card = Card(ANSWER.key, ORG, "item:3", NOW, "办理中")

    office.line.loop.run(office.sender.cards.update(card), 30)

    params = card_of(office, ANSWER.key)["params"]
    assert isinstance(params, dict)
    assert (params["state"], params["settled"], params["buttons"]) == ("办理中", "false", "[]")
    assert params["content"] == "督办3号待签收"


def test_a_judgement_is_shown_to_whoever_gave_it_alone(office: Office) -> None:
    office.send(IN_GROUP)
    name = f"{office.sender.cards.prefix}.{IN_GROUP.key}"
    judgements = DingTalkJudgements(office.line.clients, office.line.loop, YamlTexts())

    judgements.show(name, Judgement(IN_GROUP.key, ORG, LI, useful=True, at=NOW))

    card = card_of(office, IN_GROUP.key)
    params = card["params"]
    assert isinstance(params, dict)
    assert card["private"] == {"staff1": {"judgement": "已记下：有用"}}
    assert params["judged"] == "true"
    assert "/rules/changle/60" in params["content"]


def test_a_judgement_of_a_card_that_is_gone_is_not_asked_for_again(office: Office) -> None:
    judgements = DingTalkJudgements(office.line.clients, office.line.loop, YamlTexts())

    judgements.show("1a2b.reply:9:0", Judgement("reply:9:0", ORG, LI, useful=False, at=NOW))

    assert len(office.stand_in.calls("/v1.0/card/instances")) == 1


def test_cards_of_another_installation_are_not_ours() -> None:
    assert own_key("1a2b", "1a2b.reply:7:0") == "reply:7:0"
    assert own_key("1a2b", "ffff.reply:7:0") is None


def test_where_a_press_has_no_way_back_messages_are_plain(stand_in: StandIn) -> None:
    key = "0123456789012345678901234567890123456789abc"
    called = {"mode": Mode.HTTP, "callback_token": "token", "aes_key": key}
    office = Office(stand_in, card_templates=TEMPLATES, **called)

    office.send(ANSWER)
    office.line.close()

    assert [seen["way"] for seen in stand_in.sent("staff1")] == ["single"]
