"""Who presses "Apply" comes to the right place: their draft, the consent, the choice of a region, or clear words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from db import drafts
from domain.competition import Stage
from domain.consent import ConsentKind
from domain.person import Person
from usecases.checks import latest_check
from usecases.competitions import InForce, competitions_in_force
from usecases.consent import has_consent
from usecases.drafts import Draft, begin_draft, open_draft
from usecases.order import order
from usecases.work import Work


class Door(StrEnum):
    """What stands behind "Apply" for this person now."""

    DRAFT = "draft"  # an application to go on with
    BEGUN = "begun"  # an application just begun
    CLOSED = "closed"  # a draft whose intake has closed
    SENT = "sent"  # an application sent already
    CONSENT = "consent"  # the consent comes first
    REGION = "region"  # several competitions are open: which region?
    NOT_HERE = "not_here"  # no open competition in the person's region
    NOT_OPEN = "not_open"  # no open competition at all


@dataclass(frozen=True)
class Entry:
    """The door, with what its words need; `announced`: competitions whose dates are known."""

    door: Door
    draft: Draft | None = None
    number: str = ""
    region: str = ""
    open: tuple[InForce, ...] = ()
    announced: tuple[InForce, ...] = ()


def enter(work: Work, person: Person, region: str | None = None) -> Entry:
    """Go on with the draft, or begin one where that is possible; `region` (KATO code) if the person chose it."""
    draft = open_draft(work, person)
    if draft and draft.competition.competition.open(work.now):
        return Entry(Door.DRAFT, draft)
    entry = _newcomer(work, person, region or _region_of(work, person))
    return Entry(Door.CLOSED, draft) if draft and entry.door in (Door.NOT_HERE, Door.NOT_OPEN) else entry


def _newcomer(work: Work, person: Person, region: str | None) -> Entry:
    known = competitions_in_force(work)
    taking = tuple(one for one in known if one.competition.open(work.now))
    coming = tuple(one for one in known if one.competition.stage(work.now) is Stage.ANNOUNCED)
    if number := _sent(work, person, taking or known):
        return Entry(Door.SENT, number=number)
    if not taking:
        return Entry(Door.NOT_OPEN, announced=coming)
    here = tuple(one for one in taking if region is None or region in one.competition.quotas)
    if region and not here:
        soon = tuple(one for one in coming if region in one.competition.quotas)
        return Entry(Door.NOT_HERE, region=region, open=taking, announced=soon)
    return _begin(work, person, here, region)


def _begin(work: Work, person: Person, here: tuple[InForce, ...], region: str | None) -> Entry:
    if not has_consent(work, person, ConsentKind.PROCESSING):
        return Entry(Door.CONSENT)
    if region is None and len(here) > 1:
        return Entry(Door.REGION, open=here)
    return Entry(Door.BEGUN, begin_draft(work, person, here[0], **({"region": region} if region else {})))


def _sent(work: Work, person: Person, known: tuple[InForce, ...]) -> str | None:
    numbers = (drafts.sent_number(work.session, person.id, one.id) for one in known)
    return next((number for number in numbers if number), None)


def _region_of(work: Work, person: Person) -> str | None:
    """The region of the person's check, if it is one of the order's."""
    check = latest_check(work, person)
    region = check.answers.get("region") if check else None
    return region if region in {one.kato for one in order().regions} else None
