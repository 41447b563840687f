"""How many statements an update costs: what a person does all day stays as cheap as it was made.

BEGIN, COMMIT and savepoints are not counted: updates that wait together share them. A change that makes one of these
numbers larger makes the bot slower for everybody; one that makes it smaller changes the number here and in
docs/performance.md.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import Connection

from tests.applicants import stands_at
from tests.person import House, Person, a_house

COUNTED = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")


@asynccontextmanager
async def listening(house: House) -> Any:
    said: list[str] = []

    def listen(connection: Connection, hear: Any) -> None:
        connection.connection.driver_connection.set_trace_callback(hear)  # type: ignore[union-attr]

    await house.database.on_connection(listen, said.append)
    yield said
    await house.database.on_connection(listen, None)


async def newcomer(house: House) -> Person:
    return house.person()


async def known(house: House) -> Person:
    await house.opens_competition()
    person = house.person()
    await person.speaks("kk")
    return person


async def checking(house: House) -> Person:
    person = await known(house)
    await person.says("/check", "Шымкент")
    return person


async def at_title(house: House) -> Person:
    return await stands_at(house, "title", "goal", at="title")


async def at_sex(house: House) -> Person:
    return await stands_at(house, "sex", "title", at="sex")


ACTIONS: dict[str, tuple[Callable[[House], Awaitable[Person]], Callable[[Person], Any], int]] = {
    "the first /start": (newcomer, lambda p: p.account.starts(), 5),
    "the menu": (known, lambda p: p.account.says("/menu"), 7),
    "the menu with a draft": (at_title, lambda p: p.account.says("/menu"), 9),
    "an answer typed in the check": (checking, lambda p: p.account.says("иә"), 6),
    "an answer typed in the form": (at_title, lambda p: p.account.says("Ауладағы робототехника"), 4),
    "an answer that is refused": (at_title, lambda p: p.account.says("x"), 7),
    "an option pressed in the form": (at_sex, lambda p: pressed(p, "ac:"), 4),
    "where is my application": (at_title, lambda p: p.account.says("/status"), 6),
    "the common questions": (known, lambda p: p.account.says("/questions"), 3),
    "my data": (at_title, lambda p: p.account.says("/data"), 35),
}


def pressed(person: Person, prefix: str) -> Any:
    data = next(
        button["callback_data"]
        for row in person.screen.keyboard
        for button in row
        if button.get("callback_data", "").startswith(prefix)
    )
    return person.account.presses(person.screen.id, data)


@pytest.mark.parametrize("action", ACTIONS)
async def test_an_update_costs_this_many_statements(action: str) -> None:
    prepare, does, number = ACTIONS[action]
    async with a_house() as house:
        person = await prepare(house)
        update = does(person)
        async with listening(house) as said:
            await house.program.intake.take(update)
        counted = [words for words in said if words.lstrip().upper().startswith(COUNTED)]
        assert len(counted) == number, "\n".join(counted)
