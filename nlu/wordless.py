"""What holds no word at all: emoji, dots, a lone question mark."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

UNCLEAR = "unclear"
_MENTION = re.compile(r"@\S+")
_NAMED_EMOJI = re.compile(r"\[[^\[\]\s]{1,4}\]")  # [微笑], as DingTalk and WeCom send theirs
_WORD = re.compile(r"[^\W_]")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class WordlessClassifier(GraphComponent):
    """Overrules the classifier, which takes 😀 for thanks, where there is nothing to classify."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> WordlessClassifier:
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Mark the messages that hold no word."""
        for message in messages:
            if is_wordless(message.get(TEXT) or ""):
                intent = {INTENT_NAME_KEY: UNCLEAR, PREDICTED_CONFIDENCE_KEY: 1.0}
                message.set(INTENT, intent, add_to_output=True)
        return messages


def is_wordless(text: str) -> bool:
    """Whether a text says nothing; calling the assistant by its name alone is a greeting."""
    said = _MENTION.sub("", text).strip()
    return bool(said) and not _WORD.search(_NAMED_EMOJI.sub("", said))
