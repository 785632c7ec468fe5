"""What a message is about, so that a card which shows it can follow the matter."""

from __future__ import annotations

from enum import StrEnum


class Subject(StrEnum):
    """The kinds of matter that a message can be about."""

    DRAFT = "draft"  # a leave that waits for its asker's yes; its key is the asker
    APPROVAL = "approval"  # a leave on its way; its key is the leave's id
    ANSWER = "answer"  # of one approver; its key is the leave's id and his step: "17:0"
    ITEM = "item"  # a supervision item; its key is the item's id


def topic_of(subject: Subject, key: object) -> str:
    """The topic of a message: "item:3"."""
    return f"{subject}:{key}"


def read_topic(topic: str) -> tuple[Subject, str] | None:
    """The subject and key of a topic; None if it is none."""
    name, _, key = topic.partition(":")
    return (Subject(name), key) if name in list(Subject) and key else None
