"""`kill -9` at random moments, while twenty people apply at once and while notifications go out.

Afterwards every answer that a screen had confirmed is there, everybody has one application and one number, nothing
is unsent, and what came twice is counted. The figures of a run are printed (`pytest -s`).
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from domain.notification import Kind
from tests.crowd import Somebody
from tests.engines import SQLITE, Postgres
from tests.kills.aftermath import everything_is_there, figures, near_the_end
from tests.kills.attack import CROWD, Attack, an_attack
from usecases.meet_person import known_person
from usecases.notify import notify
from usecases.work import Work


@pytest.fixture
def on_postgres(database_kind: str, request: pytest.FixtureRequest) -> Postgres | None:
    """None on SQLite."""
    return None if database_kind == SQLITE else request.getfixturevalue("postgres")


async def test_a_crowd_is_served_by_a_program_that_dies(
    tmp_path: Path, unused_tcp_port: int, on_postgres: Postgres | None
) -> None:
    lives = ("polling", "webhook")
    async with an_attack(tmp_path, lives, unused_tcp_port, on_postgres, fast=True, mean_life=0.7, seed=1) as attack:
        many, deaths, rows, in_sending = (8, 2, 100, 1) if on_postgres else (CROWD, 4, 300, 2)
        people = list(islice(attack.newcomers(), many))
        await attack.keeper.work(lambda work: near_the_end(work, people))
        await attack.on_applications(deaths, iter(people), Somebody.goes_on)
        await on_sending(attack, rows, in_sending)
        await finish(attack)
        assert sum(one.phone.swallowed for one in people) == 0


@pytest.mark.soak
@pytest.mark.parametrize("by", ["polling", "webhook"])
async def test_two_hundred_deaths(tmp_path: Path, unused_tcp_port: int, on_postgres: Postgres | None, by: str) -> None:
    """The program as it is, with Telegram's pace: 75 deaths during whole applications and 25 during sending, twice."""
    mean = 3.0 if on_postgres else 2.0  # for its first second a life waits until what the dead one sent counts no more
    async with an_attack(tmp_path, (by,), unused_tcp_port, on_postgres, fast=False, mean_life=mean, seed=2) as attack:
        await attack.on_applications(75, attack.newcomers(), Somebody.applies)
        await on_sending(attack, rows=1200, kills=25)
        await finish(attack)


async def on_sending(attack: Attack, rows: int, kills: int) -> None:
    """Kill while so many notifications go out; who gets one twice got one that was on its way at a kill."""

    def owe(work: Work) -> None:
        for number in range(rows):
            one = attack.crowd[number % len(attack.crowd)]
            assert notify(work, known_person(work, one.phone.account.id).id, Kind.BROKEN, f"kill {number}")

    await attack.keeper.work(owe)
    before = messages(attack)
    last = await attack.kill(kills, attack.free_what_was_claimed, lambda: messages(attack))
    await attack.keeper.stop(last)
    await attack.leases_end()
    repeats = messages(attack) - before - rows
    assert 0 <= repeats <= attack.claimed
    attack.sent_again += repeats


def messages(attack: Attack) -> int:
    chats = [one.phone.chat for one in attack.crowd]
    return sum(message.from_bot for chat in chats for message in chat.everything.values())


async def finish(attack: Attack) -> None:
    await attack.leases_end()
    await attack.keeper.work(lambda work: everything_is_there(work, attack))
    print(await attack.keeper.work(lambda work: figures(work, attack)))
