from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.approvals import ApprovalState
from bot.core.errors import NotFoundError
from bot.services.storage import EffectRepeatedError, UnitOfWorkFactory
from tests.contract.samples import (
    APPROVAL,
    CLERK,
    HEAD,
    MINUTE,
    NOW,
    ORG,
    OTHER_ORG,
    REQUEST,
    push,
)


def test_audit_rows_are_listed_latest_first_and_hold_together(new: UnitOfWorkFactory) -> None:
    details = {"serial": 7, "share": 0.5, "huge": 1e22, "who": CLERK, "在": ["县", None]}
    with new() as uow:
        uow.audit.append(ORG, CLERK, "leave.filed", "leave:1", NOW, details)
        uow.commit()
    with new() as uow:
        uow.audit.append(OTHER_ORG, "system", "tick", "", NOW)
        uow.audit.append(ORG, HEAD, "leave.agreed", "leave:1", NOW + MINUTE)
        uow.commit()

    with new() as uow:
        latest, first = uow.audit.listing(ORG)
        limited = uow.audit.listing(ORG, limit=1)
        broken = uow.audit.first_break()

    assert (first.actor, first.action, first.subject, first.at) == (
        CLERK,
        "leave.filed",
        "leave:1",
        NOW,
    )
    assert first.details == details
    assert limited == [latest]
    assert len({first.chain, latest.chain, ""}) == 3
    assert broken is None


def test_the_audit_rows_of_one_subject_are_found_oldest_first(new: UnitOfWorkFactory) -> None:
    with new() as uow:
        for n, action in enumerate(("leave.confirmed", "approval.agreed")):
            uow.audit.append(ORG, CLERK, action, "leave:1", NOW + n * MINUTE)
        uow.audit.append(ORG, CLERK, "leave.confirmed", "leave:11", NOW)
        uow.audit.append(OTHER_ORG, CLERK, "leave.confirmed", "leave:1", NOW)
        uow.commit()

    with new() as uow:
        found = uow.audit.about(ORG, "leave:1")

    assert [row.action for row in found] == ["leave.confirmed", "approval.agreed"]


def test_an_audit_row_that_was_rolled_back_leaves_the_chain_whole(new: UnitOfWorkFactory) -> None:
    with new() as uow:
        uow.audit.append(ORG, CLERK, "a", "1", NOW)
        uow.commit()
        uow.audit.append(ORG, CLERK, "b", "2", NOW)
    with new() as uow:
        uow.audit.append(ORG, CLERK, "c", "3", NOW)
        uow.commit()

    with new() as uow:
        assert [row.action for row in uow.audit.listing(ORG)] == ["c", "a"]
        assert uow.audit.first_break() is None


def test_an_effect_is_had_once(new: UnitOfWorkFactory) -> None:
    with new() as uow:
        assert uow.effects.subject("inbox:1:leave.confirm") is None
        uow.effects.record("inbox:1:leave.confirm", "leave:1")
        uow.commit()

    with new() as uow:
        assert uow.effects.has_any("inbox:1")
        assert not uow.effects.has_any("inbox:11")
        assert uow.effects.subject("inbox:1:leave.confirm") == "leave:1"
        with pytest.raises(EffectRepeatedError):
            uow.effects.record("inbox:1:leave.confirm", "leave:2")


def test_many_effects_are_had_once_or_none_of_them(new: UnitOfWorkFactory) -> None:
    with new() as uow:
        uow.effects.record_all({})
        uow.effects.record_all({"import:a": "1", "import:b": "2"})
        uow.commit()

    with new() as uow, pytest.raises(EffectRepeatedError):
        uow.effects.record_all({"import:b": "3", "import:c": "4"})

    with new() as uow:
        assert uow.effects.subjects([]) == {}
        assert uow.effects.subjects(["import:a", "import:b", "import:c"]) == {
            "import:a": "1",
            "import:b": "2",
        }


def test_an_approval_is_found_by_id_and_by_key(new: UnitOfWorkFactory) -> None:
    with new() as uow:
        assert uow.approvals.add(APPROVAL)
        uow.commit()

    with new() as uow:
        assert uow.approvals.get(APPROVAL.id) == APPROVAL
        assert uow.approvals.by_key("leave:1") == APPROVAL
        assert uow.approvals.by_key("leave:2") is None


def test_a_request_has_one_approval(new: UnitOfWorkFactory) -> None:
    with new() as uow:
        added = [uow.approvals.add(APPROVAL), uow.approvals.add(replace(APPROVAL, id="other"))]

        assert added == [True, False]
        assert uow.approvals.listing() == [APPROVAL]


def test_a_changed_approval_replaces_the_stored_one(new: UnitOfWorkFactory) -> None:
    agreed = replace(APPROVAL, state=ApprovalState.AGREED, step=2, reason="注意安全")
    with new() as uow:
        uow.approvals.add(APPROVAL)
        uow.approvals.update(agreed)

        assert uow.approvals.get(APPROVAL.id) == agreed


def test_approvals_are_listed_latest_first(new: UnitOfWorkFactory) -> None:
    second = replace(APPROVAL, id="a0", request=replace(REQUEST, key="leave:2"))
    with new() as uow:
        uow.approvals.add(APPROVAL)
        uow.approvals.add(second)
        uow.approvals.update(APPROVAL)

        assert uow.approvals.listing() == [second, APPROVAL]
        assert uow.approvals.listing(APPROVAL.state) == [second, APPROVAL]
        assert uow.approvals.listing(ApprovalState.CANCELLED) == []


def test_an_unknown_approval_is_not_found(new: UnitOfWorkFactory) -> None:
    with new() as uow:
        with pytest.raises(NotFoundError) as refusal:
            uow.approvals.get("a404")
        with pytest.raises(NotFoundError):
            uow.approvals.update(APPROVAL)

    assert refusal.value.code == "approval_unknown"


def test_a_push_is_delivered_once_by_its_key(new: UnitOfWorkFactory) -> None:
    with new() as uow:
        delivered = [
            uow.local_messages.add(push("p1"), NOW),
            uow.local_messages.add(push("p1"), NOW + MINUTE),
            uow.local_messages.add(push("p2", to="group1"), NOW),
            uow.local_messages.add(push("p0"), NOW),
        ]
        messages = uow.local_messages.listing(CLERK)

    assert delivered == [True, False, True, True]
    assert [(message.at, message.push) for message in messages] == [
        (NOW, push("p1")),
        (NOW, push("p0")),
    ]


def test_the_first_value_that_is_kept_stays(new: UnitOfWorkFactory) -> None:
    with new() as uow:
        first = uow.settings.keep("name", "a")
        uow.commit()

    with new() as uow:
        assert (first, uow.settings.keep("name", "b"), uow.settings.get("name")) == ("a", "a", "a")


@pytest.mark.parametrize("value", [28800.5, {"a": [1, None]}, "字", False, None])
def test_a_setting_is_kept_until_it_is_put_again(new: UnitOfWorkFactory, value: object) -> None:
    with new() as uow:
        assert uow.settings.get("clock_offset_s") is None
        uow.settings.put("clock_offset_s", 1)
        uow.settings.put("clock_offset_s", value)
        uow.commit()

    with new() as uow:
        assert uow.settings.get("clock_offset_s") == value
