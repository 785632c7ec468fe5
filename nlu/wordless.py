"""What holds no word at all: emoji, dots, a lone question mark."""

from __future__ import annotations

import re

from rasa.engine.recipes.default_recipe import DefaultV1Recipe

from nlu.untrained import Overruling

UNCLEAR = "unclear"
_MENTION = re.compile(r"@\S+")
_NAMED_EMOJI = re.compile(r"\[[^\[\]\s]{1,4}\]")  # [微笑], as DingTalk and WeCom send theirs
_WORD = re.compile(r"[^\W_]")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class WordlessClassifier(Overruling):
    """Takes for unclear what the classifier cannot know: 😀 is no thanks."""

    def meant(self, text: str, understood: str) -> str | None:
        """Unclear, if there is nothing to classify."""
        return UNCLEAR if is_wordless(text) else None


def is_wordless(text: str) -> bool:
    """Whether a text says nothing; calling the assistant by its name alone is a greeting."""
    said = _MENTION.sub("", text).strip()
    return bool(said) and not _WORD.search(_NAMED_EMOJI.sub("", said))
