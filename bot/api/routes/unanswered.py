"""The unanswered desk: what the rules left open, and what the office answers."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from bot.api.deps import ActingDep, OrgDep, WiringDep, get_approval_desk
from bot.api.unanswered import AnswerIn, AssignIn, GroupOut, GroupsOut, StepIn, group_out
from bot.core.clock import today
from bot.core.errors import InvalidInputError
from bot.core.people import PersonId
from bot.core.unanswered import GroupId, GroupState
from bot.services.office_answers import ReplyDraft
from bot.services.unanswered_words import GroupView
from bot.wiring import Wiring

# With a real platform the desk is in chat and on the command line only.
router = APIRouter(
    prefix="/api/unanswered", tags=["unanswered"], dependencies=[Depends(get_approval_desk)]
)


@router.get("")
def read_groups(org: OrgDep, wiring: WiringDep, state: str | None = None) -> GroupsOut:
    """The groups of an office, or those in one state, with counts and examples; no names.

    Refused: `org_unknown` (404), `state_unknown` (422), `local_platform_only` (404).
    """
    if state is not None and state not in list(GroupState):
        raise InvalidInputError("state_unknown", known="、".join(GroupState))
    states = [] if state is None else [GroupState(state)]
    views = wiring.unanswered_desk.listing(org, states)
    return GroupsOut(groups=[_shown(view, wiring) for view in views])


@router.post("/{group_id}/assign")
def assign(group_id: int, body: AssignIn, wiring: WiringDep, acting: ActingDep) -> GroupOut:
    """Hand a group to a clerk, who is told.

    Refused: `unanswered_not_allowed` (403), `unanswered_unknown`, `person_unknown` (404),
    `unanswered_state` (409), `unanswered_owner` (422).
    """
    person = acting(body.by)
    desk, owner = wiring.unanswered_desk, PersonId(body.owner)
    return _shown(desk.assign(person, GroupId(group_id), owner, body.due_day), wiring)


@router.post("/{group_id}/answer")
def answer(group_id: int, body: AnswerIn, wiring: WiringDep, acting: ActingDep) -> GroupOut:
    """Approve an answer, which is given from now on to all who ask the same.

    Refused: `unanswered_not_allowed` (403), `unanswered_unknown`, `article_unknown`, `quote_gone`
    (404), `unanswered_state`, `text_secret` (409), `unanswered_text_missing`,
    `unanswered_quote_missing`, `unanswered_article_missing`, `unanswered_end_past`,
    `unanswered_covers` (422).
    """
    person = acting(body.by)
    draft = ReplyDraft(body.text, body.article, body.quote, body.end_day, tuple(body.covers))
    return _shown(wiring.unanswered_desk.answer(person, GroupId(group_id), draft), wiring)


@router.post("/{group_id}/dismiss")
def dismiss(group_id: int, body: StepIn, wiring: WiringDep, acting: ActingDep) -> GroupOut:
    """Lay a group aside that is nothing for the office.

    Refused: `unanswered_not_allowed` (403), `unanswered_unknown` (404), `unanswered_state` (409).
    """
    person = acting(body.by)
    return _shown(wiring.unanswered_desk.dismiss(person, GroupId(group_id)), wiring)


@router.post("/{group_id}/reopen")
def reopen(group_id: int, body: StepIn, wiring: WiringDep, acting: ActingDep) -> GroupOut:
    """Take a group up again; its answer is no longer given.

    Refused: as to dismiss.
    """
    person = acting(body.by)
    return _shown(wiring.unanswered_desk.reopen(person, GroupId(group_id)), wiring)


def _shown(view: GroupView, wiring: Wiring) -> GroupOut:
    return group_out(view, today(wiring.clock), wiring.label)
