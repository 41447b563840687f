"""Open a ticket: registered at once with its number, in the right lot's queue, with what it is about.

Registering a complaint is compulsory and refusing one forbidden: nothing here refuses. Where nothing tells the
lot, the ticket stands in the queue of every lot until its author says the region (`ticket_region`) or somebody
passes it on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from db import applications, checks, ticket_messages, tickets
from domain.local_time import local_day
from domain.person import Person
from domain.regions import LANGUAGES
from domain.staff import Role
from domain.ticket import Ticket, TicketEvent, TicketKind, TicketState
from usecases.assign_tickets import opened
from usecases.competitions import InForce, competition_for, competitions_in_force, latest, version_of
from usecases.impartial import deciders
from usecases.own_competition import own_competition
from usecases.ticket_clock import answer_due, solve_due
from usecases.ticket_steps import known_ticket, record
from usecases.work import Work

HANDLED = frozenset({TicketEvent.TAKEN, TicketEvent.ANSWERED, TicketEvent.CLOSED})


@dataclass(frozen=True)
class Matter:
    """What a ticket is about: an application, a check, an earlier ticket, or nothing of these."""

    competition: InForce | None = None
    region: str | None = None
    context: Mapping[str, Any] | None = None
    barred: frozenset[int] = frozenset()  # who answered before
    moved_to: str = ""  # the lot where an earlier ticket is now, if it is another than the competition's

    @property
    def lot(self) -> str:
        """Empty while nothing tells."""
        return self.moved_to or (self.competition.competition.lot if self.competition else "")


def open_ticket(
    work: Work,
    person: Person,
    kind: TicketKind,
    about: str = "",
    *,
    name: str = "",
    region: str | None = None,
    lot: str = "",
    subject: str | None = None,
    message_ids: tuple[int, ...] = (),
) -> Ticket | None:
    """Open a ticket with these messages; None when there is one about this subject already.

    `about`: "app:12", "check:5", "ticket:7" or empty; what is not this person's own is left out. `region`: chosen.
    `lot`: it is known to be of this one, though no competition of it may be running.
    """
    found = Matter(_of_lot(work, lot), region) if lot else matter(work, person, about, region)
    one, lot = found.competition, lot or found.lot
    number = tickets.add(
        work.session,
        _series(work, found, lot),
        kind=kind,
        person_id=person.id,
        competition_id=one.id if one else None,
        lot=lot,
        subject=subject,
        state=TicketState.OPEN,
        role=Role.SUPERVISOR if kind is TicketKind.APPEAL else Role.OPERATOR,
        language=person.language or LANGUAGES[0],
        context=dict(found.context or {}),
        sealed=work.vault.seal_data({"name": name} if name else {}),
        opened_at=work.now,
        due_by=answer_due(work, lot, kind, work.now),
        answer_by=answer_due(work, lot, kind, work.now),
        solve_by=solve_due(work, lot, kind, work.now),
    )
    return _opened(work, number, found, person, message_ids) if number else None


def matter(work: Work, person: Person, about: str, region: str | None = None) -> Matter:
    """What is known of the thing a ticket is about."""
    what, _colon, key = about.partition(":")
    look = {"app": _application, "check": _check, "ticket": _ticket}.get(what)
    found = look(work, person, int(key)) if look and key.isdecimal() else None
    if found:
        return found
    chosen = competition_for(work, region) if region else None
    return Matter(chosen or own_competition(work, person) or _only_one(work), region)


def _opened(work: Work, number: str, found: Matter, person: Person, message_ids: tuple[int, ...]) -> Ticket:
    ticket = tickets.named(work.session, number)
    assert ticket
    for message_id in message_ids:
        ticket_messages.place(work.session, message_id, ticket.id)
    tickets.bar(work.session, ticket.id, (found.barred | deciders(work, ticket)) - {person.id})
    record(work, ticket, TicketEvent.OPENED, person.id)
    opened(work, ticket, new=True)
    return known_ticket(work, ticket.id)


def _series(work: Work, found: Matter, lot: str) -> str:
    """Tickets are numbered by region where it is known, else by lot, and by year."""
    year = found.competition.competition.year if found.competition else local_day(work.now).year
    return f"T-{found.region or lot or 0}-{year}"


def _of_lot(work: Work, lot: str) -> InForce | None:
    """The newest competition of this lot that has not ended."""
    return max(
        (one for one in competitions_in_force(work) if one.competition.lot == lot), key=lambda one: one.id, default=None
    )


def _only_one(work: Work) -> InForce | None:
    every = competitions_in_force(work)
    return every[0] if len(every) == 1 else None


def _application(work: Work, person: Person, key: int) -> Matter | None:
    """An application of theirs; who decided about it may not handle the ticket (`usecases/impartial.py`)."""
    own = {one.id: one for one in applications.of_person(work.session, person.id)}
    application = own.get(key)
    if application is None:
        return None
    one = latest(work, application.competition_id)
    context = {"application": key, "number": application.number, "stage": application.state.value}
    return Matter(one, application.region, context)


def _check(work: Work, person: Person, key: int) -> Matter | None:
    check = checks.get(work.session, key)
    if check is None or check.person_id != person.id:
        return None
    context: dict[str, Any] = {"check": key}
    region = check.answers.get("region")
    one = version_of(work, check.version_id) if check.version_id else competition_for(work, region or "")
    if one is None:
        return None
    if check.verdict:
        failed = [failure["rule"] for failure in check.verdict.get("failures", [])]
        context |= {"version": one.number, "failed": failed}
    return Matter(one, region, context)


def _ticket(work: Work, person: Person, key: int) -> Matter | None:
    """An earlier ticket of theirs: where that one is now, and in other hands than those that handled it."""
    earlier = tickets.get(work.session, key)
    if earlier is None or earlier.person_id != person.id:
        return None
    who = frozenset(by for _at, what, by, _facts in tickets.history(work.session, key) if by and what in HANDLED)
    one = latest(work, earlier.competition_id) if earlier.competition_id else None
    context: dict[str, Any] = {"ticket": earlier.number}
    if "application" in earlier.context:
        context["application"] = earlier.context["application"]
    return Matter(one, None, context, who | tickets.barred(work.session, key), earlier.lot)
