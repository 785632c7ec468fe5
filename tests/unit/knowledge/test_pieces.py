from __future__ import annotations

import pytest

from bot.core.rules import Clause
from knowledge.answer.asked import ask
from knowledge.answer.candidates import candidates_in
from knowledge.answer.clause_figures import Piece
from knowledge.answer.kinds import kind_of
from knowledge.answer.linear import Linear, load_ranking
from knowledge.answer.pieces import best_piece
from knowledge.search.searching import ClauseHit
from knowledge.search.segments import segments
from knowledge.search.words import shared_words

MINUTES = "会议纪要，由县政府办公室主任审核，分管副县长审签，县长签发。"


def cut(question: str, clause: str, span: Linear | None = None) -> tuple[str, Piece]:
    """The short answer by the shipped weights, every segment being equally near in meaning."""
    meaning = tuple(1.0 for _ in segments(clause))
    hit = ClauseHit(Clause(clause), 1.0, 1.0, 1.0, meaning, 0.0, ())
    asked = ask(kind_of(question), question, shared_words())
    piece = best_piece(asked, hit, "", span or load_ranking().span)
    return clause[piece.candidate.start : piece.candidate.end], piece


@pytest.mark.parametrize(
    ("question", "clause", "span"),
    [
        ("会议纪要谁签发", MINUTES, "县长"),
        ("会议纪要谁审核", MINUTES, "县政府办公室主任"),
        ("常务会多久开一次", "县政府常务会议一般每月召开2次，由县长主持。", "每月召开2次"),
        ("要提前几天请假", "离开本县外出，应提前3天向县长请假。", "提前3天"),
        ("会签几天回复", "各部门会签文件，应在5个工作日内回复。", "5个工作日内"),
        ("多少人到会", "出席人数须超过应到会人数的二分之一。", "二分之一"),
        ("多少钱以上要填表", "一次性支出在1000元以上需填审批表。", "1000元以上"),
        ("能不能报送领导个人", "公文送办公室办理，不得报送领导个人。", "不得报送领导个人"),
        ("外出跟谁请假", "副县长外出，应事先向县长请假。", "县长"),
        ("会签完了最后谁签", "经副县长会签后，由县长审签。", "县长"),
        ("培训一年几次", "原则上每年组织值班人员业务培训不少于1次。", "1次"),
        ("签完的文件谁排版", "制发文件签批完成后，由文秘办及时登记编号和排版校核。", "文秘办"),
        (
            "任务清单是谁在理",
            "政府督查室和政府研究室负责清单梳理、交办、汇总、反馈。",
            "政府督查室",
        ),
        ("能不能先上会", "草案应当进行审查，未经审查的，不得提交讨论。", "不得提交讨论"),
    ],
)
def test_the_short_answer_is_cut_by_the_kind_of_question(
    question: str, clause: str, span: str
) -> None:
    said, _ = cut(question, clause)

    assert span in said
    assert len(said) <= 3 * len(span)


@pytest.mark.parametrize("question", ["会议纪要谁签", "几天内印发", "为什么", "能改吗", "怎么办"])
def test_whatever_is_asked_some_piece_is_cut(question: str) -> None:
    said, _ = cut(question, MINUTES)

    assert said
    assert said in MINUTES


@pytest.mark.parametrize(("weight", "said"), [(0.1, "县长"), (9.0, "分管副县长审签，县长签发")])
def test_a_piece_is_cut_to_a_part_that_answers_nearly_as_well(weight: float, said: str) -> None:
    by_length = Linear({"length": weight})

    answer, _ = cut("会议纪要", "分管副县长审签，县长签发。", by_length)

    assert answer == said


def test_what_forbids_is_not_cut_off() -> None:
    answer, _ = cut("会议纪要", "公文不得报送领导个人", Linear({"length": 0.1}))

    assert "不得" in answer


def test_a_vague_time_is_marked_as_such_where_days_were_asked_for() -> None:
    _, piece = cut("几天内反馈", "应及时反馈办理情况。")

    assert piece.figures.get("vague") == 1.0 or not piece.candidate.form.startswith("time")


def test_a_number_of_another_unit_speaks_against_itself() -> None:
    clause = "应在5个工作日内回复。"
    asked = ask(kind_of("要花多少钱"), "要花多少钱", shared_words())
    hit = ClauseHit(Clause(clause), 1.0, 1.0, 1.0, (1.0,), 0.0, ())

    piece = best_piece(asked, hit, "", load_ranking().span)

    assert piece.figures.get("unit", -1.0) < 0


@pytest.mark.parametrize(
    ("clause", "piece"),
    [
        (MINUTES, "分管副县长"),
        ("由市长或市长委托常务副市长召集和主持。", "常务副市长"),
        ("经分管副县长同意后报县长审批。", "报县长审批"),
        ("严格遵守“涉密信息不上网、上网信息不涉密”要求。", "涉密信息不上网"),
        ("市长是市政府依法行政的第一责任人。", "市长"),
        ("遵循公众参与、专家论证和集体讨论决定等程序。", "公众参与、专家论证和集体讨论决定"),
        ("会议纪要，应在会后5个工作日内印发。", "5个工作日内"),
        ("每年对成效明显的街镇，以区政府办公室名义通报。", "区政府办公室"),
        ("县审计局在县长和市审计局的双重领导下独立监督。", "县长和市审计局"),
        ("会务由市政府办公室秘书科负责。", "市政府办公室秘书科"),
        ("严格落实发布内容“三审”制度。", "三审"),
        ("如对议题有意见，可在会前提出。", "会前"),
        ("县政府派出机构、直属事业单位适用本规则。", "适用本规则"),
        ("《县人民政府工作规则》停止执行。", "停止执行"),
        ("依法建立健全各类突发公共事件应急机制。", "应急机制"),
        ("及时撤销或修改违反法律的规范性文件。", "及时撤销或修改"),
        ("构建政府为主导、企业为主体、社会共同参与的体系。", "企业为主体"),
        ("副市长、市长助理协助市长工作。", "市长"),
        ("各部门要把公开透明作为政府工作的基本制度。", "公开透明"),
        ("经办公室党组会议研究后进行诫勉谈话。", "进行诫勉谈话"),
        ("全面正确履行经济调节、市场监管职能。", "经济调节、市场监管职能"),
    ],
)
def test_what_may_answer_is_among_the_pieces(clause: str, piece: str) -> None:
    assert piece in {clause[c.start : c.end] for c in candidates_in(clause)}


def test_every_piece_is_a_place_of_its_own_without_stops_at_its_ends() -> None:
    pieces = candidates_in(MINUTES)

    assert len({(piece.start, piece.end) for piece in pieces}) == len(pieces)
    for piece in pieces:
        said = MINUTES[piece.start : piece.end]
        assert said.strip("，,；;。：: \n") == said
