"""Notifications that a person does not want: by kind, as long as the service itself would not fall silent."""

from __future__ import annotations

from dataclasses import replace

from db import people
from domain.notification import Kind, optional_kinds
from domain.person import Person
from domain.refusal import Reason, Refused
from usecases.work import Work


def mute(work: Work, person: Person, kind: Kind, *, muted: bool) -> Person:
    """Switch a kind off or on. Refused(NOT_A_CHOICE) for one that cannot be switched off."""
    if kind not in optional_kinds():
        raise Refused(Reason.NOT_A_CHOICE)
    changed = person.muted | {kind} if muted else person.muted - {kind}
    people.change_person(work.session, person.id, muted=sorted(changed))
    return replace(person, muted=frozenset(changed))
