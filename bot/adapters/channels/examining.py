"""What a doctor of any platform does: tries one thing after the other, and says what to click."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.adapters.channels.forms import Component, FormNames, Known, Misfit, misfits
from bot.core.errors import GuijuError
from bot.core.leave import LeaveKind
from bot.core.people import OrgId
from bot.core.staff_table import map_staff
from bot.services.error_words import error_words
from bot.services.outside import Texts
from bot.services.people_sync import Contacts

NOBODY = "guiju-doctor"  # an id that nothing has
AES_KEY_LENGTH = 43
SHOWN = 8  # people and faults that are named

Look = Callable[[], str]


@dataclass(frozen=True)
class Check:
    """One thing tried. `hint`: what to click, if it is not as it should be."""

    name: str  # "contacts", "form"
    ok: bool
    words: str
    hint: str = ""
    needed: bool = True


class FaultyError(GuijuError):
    """What was tried answers, but not as it should; `words` say why.

    `bearable`: the office can work all the same.
    """

    code = "channel_faulty"

    def __init__(self, words: str, *, bearable: bool = False) -> None:
        super().__init__(words=words)
        self.words, self.bearable = words, bearable


@dataclass(frozen=True)
class Examiner:
    """Tries one office's app. `hints` is where the words on what to click are kept."""

    org: OrgId
    texts: Texts
    hints: str  # "channels.hint"
    scopes: Mapping[str, str] = field(default_factory=dict)  # by the name of the check

    def check(self, name: str, look: Look, needed: bool = True) -> Check:
        """Try one thing."""
        try:
            return Check(name, True, look(), needed=needed)
        except FaultyError as error:
            words, needed = error.words, needed and not error.bearable
        except GuijuError as error:
            words = self._reason(error)
        fields = {"org": self.org, "scopes": self.scopes.get(name, "")}
        return Check(name, False, words, self.texts.say(f"{self.hints}_{name}", **fields), needed)

    def say(self, key: str, /, **fields: object) -> str:
        """The words for what was found."""
        return self.texts.say(f"channels.doctor_{key}", **fields)

    def contacts(self, contacts: Contacts) -> str:
        """Try every way of looking somebody up."""
        departments = contacts.departments(self.org)
        contacts.members(self.org, departments[:1])
        contacts.member(self.org, NOBODY)
        return self.say("contacts", count=len(departments))

    def posts(self, contacts: Contacts) -> str:
        """Hold the people against the office's table."""
        table, departments = contacts.table(self.org), contacts.departments(self.org)
        mapped = map_staff(table, departments, contacts.members(self.org, departments))
        found = len(mapped.directory.people)
        if mapped.unmapped:
            named = [f"{each.who} {each.code} {each.about}".strip() for each in mapped.unmapped]
            shown = "; ".join(named[:SHOWN])
            words = self.say("unmapped", count=len(named), people=found, shown=shown)
            raise FaultyError(words, bearable=found > 0)
        return self.say("posts", people=found)

    def form(self, components: Sequence[Component], form: FormNames, code: str) -> str:
        """Hold the approval form against what we file."""
        kinds = [kind.value for kind in LeaveKind]
        known = Known(
            {self.texts.say("leave.field_kind"): kinds}, self.texts.say("leave.field_span")
        )
        if found := misfits(components, form, known):
            raise FaultyError("; ".join(map(self._misfit, found[:SHOWN])))
        return self.say("form", code=code)

    def address(self, public_url: str, channel: str, aes_key: str) -> str:
        """Look at the address where the platform calls us, and at the key it encrypts with."""
        if urlsplit(public_url).scheme != "https":
            raise FaultyError(self.say("no_address"))
        if len(aes_key) != AES_KEY_LENGTH:
            raise FaultyError(self.say("aes_key", length=AES_KEY_LENGTH))
        address = f"{public_url.rstrip('/')}/channels/{channel}/{self.org}"
        return self.say("callback", address=address)

    def links(self, public_url: str) -> str:
        """Look at where links in messages lead."""
        if urlsplit(public_url).scheme != "https":
            raise FaultyError(self.say("no_links"))
        return public_url

    def _reason(self, error: GuijuError) -> str:
        if "scopes" in error.details:
            return self.say("permission", scopes=error.details["scopes"])
        return f"{error_words(error, self.texts)} ({error.code})"

    def _misfit(self, found: Misfit) -> str:
        fields = {"component": found.component, "detail": found.detail}
        return self.say(f"form_{found.fault}", **fields)
