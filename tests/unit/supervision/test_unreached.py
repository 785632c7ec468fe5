from __future__ import annotations

from datetime import date

from bot.adapters.texts import YamlTexts
from bot.services.storage import READ, OutboxState
from bot.services.unreached import reach_lines, unreached_line
from tests.unit.supervision.stage import Stage


def refuse_all_to(stage: Stage, post: str) -> None:
    """What waits for a person fails for good."""
    with stage.database.unit_of_work() as uow:
        for entry in uow.outbox.listing(None, [OutboxState.PENDING]):
            claimed = uow.outbox.claim_key(entry.key, stage.clock.now(), lease_s=1)
            assert claimed is not None
            ours = getattr(entry.payload, "to", "") == f"changle/{post}"
            uow.outbox.settle(entry.id, OutboxState.FAILED if ours else OutboxState.SENT)
        uow.commit()


def told(stage: Stage, post: str) -> list[str]:
    pushes = stage.pushes(post)
    return [push.message.text for push in pushes if ":unreached:" in push.key]


def test_the_supervision_office_hears_once_who_was_not_reached(stage: Stage) -> None:
    stage.register("立项:发改局11月底前报送重点项目进展")
    stage.register("立项:发改局12月底前报送投资情况")
    refuse_all_to(stage, "bureau_head")

    stage.desk.tick()
    stage.desk.tick()

    [text] = told(stage, "supervisor1")
    assert text.startswith("以下2项督办提醒没有送达")
    assert "发展和改革局）：督〔2026〕1号 报送重点项目进展" in text
    assert "督〔2026〕2号" in text


def test_a_person_who_stays_out_of_reach_is_not_told_again_of_the_same_item(stage: Stage) -> None:
    stage.register("立项:发改局11月25日前报送重点项目进展")
    refuse_all_to(stage, "bureau_head")
    stage.desk.tick()
    stage.at(2026, 11, 25, 9)
    stage.desk.tick()
    refuse_all_to(stage, "bureau_head")
    stage.register("立项:发改局12月底前报送投资情况")
    refuse_all_to(stage, "bureau_head")

    stage.desk.tick()

    first, second = told(stage, "supervisor1")
    assert "督〔2026〕1号" in first
    assert "督〔2026〕1号" not in second
    assert "督〔2026〕2号" in second


def test_of_a_supervisor_out_of_reach_a_colleague_hears(stage: Stage) -> None:
    stage.register("立项:发改局11月25日前报送重点项目进展")
    refuse_all_to(stage, "nobody")
    stage.at(2026, 11, 30, 9)
    stage.desk.tick()
    refuse_all_to(stage, "supervisor1")

    stage.desk.tick()

    assert told(stage, "supervisor1") == []
    assert len(told(stage, "ducha_chief")) == 1


def test_the_card_names_whom_the_last_reminder_did_not_reach(stage: Stage) -> None:
    item = stage.register("立项:发改局11月25日前报送重点项目进展")

    def line() -> str | None:
        uow = stage.database.unit_of_work()
        directory = uow.people.directory(item.org)
        return unreached_line(uow.items.reminders([item.id])[item.id], directory, YamlTexts())

    waiting = line()
    refuse_all_to(stage, "bureau_head")
    missed = line()
    stage.at(2026, 11, 25, 9)
    stage.desk.tick()
    refuse_all_to(stage, "nobody")

    assert (waiting, line()) == (None, None)
    assert missed is not None
    assert "（发展和改革局）" in missed


def test_the_last_reminder_of_each_person_is_told_with_what_became_of_it(stage: Stage) -> None:
    item = stage.register("立项:发改局11月25日前报送重点项目进展")

    def lines() -> list[str]:
        uow = stage.database.unit_of_work()
        directory = uow.people.directory(item.org)
        return reach_lines(uow.items.reminders([item.id])[item.id], directory, YamlTexts())

    waiting = lines()
    refuse_all_to(stage, "nobody")
    sent = lines()
    with stage.database.unit_of_work() as uow:
        uow.outbox.note_read(stage.pushes("bureau_head")[0].key, stage.clock.now())
        uow.commit()

    assert [line[-9:] for line in waiting] == ["11月23日待发送"]
    assert [line[-9:] for line in sent] == ["11月23日已送达"]
    assert [line[-8:] for line in lines()] == ["11月23日已读"]


def test_what_became_of_a_reminder_has_words_for_every_status() -> None:
    for status in (*OutboxState, READ):
        assert YamlTexts().say(f"reminders.reach_{status}", name="张三", day=date(2026, 11, 23))
