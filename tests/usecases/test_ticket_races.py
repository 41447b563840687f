"""Fifty colleagues reach for each ticket at the same moment, through two connections pools: one gets it."""

from __future__ import annotations

import asyncio
from pathlib import Path

from sqlalchemy.orm import Session

from db.migrate import migrate
from db.session import Database
from db.vault import Vault
from domain.refusal import Reason, Refused
from domain.staff import Role
from domain.ticket import TicketKind
from tests.engines import IN_MEMORY
from tests.factories import DATA_KEY, NOW, in_force
from tests.staff import hired
from usecases.handle_ticket import take, take_next
from usecases.meet_person import known_person
from usecases.open_ticket import open_ticket
from usecases.work import Work

TICKETS = 3


def work_in(session: Session) -> Work:
    return Work(session, NOW, Vault(DATA_KEY))


def prepare(session: Session, racers: int) -> list[int]:
    """Operators, and tickets of other people."""
    work = work_in(session)
    in_force(work)
    for number in range(racers):
        hired(work, Role.OPERATOR, 2000 + number)
    found = [open_ticket(work, known_person(work, 1000 + n), TicketKind.COMPLAINT) for n in range(TICKETS)]
    return [one.id for one in found if one]


def reach(session: Session, number: int, ticket_id: int | None) -> str:
    work = work_in(session)
    person = known_person(work, 2000 + number)
    try:
        return (take(work, person, ticket_id) if ticket_id else take_next(work, person)).number
    except Refused as refused:
        return refused.reason.value


async def race(databases: list[Database], racers: int, ticket_id: int | None) -> list[str]:
    """What each of them got."""
    racing = (databases[n % len(databases)].transaction(reach, n, ticket_id) for n in range(racers))
    return list(await asyncio.gather(*racing))


async def test_of_fifty_who_take_one_ticket_one_gets_it(tmp_path: Path, database_url: str) -> None:
    racers = 50
    url = f"sqlite:///{tmp_path}/bot.db" if database_url == IN_MEMORY else database_url
    databases = [Database(url) for _ in range(2)]
    if database_url == IN_MEMORY:
        await migrate(databases[0])
    tickets = await databases[0].transaction(prepare, racers)
    got = await race(databases, racers, tickets[0])
    assert sum(one.startswith("T-") for one in got) == 1
    assert got.count(Reason.HELD_BY_ANOTHER.value) == racers - 1
    following = await race(databases, racers, None)
    numbers = [one for one in following if one.startswith("T-")]
    assert len(numbers) == len(set(numbers)) == TICKETS - 1
    assert following.count(Reason.NOTHING_WAITS.value) == racers - len(numbers)
    for database in databases:
        await database.close()
