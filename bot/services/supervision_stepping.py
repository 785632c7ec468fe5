"""Steps taken by form: said to the desk in the words that a person would use in chat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.core.errors import InvalidInputError
from bot.core.people import Person
from bot.core.supervision import Item
from bot.services.outside import Texts
from bot.services.supervision import SupervisionDesk


@dataclass(frozen=True)
class StepWords:
    """What a form says with a step."""

    number: str
    text: str = ""
    percent: int | None = None
    day: date | None = None  # of an extension
    grant: bool | None = None
    main: str | None = None  # of a merger

    def sentence(self, act: str, texts: Texts) -> str:
        """The step as it is said in chat, so that both ways mean the same."""
        if self.grant is not None:
            act = "grant" if self.grant else "refuse"
        said = [texts.say(f"supervision.step_{act}", number=self.number, main=self.main or "")]
        if self.percent is not None:
            said.append(texts.say("supervision.step_percent", percent=self.percent))
        if self.day is not None:
            said.append(texts.say("supervision.step_day", day=self.day))
        return " ".join((*said, self.text.strip())).strip()


def step(
    desk: SupervisionDesk, person: Person, act: str, words: StepWords, turn_key: str
) -> list[Item]:
    """Take a step; the items it changed. Raises as the desk's own step does.

    Raises:
        InvalidInputError: "item_number_missing": the number is none.
    """
    if desk.reader.read_number(words.number, desk.today()) is None:
        raise InvalidInputError("item_number_missing")
    text = words.sentence(act, desk.texts)
    if act in ("merge", "unmerge"):
        return desk.merge(person, text, turn_key)
    steps = {
        "sign": desk.sign,
        "report": desk.report,
        "extend": desk.extend,
        "close": desk.close,
        "send_back": desk.send_back,
        "cancel": desk.cancel,
    }
    return [steps[act](person, text, turn_key)]
