"""Notifications that a person does not want: by kind, as long as the service itself would not fall silent."""

from __future__ import annotations

from dataclasses import replace

from db import people
from domain.notification import Kind, optional_kinds
from domain.person import Person
from domain.refusal import Reason, Refused
from usecases.reminder_rules import rules_in_force
from usecases.work import Work


def mute(work: Work, person: Person, switch: str, *, muted: bool) -> Person:
    """Switch a kind of notification, or the reminders of a rule (`Rule.switch`), off or on.

    Refused: NOT_A_CHOICE for a kind that cannot be switched off, OLD_BUTTON for what is no more.
    """
    switches = {str(kind) for kind in optional_kinds()} | {rule.switch for rule in rules_in_force(work).all}
    if switch not in switches:
        raise Refused(Reason.NOT_A_CHOICE if switch in set(Kind) else Reason.OLD_BUTTON)
    changed = person.muted | {switch} if muted else person.muted - {switch}
    people.change_person(work.session, person.id, muted=sorted(changed))
    return replace(person, muted=frozenset(changed))
