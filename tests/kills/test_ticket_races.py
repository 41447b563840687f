"""Two real processes on PostgreSQL, two operators, one ticket, one moment: one holds it, and both are told.

The web server before the processes gives each update to the next of them, so the two presses of a race meet in
different processes.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from db.tables import TicketEventRow, TicketRow
from domain.staff import Role
from domain.ticket import TicketEvent, TicketKind
from handlers.desk.buttons import Take
from sandbox.chats import Message
from sandbox.person import Person as Account
from tests.kills.processes import Processes
from tests.over_http import until
from tests.staff import hired
from usecases.competitions import competitions_in_force
from usecases.meet_person import known_person
from usecases.open_ticket import open_ticket
from usecases.work import Work

AT_ONCE = 5  # races
TAKEN_BY_ANOTHER = "{number} уже взял коллега."


@dataclass(frozen=True)
class Race:
    """A ticket, and the two who reach for it."""

    ticket: int
    number: str
    racers: tuple[Account, Account]

    async def run(self) -> None:
        before = [heard(one) for one in self.racers]
        for one in self.racers:
            one.presses(one.chat.last.id, Take(ticket=self.ticket).pack(), stale=True)
        await until(lambda: all(heard(one) > was for one, was in zip(self.racers, before, strict=True)), seconds=20)

    async def both_are_told(self, holder: int | None) -> None:
        """The holder sees the ticket, the other who was quicker."""
        [winner] = [one for one in self.racers if one.id == holder]
        [loser] = [one for one in self.racers if one is not winner]
        await until(lambda: any(self.number in message.text for message in shown(winner)), seconds=20)
        told = TAKEN_BY_ANOTHER.format(number=self.number)
        await until(lambda: told in loser.chat.alerts, seconds=20)
        assert told not in winner.chat.alerts
        assert not any(self.number in message.text for message in shown(loser))


def heard(one: Account) -> int:
    return len(one.chat.answers)


def shown(one: Account) -> list[Message]:
    return [message for message in one.chat.messages if message.from_bot]


async def races(processes: Processes, many: int) -> list[Race]:
    """So many tickets, with two operators to each of those that run at once."""
    telegram = processes.server.telegram
    operators = [telegram.person(2000 + n, first_name=f"Оператор {n}") for n in range(2 * AT_ONCE)]
    found = await processes.keeper.work(lambda work: prepared(work, many, [one.id for one in operators]))
    for one in operators:
        one.says("/work")
    for one in operators:
        await until(lambda one=one: shown(one), seconds=20)  # type: ignore[misc]
    pairs = [(operators[2 * n], operators[2 * n + 1]) for n in range(AT_ONCE)]
    return [Race(ticket, number, pairs[n % AT_ONCE]) for n, (ticket, number) in enumerate(found)]


def prepared(work: Work, many: int, operators: list[int]) -> list[tuple[int, str]]:
    lot = competitions_in_force(work)[0].competition.lot
    for telegram_id in operators:
        hired(work, Role.OPERATOR, telegram_id, lot)
    opened = [open_ticket(work, known_person(work, 1000 + n % 7), TicketKind.COMPLAINT) for n in range(many)]
    return [(one.id, one.number) for one in opened if one]


def takings(work: Work) -> dict[int, tuple[int | None, int]]:
    """Who holds each ticket, by Telegram number, and how often it was taken."""
    event, ticket = TicketEventRow, TicketRow
    taken: dict[int, int] = {}
    for key in work.session.scalars(select(event.ticket_id).where(event.what == TicketEvent.TAKEN)):
        taken[key] = taken.get(key, 0) + 1
    holders = work.session.execute(select(ticket.id, ticket.holder_id)).all()
    people = {known_person(work, 2000 + n).id: 2000 + n for n in range(2 * AT_ONCE)}
    return {key: (people.get(holder or 0), taken.get(key, 0)) for key, holder in holders}


async def raced(processes: Processes, many: int) -> None:
    await processes.more(2)
    running = await races(processes, many)
    assert len(running) == many
    for begun in range(0, many, AT_ONCE):
        await asyncio.gather(*(race.run() for race in running[begun : begun + AT_ONCE]))
    found = await processes.keeper.work(takings)
    assert {times for _holder, times in found.values()} == {1}
    for race in running:
        await race.both_are_told(found[race.ticket][0])
    assert min(processes.robin.took.values()) >= many
    for port in list(processes.robin.ports):
        await processes.stop(port)


async def test_fifty_races_for_tickets_through_two_processes(processes: Processes) -> None:
    await raced(processes, 50)


@pytest.mark.soak
async def test_a_thousand_races_for_tickets_through_two_processes(processes: Processes) -> None:
    await raced(processes, 1000)
