"""Domain objects to the shapes of the contract."""

from __future__ import annotations

from dataclasses import asdict

from bot.api import ledger_schemas, schemas
from bot.core.approvals import Approval
from bot.core.leave import Leave
from bot.core.messages import Message
from bot.core.people import Person
from bot.core.rules import Answer, Article, Citation, Edition
from bot.core.supervision import Item, SentReminder
from bot.core.supervision_parts import UnitPart, parts_of
from bot.services.storage import LocalMessage


def citation(found: Citation) -> schemas.CitationOut:
    """A citation without its office, which the request names."""
    return schemas.CitationOut.model_validate(asdict(found))


def answer(found: Answer) -> schemas.AnswerOut:
    """An answer."""
    return schemas.AnswerOut(
        status=found.status,
        answer=found.answer,
        text=found.text,
        confidence=found.confidence,
        citations=[citation(c) for c in found.citations],
        options=list(found.options),
    )


def message(said: Message) -> schemas.MessageOut:
    """A message."""
    return schemas.MessageOut(
        text=said.text,
        buttons=[schemas.ButtonOut(title=b.title, say=b.say) for b in said.buttons],
        citations=[citation(c) for c in said.citations],
    )


def document(edition: Edition) -> schemas.DocumentOut:
    """An edition as the rule library lists it."""
    return schemas.DocumentOut(
        document=edition.title,
        number=edition.number,
        edition=edition.id,
        issuer=edition.issuer,
        adopted_day=edition.adopted_day,
        effective_day=edition.effective_day,
        repealed_day=edition.repealed_day,
        repeals=edition.repeals,
        articles=len(edition.articles),
        defects=[schemas.DefectOut(**asdict(defect)) for defect in edition.defects],
    )


def article(found: Article, edition: Edition, label: str) -> schemas.ArticleOut:
    """An article with its numbered items; an item of several clauses is one text again."""
    items: dict[str, str] = {}
    for clause in found.clauses:
        if clause.item is not None:
            items[clause.item] = items.get(clause.item, "") + clause.text
    return schemas.ArticleOut(
        article=found.ordinal,
        label=label,
        chapter=found.chapter,
        text=found.text,
        items=[schemas.ArticleItemOut(item=item, text=text) for item, text in items.items()],
        edition=edition.id,
    )


def person(found: Person) -> schemas.PersonOut:
    """A person of the directory."""
    return schemas.PersonOut(
        user=found.id,
        name=found.name,
        unit=found.unit,
        post=found.post,
        rank=found.rank,
        roles=sorted(found.roles),
        leader=found.leader,
    )


def leave(found: Leave) -> ledger_schemas.LeaveOut:
    """A leave."""
    return ledger_schemas.LeaveOut(
        id=found.id,
        user=found.user,
        kind=found.kind,
        first_day=found.span.first_day,
        last_day=found.span.last_day,
        first_half="pm" if found.span.starts_pm else None,
        last_half="am" if found.span.ends_am else None,
        days=found.span.days,
        working_days=found.working_days,
        place=found.place,
        out_of_area=found.out_of_area,
        reason=found.reason,
        stand_in=found.stand_in,
        state=found.state,
        route=[ledger_schemas.RouteStepOut(post=step.post, user=step.user) for step in found.route],
        tell=list(found.tell),
        materials=list(found.materials),
        warnings=[
            ledger_schemas.LeaveWarningOut(
                code=w.code, text=w.text, citation=citation(w.citation) if w.citation else None
            )
            for w in found.warnings
        ],
        citations=[citation(c) for c in found.citations],
        urgent=found.urgent,
        replaces=found.replaces,
        extends=found.extends,
        extended_to=found.extended_to,
        whole_days=found.whole_days,
        duties=list(found.duties),
    )


def item(found: Item, reminders: list[SentReminder]) -> ledger_schemas.ItemOut:
    """An item of the supervision ledger with its reminders."""
    return ledger_schemas.ItemOut(
        id=found.id,
        number=found.number,
        content=found.content,
        source=found.source,
        kind=found.kind,
        lead_unit=found.lead_unit,
        registered_unit=found.registered_unit,
        assist_units=list(found.assist_units),
        person=found.person,
        urgent=found.urgent,
        deadline=found.deadline,
        deadline_rule=citation(found.deadline_rule) if found.deadline_rule else None,
        state=found.state,
        progress=[ledger_schemas.ProgressOut.model_validate(asdict(p)) for p in found.progress],
        reminders=[ledger_schemas.ReminderOut.model_validate(asdict(r)) for r in reminders],
        supervisor=found.supervisor,
        assigned_day=found.assigned_day,
        extension_to=found.extension_to,
        links=[ledger_schemas.ReferenceOut.model_validate(asdict(link)) for link in found.links],
        parts=[part(each) for each in parts_of(found)],
        merged_into=found.merged_into,
    )


def part(found: UnitPart) -> ledger_schemas.PartOut:
    """The part of an assisting unit."""
    last = found.last
    return ledger_schemas.PartOut(
        unit=found.unit,
        at=last.at if last else None,
        percent=last.percent if last else None,
        done=found.is_done,
    )


def approval(found: Approval) -> schemas.ApprovalOut:
    """An approval on the embedded platform."""
    return schemas.ApprovalOut(
        id=found.id,
        org=found.request.org,
        applicant=found.request.applicant,
        title=found.request.title,
        fields=dict(found.request.fields),
        approvers=list(found.request.approvers),
        state=found.state,
        step=found.step,
        waiting_for=found.waiting_for,
    )


def push(found: LocalMessage) -> schemas.PushOut:
    """A message that the embedded platform delivered."""
    return schemas.PushOut(
        at=found.at, to=found.push.to, key=found.push.key, message=message(found.push.message)
    )
