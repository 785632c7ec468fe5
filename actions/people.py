"""Who is talking."""

from __future__ import annotations

from rasa_sdk import Tracker

from actions.base import Reply, WiredAction
from bot.core.messages import Message
from bot.core.people import Directory, PersonId
from bot.services.turns import Turn


class ActionIntroducePerson(WiredAction):
    """Says for whom the assistant takes the person."""

    action_name = "action_introduce_person"

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        person = turn.person
        with self.wiring.unit_of_work() as uow:
            directory = uow.people.directory(person.org)
        lines = [
            self.say("who", name=person.name, office=directory.office.name),
            self.say("who_post", unit=person.unit, post=person.post),
        ]
        if leader := _name(directory, person.leader):
            lines.append(self.say("who_leader", name=leader))
        if partner := _name(directory, person.partner):
            lines.append(self.say("who_partner", name=partner))
        return Reply((Message("\n".join(line.text for line in lines)),))


def _name(directory: Directory, person_id: PersonId | None) -> str | None:
    found = directory.person(person_id) if person_id else None
    return f"{found.name}（{found.post}）" if found else None
