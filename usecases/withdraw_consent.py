"""Take a consent back. For the data itself it means: the draft is erased, a sent application is withdrawn or stays.

It stays when the selection has begun: others are ranked against it, and the law has the protocol kept.
"""

from __future__ import annotations

from dataclasses import dataclass

from db import applications, consents, personal_data
from domain.consent import ConsentKind
from domain.person import Person
from usecases.change_application import withdraw_application
from usecases.erase_person import Staying, what_stays
from usecases.work import Work


@dataclass(frozen=True)
class Consequence:
    """What withdrawing means now: is there a draft, which applications are withdrawn, which must stay."""

    draft: bool
    withdrawn: tuple[str, ...]
    staying: tuple[Staying, ...]


def consequence(work: Work, person: Person) -> Consequence:
    """What withdrawing the consent to keep data would do, so that it can be said before."""
    staying = what_stays(work, person)
    kept = {one.number for one in staying}
    every = reversed(applications.of_person(work.session, person.id))  # the oldest first
    sent = [one for one in every if one.withdrawn_at is None]
    withdrawn = tuple(one.number for one in sent if one.number not in kept)
    return Consequence(bool(personal_data.unsent(work.session, person.id)), withdrawn, staying)


def withdraw_consent(work: Work, person: Person, kind: ConsentKind) -> Consequence:
    """Take it back, with what follows; without the consent to keep data there is nothing to publish either."""
    if kind is ConsentKind.PUBLICATION:
        consents.withdraw(work.session, person.id, kind, work.now)
        return Consequence(False, (), ())
    follows = consequence(work, person)
    for application in applications.of_person(work.session, person.id):
        if application.number in follows.withdrawn:
            withdraw_application(work, person, application.id)
    personal_data.erase_unsent(work.session, person.id, work.now)
    for every in ConsentKind:
        consents.withdraw(work.session, person.id, every, work.now)
    return follows
