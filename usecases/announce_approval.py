"""What a second person decides: who may, what they are asked, and what their word is good for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from domain.announcement import Announcement, Stage, require_stage
from domain.competition import APPROVAL_ABOVE
from domain.notification import Kind, Lane
from domain.person import Person
from domain.quiet_hours import allowed_at
from domain.refusal import Reason, Refused
from domain.staff import Action, Member, covers, lots_for
from usecases import staff
from usecases.announce import announcement_of, change
from usecases.competitions import competitions_in_force
from usecases.notify import notify
from usecases.reminder_rules import quiet_hours
from usecases.work import Work

GROWTH = 10  # per cent that an audience may grow by after it was approved
NOT_APPROVED: Mapping[str, None] = {"approved_by": None, "approved_size": None}


def approval_above(work: Work, one: Announcement) -> int:
    """How many recipients one person may decide on alone: the least of what the competitions of its lots say."""
    running = [found.competition for found in competitions_in_force(work)]
    told = [found.second_person_above for found in running if not one.lots or found.lot in one.lots]
    return min(told, default=APPROVAL_ABOVE)


def needs_second_person(work: Work, one: Announcement, size: int) -> bool:
    """Whether so many wait for a second person: too many for one, or its author has left, and nobody approved that."""
    if size > approval_above(work, one):
        return one.approved_size is None or 100 * size > (100 + GROWTH) * one.approved_size
    return one.approved_size is None and not author_still_may(work, one)


def approvers(work: Work, one: Announcement) -> tuple[int, ...]:
    """Who (person ids) may approve it."""
    members = staff.members(work)
    people = dict.fromkeys(found.person_id for found in members if found.person_id not in one.makers)
    return tuple(number for number in people if _may(members, number, Action.APPROVE_ANNOUNCEMENT, one))


def author_still_may(work: Work, one: Announcement) -> bool:
    """Whether whoever wrote it works here still, in all its lots."""
    return one.author_id is not None and _may(staff.members(work), one.author_id, Action.ANNOUNCE, one)


def _may(members: Iterable[Member], person_id: int, action: Action, one: Announcement) -> bool:
    mine = lots_for([found for found in members if found.person_id == person_id], action)
    return mine is not None and covers(mine, one.lots)


def ask_approval(work: Work, one: Announcement) -> None:
    """Tell everybody who may approve it."""
    for number in approvers(work, one):
        tell(work, one, number, "asked")


def approve(work: Work, person: Person, announcement_id: int) -> Announcement:
    """Somebody who had no hand in it agrees: it goes at its time.

    Refused: OWN_ANNOUNCEMENT, NOT_ALLOWED, NOT_A_STEP.
    """
    one = _asked(work, person, announcement_id)
    planned = outside_quiet_hours(work, one.planned_at)
    tell_author(work, one, "approved")
    approved = {"approved_by": person.id, "approved_size": one.size}
    return change(work, one, stage=Stage.PLANNED, planned_at=planned, **approved)


def send_back(work: Work, person: Person, announcement_id: int) -> Announcement:
    """A second person does not agree: it is a draft again."""
    one = _asked(work, person, announcement_id)
    tell_author(work, one, "sent_back")
    return change(work, one, stage=Stage.DRAFT)


def _asked(work: Work, person: Person, announcement_id: int) -> Announcement:
    one = announcement_of(work, person, announcement_id, Action.APPROVE_ANNOUNCEMENT)
    if person.id in one.makers:
        raise Refused(Reason.OWN_ANNOUNCEMENT)
    require_stage(one.stage, Stage.ASKED)
    return one


def outside_quiet_hours(work: Work, at: datetime | None) -> datetime:
    """This moment, or now when there is none or it is past; the end of the quiet hours it falls into."""
    return allowed_at(max(at or work.now, work.now), quiet_hours(work))


def tell(work: Work, one: Announcement, person_id: int, event: str) -> None:
    """Tell somebody who makes announcements what became of this one."""
    subject = f"{one.id}:{event}:{one.operation}:{work.now.isoformat()}"
    notify(work, person_id, Kind.ANNOUNCEMENT_NEWS, subject, lane=Lane.REPLY, announcement=one.id, event=event)


def tell_author(work: Work, one: Announcement, event: str) -> None:
    if one.author_id:
        tell(work, one, one.author_id, event)
