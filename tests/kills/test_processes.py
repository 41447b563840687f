"""Several real processes behind one address, on PostgreSQL: two, then four, and back, while people apply.

The web server before them gives each update to the next process, so one person's updates go round; later it gives
each to two at the same moment. Some pour out what they have to say; it is kept in their order. One is killed, others
stop in order, and nobody notices.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

import pytest
from sqlalchemy import text

from tests.crowd import Somebody, somebody
from tests.engines import Postgres
from tests.glance import glance_at
from tests.kills.aftermath import counted, near_the_end, the_application
from tests.kills.processes import Processes
from tests.over_http import until
from usecases.work import Work

POURED = 20


@pytest.mark.parametrize("rounds", [1, pytest.param(50, marks=pytest.mark.soak)])
async def test_two_then_four_processes_behind_one_address(
    processes: Processes, postgres: Postgres, rounds: int
) -> None:
    async with glance_at(postgres) as glance:
        people = [somebody(processes.server.telegram, glance, number) for number in range(1, 16)]
        await processes.keeper.work(lambda work: near_the_end(work, people))
        await processes.more(2)
        await everybody(people[:5])
        await pours(people[0], rounds)
        first, second = processes.robin.ports
        await processes.more(2)
        processes.robin.doubling = True
        await everybody(people[5:10])
        await pours(people[2], rounds)
        processes.robin.doubling = False
        await pours(people[4], rounds)
        await asyncio.gather(everybody(people[10:]), processes.stop(first), processes.kill(second))
    assert min(processes.robin.took[port] for port in (first, second, *processes.robin.ports)) > 10
    assert processes.server.telegram.webhook.url == f"{processes.address}/telegram"
    await processes.keeper.work(lambda work: in_their_order(work, [people[n] for n in (0, 2, 4)], rounds))
    await processes.keeper.work(lambda work: one_application_each(work, people))
    for port in list(processes.robin.ports):
        await processes.stop(port)


async def everybody(people: list[Somebody]) -> None:
    await asyncio.gather(*(one.goes_on() for one in people))


async def pours(one: Somebody, rounds: int) -> None:
    """A request, and POURED more messages to it without waiting for any answer: each goes to the next process."""
    await one.phone.says("/ask")
    await one.phone.presses("Жалоба")
    await one.phone.says("Никто не отвечает на мои звонки")
    for _ in range(rounds):
        said = [one.phone.account.says(f"И вот ещё что случилось, номер {number}") for number in range(POURED)]
        await until(partial(all_handled, one, said), seconds=30)


def all_handled(one: Somebody, said: list[dict[str, Any]]) -> bool:
    return all(one.phone.glance.handled(update["update_id"]) for update in said)


def in_their_order(work: Work, writers: list[Somebody], rounds: int) -> None:
    kept = "SELECT chat_message_id FROM ticket_message JOIN person ON person.id = writer_id WHERE telegram_id = :me"
    for one in writers:
        rows = work.session.execute(text(f"{kept} ORDER BY ticket_message.id"), {"me": one.phone.account.id})
        numbers = [row[0] for row in rows]
        assert (len(numbers), numbers) == (rounds * POURED + 1, sorted(numbers))


def one_application_each(work: Work, people: list[Somebody]) -> None:
    numbers = sorted(the_application(work, one).number for one in people)
    assert numbers == [f"79-2026-{number:06d}" for number in range(1, len(people) + 1)]
    assert counted(work, "SELECT update_id FROM set_aside_update") == {}
