"""Who looks at our pages: what an office's platform says, held against our own directory."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.core.errors import NotAllowedError, NotFoundError
from bot.core.people import OrgId, Person, PersonId
from bot.services.storage import UnitOfWorkFactory

_KEY = "session_key"  # setting


class Identity(Protocol):
    """How one office's people prove who they are: the platform in which they are signed in."""

    @property
    def public_url(self) -> str:
        """Where people's devices reach our pages."""
        ...

    def address(self, back: str, state: str, agent: str) -> str:
        """Where a browser is sent, to come back at `back` with a code and the state.

        Args:
            agent: The browser's name for itself: the platform's own knows its user.
        """
        ...

    def person(self, code: str) -> PersonId:
        """Who came back with a code.

        Raises:
            NotAllowedError: the platform does not know the code, or it is of somebody outside
                ("sign_in_refused").
            OutsideServiceError: it does not tell.
        """
        ...


def session_key(unit_of_work: UnitOfWorkFactory) -> str:
    """What the cookies of this installation are signed with; made once, the same in each process.

    Never shown or logged: whoever has it can be anybody.
    """
    with unit_of_work() as uow:
        kept = uow.settings.keep(_KEY, secrets.token_urlsafe(32))
        uow.commit()
    return str(kept)


@dataclass(frozen=True)
class SignIn:
    """Lets people in by their platform, and only those whom the directory lists."""

    unit_of_work: UnitOfWorkFactory
    identities: Mapping[OrgId, Identity]

    def identity(self, org: OrgId) -> Identity:
        """How the people of an office prove who they are.

        Raises:
            NotFoundError: they cannot ("sign_in_unset").
        """
        if org not in self.identities:
            raise NotFoundError("sign_in_unset")
        return self.identities[org]

    def person(self, org: OrgId, code: str) -> Person:
        """Who came back from the platform; raises as `Identity.person`, and

        Raises:
            NotAllowedError: nobody whom the office's directory lists ("sign_in_unknown").
        """
        found = self.known(self.identity(org).person(code))
        if found is None or found.org != org:
            raise NotAllowedError("sign_in_unknown")
        return found

    def known(self, person: PersonId) -> Person | None:
        """Somebody who is still in the directory: those who leave are out with the next request."""
        try:
            with self.unit_of_work() as uow:
                return uow.people.person(person)
        except NotFoundError:
            return None
