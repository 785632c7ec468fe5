"""Checks the answers of custom actions without building the checker anew for each.

Rasa 3.6 calls `jsonschema.validate` for every custom action, which first checks the schema itself
against its meta-schema: three quarters of the time of such a turn.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from jsonschema.protocols import Validator
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction

_validate_slowly = RemoteAction._validate_action_result


@lru_cache(maxsize=1)
def _validator() -> Validator:
    schema = RemoteAction.action_response_format_spec()
    return validator_for(schema)(schema)


def _validate_action_result(action: RemoteAction, result: dict[str, Any]) -> bool:
    return _validator().is_valid(result) or _validate_slowly(action, result)


def build_validator_once() -> None:
    """Let Rasa keep its validator; what it refuses, and with which words, stays the same."""
    RemoteAction._validate_action_result = _validate_action_result
