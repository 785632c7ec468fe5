"""What our components have in common: they read messages one by one, and learn nothing."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, TypeVar

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

Made = TypeVar("Made", bound="UntrainedComponent")


class UntrainedComponent(GraphComponent, ABC):
    """Reads each message as it comes in."""

    @classmethod
    def create(
        cls: type[Made],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Made:
        return cls.made(config, execution_context.node_name)

    @classmethod
    def made(cls: type[Made], config: dict[str, Any], name: str) -> Made:
        """A component of a pipeline, in which it has a name."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Read the messages, and leave on each what was found."""
        for message in messages:
            self.read(message)
        return messages

    @abstractmethod
    def read(self, message: Message) -> None:
        """Leave on one message what was found."""


class Overruling(UntrainedComponent):
    """Overrules the classifier where the words leave no doubt."""

    def read(self, message: Message) -> None:
        """Put another intent in the place of what was understood, if there is one."""
        understood = (message.get(INTENT) or {}).get(INTENT_NAME_KEY) or ""
        meant = self.meant(message.get(TEXT) or "", understood)
        if meant is not None:
            intent = {INTENT_NAME_KEY: meant, PREDICTED_CONFIDENCE_KEY: 1.0}
            message.set(INTENT, intent, add_to_output=True)

    @abstractmethod
    def meant(self, text: str, understood: str) -> str | None:
        """The intent that a text has whatever was understood; None: what was understood."""
