"""Two real processes on PostgreSQL, four operators, one ticket, one moment: one holds it, and all are told.

Then whoever holds it gives it back to the queue, and the four reach for it again: fifty races for each ticket. The
web server before the processes gives each update to the next of them, so the presses of a race meet in different
processes.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest
from aiogram.filters.callback_data import CallbackData
from sqlalchemy import select

from db.tables import PersonRow, TicketEventRow, TicketRow
from domain.staff import Role
from domain.ticket import TicketEvent, TicketKind, TicketState
from handlers.desk.buttons import PassNow, PassTo, Take
from sandbox.chats import Message
from sandbox.person import Person as Account
from tests.kills.processes import Processes
from tests.over_http import until
from tests.staff import hired
from usecases.competitions import competitions_in_force
from usecases.meet_person import known_person
from usecases.open_ticket import open_ticket
from usecases.work import Work

AT_ONCE = 5  # tickets, each with four operators of its own
OPERATORS = 4
TAKEN_BY_ANOTHER = "{number} уже взял коллега."


@dataclass(frozen=True)
class Contest:
    """A ticket, those who reach for it, and who of them had it, race by race."""

    ticket: int
    number: str
    racers: tuple[Account, ...]
    winners: list[int] = field(default_factory=list)

    async def races(self, many: int) -> None:
        """Each but the last ends with the ticket back in the queue."""
        for race in range(many):
            if race:
                await self.gives_back()
            await self.race()

    async def race(self) -> None:
        """All press at once: one is shown the ticket, each of the others that a colleague was quicker."""
        heard = [len(one.chat.answers) for one in self.racers]
        told = [self.told(one) for one in self.racers]
        shown = [self.shown(one) for one in self.racers]
        for one in self.racers:
            one.presses(one.chat.last.id, Take(ticket=self.ticket).pack(), stale=True)
        await answered(self.racers, heard)
        late = [self.told(one) - was for one, was in zip(self.racers, told, strict=True)]
        assert sorted(late) == [0, *[1] * (OPERATORS - 1)], f"{self.number}: {late}"
        winner = late.index(0)
        await until(lambda: self.shown(self.racers[winner]) > shown[winner], seconds=20)
        for place, one in enumerate(self.racers):
            assert place == winner or self.shown(one) == shown[place], f"{self.number} is shown to a loser"
        self.winners.append(self.racers[winner].id)

    async def gives_back(self) -> None:
        """Its holder passes it on to the queue it came from."""
        [holder] = [one for one in self.racers if one.id == self.winners[-1]]
        steps: tuple[CallbackData, ...] = (
            PassTo(ticket=self.ticket, kind="r", target=Role.OPERATOR),
            PassNow(ticket=self.ticket),
        )
        for data in steps:
            heard = [len(holder.chat.answers)]
            holder.presses(holder.chat.last.id, data.pack(), stale=True)
            await answered((holder,), heard)

    def told(self, one: Account) -> int:
        return one.chat.alerts.count(TAKEN_BY_ANOTHER.format(number=self.number))

    def shown(self, one: Account) -> int:
        """How often the chat has shown it, also where something else stands now."""
        texts = [str(data.get("text")) for message in from_bot(one) for data in (message.data, *message.versions)]
        return sum(f"🎫 {self.number}" in text for text in texts)


async def answered(people: tuple[Account, ...], heard: list[int]) -> None:
    await until(lambda: all(len(one.chat.answers) > was for one, was in zip(people, heard, strict=True)), seconds=20)


def from_bot(one: Account) -> list[Message]:
    return [message for message in one.chat.everything.values() if message.from_bot]


async def contests(processes: Processes, tickets: int) -> list[Contest]:
    """So many tickets, with four operators to each of those that run at once."""
    telegram = processes.server.telegram
    operators = [telegram.person(2000 + n, first_name=f"Оператор {n}") for n in range(OPERATORS * AT_ONCE)]
    found = await processes.keeper.work(lambda work: prepared(work, tickets, [one.id for one in operators]))
    for one in operators:
        one.says("/work")
    for one in operators:
        await until(lambda one=one: from_bot(one), seconds=20)  # type: ignore[misc]
    fours = [tuple(operators[OPERATORS * n : OPERATORS * (n + 1)]) for n in range(AT_ONCE)]
    return [Contest(ticket, number, fours[n % AT_ONCE]) for n, (ticket, number) in enumerate(found)]


def prepared(work: Work, many: int, operators: list[int]) -> list[tuple[int, str]]:
    lot = competitions_in_force(work)[0].competition.lot
    for telegram_id in operators:
        hired(work, Role.OPERATOR, telegram_id, lot)
    opened = [open_ticket(work, known_person(work, 1000 + n % 7), TicketKind.COMPLAINT) for n in range(many)]
    return [(one.id, one.number) for one in opened if one]


def history(work: Work, ticket: int) -> tuple[list[str], list[int], tuple[str, int]]:
    """What was done with a ticket, who took it (Telegram numbers), and how it stands now, with its holder."""
    event, row, person = TicketEventRow, TicketRow, PersonRow
    lines = work.session.execute(
        select(event.what, person.telegram_id)
        .outerjoin(person, person.id == event.who_id)
        .where(event.ticket_id == ticket)
        .order_by(event.id)
    ).all()
    state = work.session.execute(
        select(row.state, person.telegram_id).join(person, person.id == row.holder_id).where(row.id == ticket)
    ).one()
    taken = [who for what, who in lines if what == TicketEvent.TAKEN]
    return [what for what, _who in lines], taken, (state[0], state[1])


async def raced(processes: Processes, tickets: int, many: int) -> None:
    """So many races for each of so many tickets."""
    await processes.more(2)
    running = await contests(processes, tickets)
    assert len(running) == tickets
    for begun in range(0, tickets, AT_ONCE):
        await asyncio.gather(*(one.races(many) for one in running[begun : begun + AT_ONCE]))
    for one in running:
        done, taken, now = await processes.keeper.work(lambda work, one=one: history(work, one.ticket))  # type: ignore[misc]
        again = [TicketEvent.PASSED, TicketEvent.TAKEN] * (many - 1)
        assert done == [TicketEvent.OPENED, TicketEvent.TAKEN, *again], f"{one.number} was held twice"
        assert taken == one.winners
        assert now == (TicketState.TAKEN, one.winners[-1])
    assert min(processes.robin.took.values()) >= tickets * many
    for port in list(processes.robin.ports):
        await processes.stop(port)


async def test_races_for_tickets_through_two_processes(processes: Processes) -> None:
    await raced(processes, tickets=5, many=6)


@pytest.mark.soak
async def test_fifty_races_for_each_ticket_through_two_processes(processes: Processes) -> None:
    await raced(processes, tickets=20, many=50)
