"""What a second person decides: who may, what they are asked, and what their word is good for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from db import announcements, staff
from domain.announcement import Announcement
from domain.competition import APPROVAL_ABOVE
from domain.notification import Kind, Lane
from domain.quiet_hours import allowed_at
from domain.staff import Action, Member, covers, lots_for, may_rule
from usecases.competitions import competitions_in_force
from usecases.notify import notify
from usecases.reminder_rules import quiet_hours
from usecases.work import Work

GROWTH = 10  # per cent that an audience may grow by after it was approved
NOT_APPROVED: Mapping[str, None] = {"approved_by": None, "approved_size": None}


@dataclass(frozen=True)
class WhoDecides:
    """Colleagues by their person ids, each with a name: who may approve it, and who may invite one more who could."""

    approvers: Mapping[int, str]
    inviters: Mapping[int, str]


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


def who_decides(work: Work, one: Announcement) -> WhoDecides:
    """Who may approve it beside everybody who had a hand in it; and who may invite somebody, were there nobody."""
    members = staff.members(work.session)
    names = {found.person_id: found.name for found in members if found.person_id not in one.makers}
    able = {number: name for number, name in names.items() if _may(members, number, Action.APPROVE_ANNOUNCEMENT, one)}
    inviting = (found for found in members if may_rule(found, Action.INVITE_STAFF, one.lots))
    return WhoDecides(able, {found.person_id: found.name for found in inviting})


def author_still_may(work: Work, one: Announcement) -> bool:
    """Whether whoever wrote it works here still, in all its lots."""
    return one.author_id is not None and _may(staff.members(work.session), one.author_id, Action.ANNOUNCE, one)


def _may(members: Iterable[Member], person_id: int, action: Action, one: Announcement) -> bool:
    mine = lots_for([found for found in members if found.person_id == person_id], action)
    return mine is not None and covers(mine, one.lots)


def ask_approval(work: Work, one: Announcement) -> None:
    """Tell everybody who may approve it, or its correction; where nobody may, whoever waits for that.

    Asked again of the same (`ask_again`) it tells nobody twice.
    """
    able = who_decides(work, one).approvers
    for number in able:
        tell(work, one, number, "asked" if one.before is None else "asked_correction", one.touched_at)
    for number in () if able else askers(one):
        tell(work, one, number, "nobody", one.touched_at)


def ask_again(work: Work) -> None:
    """Somebody has come or gone: what waits for a second person waits for others now."""
    for one in announcements.asked(work.session):
        ask_approval(work, one)


def askers(one: Announcement) -> tuple[int, ...]:
    """Its author, and whoever let it go or corrected it (person ids)."""
    asked_by = one.before.by if one.before else one.asked_by
    return tuple(dict.fromkeys(number for number in (one.author_id, asked_by) if number is not None))


def outside_quiet_hours(work: Work, at: datetime | None) -> datetime:
    """This moment, or now when there is none or it is past; the end of the quiet hours it falls into."""
    return allowed_at(max(at or work.now, work.now), quiet_hours(work))


def tell(work: Work, one: Announcement, person_id: int, event: str, since: datetime | None = None) -> None:
    """Tell somebody who makes announcements what became of this one; once of what has been so `since` a moment."""
    subject = f"{one.id}:{event}:{one.operation}:{(since or work.now).isoformat()}"
    notify(work, person_id, Kind.ANNOUNCEMENT_NEWS, subject, lane=Lane.REPLY, announcement=one.id, event=event)
