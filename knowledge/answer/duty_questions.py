"""Questions about duty and incidents: whom to tell, who is on duty, when and where."""

from __future__ import annotations

import re

from knowledge.answer.readers import WEIGHTY, Facts, Reader, Vocabulary, first_said

INCIDENT = (
    r"突发|事故|爆炸|炸了|着火|起火|火灾|塌方|塌了|险情|紧急(?:情况|事件)|群体性|洪水"
    r"|山洪|伤亡|地震"
)
TOLD = r"报(?!销|账|名|纸|道|备)|汇报|告诉|通知|打给|打电话给"
WHOM = r"谁|哪|什么人|(?:什么|啥)领导"
NOT_INCIDENT = (
    r"媒体|发布|公开|舆情|几天|多久|多长|记录|记哪|哪些(?:要素|内容)|(?<![向跟给找])谁(?:来|负责|向.{1,4})?(?:报|汇报|编)|报警"
    r"|牵头|处置(?!.*报)|会议|签发|预案|督查|批示|哪条|哪年"
)
EVENTS: Vocabulary = (
    ("上报州政府", r"{up}政府|上报.{0,2}{up}|报.{0,2}{up}里"),
    ("较大以上", rf"{WEIGHTY}(?:较大|重大|特大|很大|大事[故件]|严重)"),
    ("一般", r"一般|普通|小(?:事|突发)"),
)
ON_DUTY = r"值班|带班|值守"
ASPECTS: Vocabulary = (
    ("带班时间", r"带班.*几点.*家"),
    ("居家带班", r"带班.*(?:回.{0,3}家|在家|居家|家里)|(?:回家|在家|居家|家里).*带班"),
    ("培训", r"培训.*(?:几次|多久|几回|几趟|频率)|(?:几次|多久|几回).*培训"),
    ("正副班", r"一个人|搭班|几个人|双人|两个人"),
    ("值守时间", r"(?:几|多少)个?小时|几点到几点|24小时|全天"),
    ("牵头", r"(?:谁|哪.{0,3})(?:来)?(?:牵头|负责|管|组织)|(?:牵头|归).{0,3}(?:谁|哪)"),
)


def _incident(plain: str, level: str) -> Facts | None:
    event = first_said(EVENTS, plain, level)
    facts: Facts = {"incident": True}
    return facts | {"event": event} if event else facts


def _duty(plain: str, level: str) -> Facts | None:
    aspect = first_said(ASPECTS, plain, level)
    if aspect == "居家带班" and re.search(r"值班人?员", plain):
        return None
    return {"aspect": aspect} if aspect else None


READERS = (
    Reader("incident_report", says=(INCIDENT, TOLD, WHOM), leaves=NOT_INCIDENT, facts=_incident),
    Reader(
        "duty",
        says=(ON_DUTY,),
        leaves=r"会议|补贴|补助|调休|费|请假|要情|电话|记录|汇报|督查|值班室",
        facts=_duty,
    ),
)
