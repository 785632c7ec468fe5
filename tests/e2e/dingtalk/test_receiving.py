"""Questions asked on the platform, in both modes, and what must lead to nothing."""

from __future__ import annotations

import httpx
import pytest

from tests.e2e.dingtalk.scene import OFFICES, Scene, text_of, until, userid

# Each office's question with a piece of what its own rules say.
QUESTIONS = {
    "changle": ("县政府会议纪要谁签发", "县长签发"),
    "shuangtaizi": ("区政府常务会议纪要由谁签发", "区长"),
}


@pytest.mark.parametrize("org", OFFICES)
def test_a_question_in_a_group_is_answered_there_to_the_one_who_asked(
    scene: Scene, org: str
) -> None:
    question, words = QUESTIONS[org]
    group = f"cid-{org}"
    before = len(scene.seen(group))

    scene.say(org, question, group=group)

    [answer] = scene.answers(group, before)
    assert answer["at_users"] == [userid(org, "staff1")]
    assert words in text_of(answer)
    assert "工作规则》" in text_of(answer)


@pytest.mark.parametrize("org", OFFICES)
def test_the_same_message_five_times_at_once_is_answered_once(scene: Scene, org: str) -> None:
    group, known = f"cid-{org}", len(scene.told())
    before = len(scene.seen(group))

    for _ in range(5):
        scene.say(org, "提前几天请假", group=group, fields={"msgId": f"five-{org}"})
    scene.say(org, "谢谢", group=group, post="head")

    scene.answers(group, before, count=2)
    until(lambda: all(t.get("acknowledged", t.get("done")) for t in scene.told()[known:]))
    assert len(scene.seen(group)) == before + 2


def test_of_two_bots_that_are_called_at_once_the_askers_own_answers(scene: Scene) -> None:
    group = "cid-changle"
    robots = [{"dingtalkId": f"$:LWCP_v1:$key-{org}"} for org in OFFICES]
    called = {"msgId": "both", "atUsers": robots}
    before = len(scene.seen(group))

    scene.say("shuangtaizi", "县政府会议纪要谁签发", group=group, by="changle", fields=called)
    scene.say("changle", "县政府会议纪要谁签发", group=group, fields=called)
    scene.say("changle", "谢谢", group=group, post="head")

    answers = scene.answers(group, before, count=2)  # two people's, in either order
    assert {answer["robot_code"] for answer in answers} == {"key-changle"}
    assert sum("县长签发" in text_of(answer) for answer in answers) == 1
    assert len(scene.seen(group)) == before + 2


@pytest.mark.parametrize("org", OFFICES)
def test_who_sends_a_picture_is_told_what_to_do(scene: Scene, org: str) -> None:
    asker = userid(org, "staff1")
    before = len(scene.seen(asker))

    scene.say(org, "", fields={"msgtype": "picture", "content": {"downloadCode": "c"}})

    [answer] = scene.answers(asker, before)
    assert "文字" in text_of(answer)


@pytest.mark.parametrize("org", OFFICES)
@pytest.mark.parametrize(
    "fields",
    [
        {"senderStaffId": None},
        {"senderCorpId": "corp-elsewhere"},
        {"chatbotCorpId": "corp-elsewhere"},
        {"isInAtList": False},
    ],
)
def test_what_comes_from_outside_or_is_not_for_us_leads_to_nothing(
    scene: Scene, org: str, fields: dict[str, object]
) -> None:
    group, canary = f"cid-{org}", "绝不外传的一句话"
    before, log = len(scene.seen(group)), scene.log()

    scene.say(org, canary, group=group, fields=fields)
    scene.say(org, "谢谢", group=group)

    [answer] = scene.answers(group, before)
    refusals = [line for line in scene.log()[len(log) :].splitlines() if "refused" in line]
    assert "规则" not in text_of(answer)
    assert len(refusals) == 1
    assert canary not in scene.log()


def test_a_person_whom_nobody_knows_is_told_so_and_nothing_else(scene: Scene) -> None:
    new = {"userid": userid("changle", "new"), "corp_id": "corp-changle", "name": "新人"}
    scene.stand_in.load(members=[new])
    before = len(scene.seen(new["userid"]))

    scene.say("changle", "县政府会议纪要谁签发", post="new")

    [answer] = scene.answers(new["userid"], before)
    assert "通讯录" in text_of(answer)
    assert "签发" not in text_of(answer)


def test_an_office_answers_by_its_own_rules_alone(scene: Scene) -> None:
    before = len(scene.seen("cid-shuangtaizi"))

    scene.say("shuangtaizi", "县政府会议纪要谁签发", group="cid-shuangtaizi")

    [answer] = scene.answers("cid-shuangtaizi", before)
    assert "昌乐" not in text_of(answer)


@pytest.mark.parametrize("org", OFFICES)
def test_forged_calls_are_refused(scene: Scene, org: str) -> None:
    url = f"{scene.installation.url}/channels/dingtalk/{org}"
    headers = {"timestamp": "1795395600000", "sign": "forged"}

    forged = httpx.post(url, content=b"{}", headers=headers, trust_env=False)
    unsigned = httpx.post(url, content=b"{}", trust_env=False)
    long = httpx.post(url, content=bytes(2**20 + 1), headers=headers, trust_env=False)

    # Changle has a link, so there is no address to call.
    refused = [404, 404, 404] if org == "changle" else [401, 401, 413]
    assert [forged.status_code, unsigned.status_code, long.status_code] == refused


def test_nobody_is_taken_at_his_word_on_a_real_platform(scene: Scene) -> None:
    url = scene.installation.url
    said = {"user": "changle/head", "text": "我的请假", "conversation": "direct"}

    answers = [
        httpx.post(f"{url}/api/chat", json=said, trust_env=False),
        httpx.get(f"{url}/api/local/messages?user=changle/head", trust_env=False),
        httpx.get(f"{url}/api/local/approvals", trust_env=False),
        httpx.post(f"{url}/api/local/clock", json={"now": "2030-01-01"}, trust_env=False),
        httpx.post(f"{url}/api/local/tick", trust_env=False),
    ]

    assert {answer.status_code for answer in answers} == {401}
