"""One of each thing that is stored, with every field set."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from bot.core.approvals import Approval, ApprovalRequest, ApprovalState
from bot.core.clock import OFFICE_TIME
from bot.core.leave import (
    Half,
    Leave,
    LeaveDraft,
    LeaveId,
    LeaveKind,
    LeaveParts,
    LeaveState,
    LeaveWarning,
    RouteStep,
    Span,
    WarningCode,
)
from bot.core.messages import Button, Incoming, Message, Push
from bot.core.people import Directory, Office, OrgId, Person, PersonId, Rank, Role, Unit
from bot.core.rules import Article, Citation, Clause, Defect, Edition
from bot.core.supervision import Item, ItemId, ItemKind, ItemState, Progress, Reference

ORG = OrgId("changle")
OTHER_ORG = OrgId("yunyang")
CLERK = PersonId("changle/clerk1")
HEAD = PersonId("changle/head")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=OFFICE_TIME)
MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)

CITATION = Citation(
    org=ORG,
    document="昌乐县人民政府工作规则",
    number="乐政发〔2022〕7号",
    edition="changle-2022",
    article=60,
    item="五",
    label="第六十条第五项",
    quote="由县长签发",
    url="/rules/changle/60",
)
MESSAGE = Message("县长签发", (Button("那副县长呢", "那副县长呢"),), (CITATION,))
LEAVE = Leave(
    id=LeaveId(1),
    org=ORG,
    user=CLERK,
    kind=LeaveKind.BUSINESS_TRIP,
    span=Span(MONDAY, MONDAY + 2 * DAY, starts_pm=True, ends_am=True),
    place="南京",
    out_of_area=True,
    reason="调研",
    stand_in=HEAD,
    working_days=1.5,
    state=LeaveState.CONFIRMED,
    created_at=NOW,
    route=(RouteStep("head", HEAD, "张县长"), RouteStep("市委书记", None)),
    tell=("县委办公室",),
    materials=("会议通知",),
    warnings=(LeaveWarning(WarningCode.NOTICE_SHORT, "不足三天", CITATION),),
    citations=(CITATION,),
    urgent=True,
    approval="local-leave-1",
    stand_in_name="张县长",
    extended_to=MONDAY + 4 * DAY,
    whole_days=4.5,
    duties=("及时报告",),
)
DRAFT = LeaveDraft(
    user=CLERK,
    thread=f"{CLERK}@direct",
    parts=LeaveParts(
        kind=LeaveKind.SICK,
        span=LEAVE.span,
        place="南京",
        reason="发热",
        stand_in="副局长",
        urgent=False,
        first_day=MONDAY,
        half=Half.PM,
        days=2.5,
    ),
    updated_at=NOW,
    stand_in=HEAD,
    no_stand_in=True,
    place_out_of_area=True,
    extends=LeaveId(1),
)
REFERENCE = Reference("第12次常务会议纪要", "乐政纪〔2026〕12号", MONDAY, "https://oa.example/12")
ITEM = Item(
    id=ItemId(1),
    org=ORG,
    number="督〔2026〕1号",
    content="报送重点项目进展",
    source="常务会议",
    kind=ItemKind.FAST,
    lead_unit="发展和改革局",
    registered_unit=True,
    assist_units=("财政局", "统计局"),
    person=PersonId("changle/bureau_head"),
    supervisor=PersonId("changle/supervisor1"),
    leader=PersonId("changle/deputy1"),
    urgent=True,
    assigned_day=MONDAY,
    deadline=MONDAY + 2 * DAY,
    deadline_rule=CITATION,
    state=ItemState.WORKING,
    signed_at=NOW,
    closed_at=NOW + DAY,
    extension_to=MONDAY + 5 * DAY,
    progress=(
        Progress(NOW, CLERK, "已完成大半", 80, "财政局", True, (REFERENCE,)),
        Progress(NOW + DAY, CLERK, "快了"),
    ),
    links=(REFERENCE,),
    merged_into="督〔2026〕9号",
    joined_units=("财政局",),
)
REQUEST = ApprovalRequest(
    key="leave:1",
    org=ORG,
    applicant=CLERK,
    title="出差申请",
    fields=(("事由", "调研"), ("地点", "南京")),
    approvers=(PersonId("changle/deputy1"), HEAD),
)
APPROVAL = Approval("local-leave-1", REQUEST, ApprovalState.RUNNING, step=1)
DIRECTORY = Directory(
    Office(ORG, "昌乐县人民政府", "昌乐县", "昌乐县城区"),
    (
        Person(
            id=HEAD,
            org=ORG,
            name="张县长",
            unit="县政府",
            post="县长",
            rank=Rank.HEAD,
            roles=frozenset({Role.STAFF, Role.LEADER}),
            partner=PersonId("changle/deputy1"),
        ),
        Person(CLERK, ORG, "李文秘", "办公室", "文秘", Rank.STAFF, leader=HEAD),
    ),
    (Unit(ORG, "发展和改革局", ("发改局", "发改委"), CLERK, HEAD), Unit(ORG, "财政局")),
)


def incoming(message_id: str, conversation: str = "direct", *, channel: str = "web") -> Incoming:
    return Incoming(channel, message_id, ORG, CLERK, conversation, "纪要谁签发", NOW)


def push(key: str, *, to: str = CLERK, not_before: datetime | None = None) -> Push:
    return Push(key, ORG, to, MESSAGE, not_before)


def edition(edition_id: str, *, org: OrgId = ORG, effective_day: date | None = MONDAY) -> Edition:
    return Edition(
        id=edition_id,
        org=org,
        title="工作规则",
        number="乐政发〔2022〕7号",
        issuer="昌乐县人民政府",
        adopted_day=date(2022, 10, 1),
        effective_day=effective_day,
        repeals="《旧规则》",
        content_hash="a" * 64,
        text="第一章 总则\n一、第一。第二。\n二、第三。",
        articles=(
            Article(1, "总则", "第一。第二。", (Clause("第一。"), Clause("第二。", "五")), 9),
            Article(2, "总则", "第三。", (), 18),
        ),
        defects=(Defect(3, "ordinal_digits_lost", "二、"),),
        repealed_day=date(2030, 1, 1),
    )


def in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
