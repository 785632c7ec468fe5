"""The sentence for an error, the same in chat, over HTTP and on the command line."""

from __future__ import annotations

from bot.core.errors import GuijuError
from bot.services.outside import Texts


def error_words(error: GuijuError, texts: Texts) -> str:
    """The words for an error's code; those of its kind where its code has none."""
    kinds = [kind.code for kind in type(error).__mro__ if issubclass(kind, GuijuError)]
    keys = [
        f"{place}{code}" for code in (error.code, *kinds) for place in ("errors.", "leave.problem_")
    ]
    key = next(key for key in keys if texts.has(key))  # the root of the tree has words
    return texts.say(key, **{"code": error.code} | error.details)
