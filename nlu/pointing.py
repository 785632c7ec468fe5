"""What points back at an answer from the rules: 依据, 谁主持, 我问的是副局长."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

FOLLOW_UP = "follow_up"
LONGEST = 40  # characters
# Work that nobody asks for in such words; whatever else was understood stands.
_MISTAKEN_FOR = frozenset(
    (
        "affirm",
        "answer_approval",
        "change",
        "change_leave",
        "chitchat",
        "complain",
        "deny",
        "file_leave",
        "help",
        "list_items",
        "list_unanswered",
        "who_am_i",
    )
)
_POINTING = re.compile(
    r"(?:@\S+\s*)?(?:"
    r"(?:有|给个?|的)?(?:什么|啥)?(?:依据|凭据|出处|来源|原文|原话|条款|文号)"
    r"(?:呢|是[什啥]么?|有吗|哪条|多少|发我|在哪)?"
    r"|(?:那|又|再)?由?(?:谁|哪[个位])来?"
    r"(?:主持|批|审批|签|签发|审|审核|定|管|负责|起草|写|保管|同意|陪|陪同|参加|召集)[的呢啊呀]?"
    r"|(?:都|全)(?:问|说说?|讲讲?|要|想知道)(?:一[下遍])?"
    r"|(?:文件|规则|规定)[里中上]?面?是?(?:怎么|咋)[写说讲]的?"
    r"|(?:要是|领导|那)?(?:不批|不同意|批不了|没批)(?:的话)?(?:咋办|怎么办|咋整|咋弄|呢)"
    r"|.{0,12}我(?:是?想?问的?|说的|指的)(?:不)?是.+"
    r"|(?:刚才|刚刚|前面|回到|说回).{0,8}(?:的事|那个|那条|问题).*(?:谁|几|多[少久长]|[什啥]么?|怎么|咋|吗|呢|哪).*"
    r")[\s?？。!！]*"
)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class PointingClassifier(GraphComponent):
    """Overrules the classifier where a short sentence cannot be an order."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> PointingClassifier:
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Mark the messages that point back."""
        for message in messages:
            understood = (message.get(INTENT) or {}).get(INTENT_NAME_KEY)
            if understood in _MISTAKEN_FOR and points_back(message.get(TEXT) or ""):
                intent = {INTENT_NAME_KEY: FOLLOW_UP, PREDICTED_CONFIDENCE_KEY: 1.0}
                message.set(INTENT, intent, add_to_output=True)
        return messages


def points_back(text: str) -> bool:
    """Whether a text asks of what was answered before, and orders nothing."""
    return len(text) <= LONGEST and _POINTING.fullmatch(text.strip()) is not None
