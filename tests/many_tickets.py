"""Very many tickets at once, written straight into the table: for what must be right with 100 000 of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from sqlalchemy import insert

from db import staff
from db.tables import TicketEventRow, TicketRow
from domain.staff import Role
from domain.ticket import TicketEvent, TicketKind, TicketState
from tests.factories import a_person
from usecases.work import Work

LOTS = ("19-5", "19-6", "19-7")
BATCH = 5_000


def many_tickets(work: Work, count: int, *, over: timedelta = timedelta(weeks=70), seed: int = 1) -> None:
    """Tickets of three lots, opened evenly over this time until now: answered, late, waiting, closed, rated."""
    dice = Random(seed)
    author = a_person(work, 900_001)
    operators = [a_person(work, 900_010 + n) for n in range(6)]
    for n, one in enumerate(operators):
        staff.add(work.session, one.id, Role.OPERATOR, frozenset(LOTS), f"Оператор {n}", work.now)
    who = [one.id for one in operators]
    for begun in range(0, count, BATCH):
        numbers = range(begun + 1, min(begun + BATCH, count) + 1)
        rows = [_ticket(work.now - over * (1 - n / count), n, author.id, dice) for n in numbers]
        work.session.execute(insert(TicketRow), rows)
        answered = [(row["id"], row["answered_at"]) for row in rows if row["answered_at"]]
        events = [
            {"ticket_id": key, "at": at, "what": TicketEvent.ANSWERED.value, "who_id": dice.choice(who), "facts": {}}
            for key, at in answered
            for _again in range(dice.choice((1, 1, 2)))
        ]
        work.session.execute(insert(TicketEventRow), events)
    work.session.flush()


def _ticket(opened: datetime, number: int, author: int, dice: Random) -> dict[str, object]:
    answered = opened + timedelta(seconds=dice.randrange(1, 700_000)) if dice.random() < 0.9 else None
    closed = answered + timedelta(seconds=dice.randrange(1, 900_000)) if answered and dice.random() < 0.8 else None
    state = TicketState.CLOSED if closed else TicketState.WAITING if answered else TicketState.OPEN
    return {
        "id": number,
        "number": f"T-{number}",
        "kind": dice.choice(list(TicketKind)).value,
        "person_id": author,
        "lot": dice.choice(LOTS),
        "state": state.value,
        "context": {},
        "opened_at": opened,
        "answered_at": answered,
        "closed_at": closed,
        "answer_by": opened + timedelta(days=2),
        "solve_by": opened + timedelta(days=9),
        "rating": dice.choice((None, 1, 2, 3, 4, 5)) if closed else None,
        "reopened": 0,
    }


__all__ = ["LOTS", "many_tickets"]
