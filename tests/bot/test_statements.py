"""How many statements an update costs: what a person does all day stays as cheap as it was made.

BEGIN, COMMIT and savepoints are not counted: updates that wait together share them. A change that makes one of these
numbers larger makes the bot slower for everybody; one that makes it smaller changes the number here and in
docs/performance.md.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, event

from domain.person import Place
from tests.applicant import SLOTS
from tests.applicants import stands_at
from tests.applications import PAPERS, attach, ready
from tests.conversations.test_sending import SEND, data_of
from tests.files import a_pdf
from tests.person import House, Person, a_house
from tests.statements import engine_of
from usecases.competitions import competitions_in_force
from usecases.meet_person import go
from usecases.work import Work

COUNTED = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")


@asynccontextmanager
async def listening(house: House) -> Any:
    said: list[str] = []

    def listen(connection: Connection, hear: Any) -> None:
        connection.connection.driver_connection.set_trace_callback(hear)  # type: ignore[union-attr]

    if engine_of(house.database).dialect.name == "sqlite":
        await house.database.on_connection(listen, said.append)
        yield said
        await house.database.on_connection(listen, None)
    else:
        with each_connection(house, said.append):
            yield said


@contextmanager
def each_connection(house: House, hear: Callable[[str], None]) -> Iterator[None]:
    """Hear what goes to PostgreSQL, by whichever connection of the pool.

    asyncpg's own record has what is given to the driver as it is (`db/prepared.py`), but not what SQLAlchemy prepares.
    """
    engine = engine_of(house.database)

    def heard(query: Any) -> None:
        hear(query.query)

    def taken(given: Any, _record: Any, _proxy: Any) -> None:
        given.driver_connection.add_query_logger(heard)

    def given_back(given: Any, _record: Any) -> None:
        given.driver_connection.remove_query_logger(heard)

    def prepared(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        hear(statement)

    listeners = ((engine.pool, "checkout", taken), (engine.pool, "checkin", given_back))
    told = (*listeners, (engine, "before_cursor_execute", prepared))
    for target, name, listener in told:
        event.listen(target, name, listener)
    try:
        yield
    finally:
        for target, name, listener in told:
            event.remove(target, name, listener)


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


async def with_papers(house: House, papers: Sequence[str]) -> Person:
    """At the review of a whole application with these papers, fetched."""
    await house.opens_competition()
    person = house.person()
    await person.speaks("kk")

    def fill(work: Work) -> None:
        [one] = competitions_in_force(work)
        begun = ready(work, one, person.account.id, papers=())
        for slot in papers:
            file = house.telegram.files.add("document", f"{slot}.pdf", a_pdf(note=slot))
            attach(work, begun.draft, slot, file_id=file.file_id)
        go(work, begun.person, Place.REVIEW)

    await house.work(fill)
    await house.settle()
    await person.says("?")
    return person


async def at_sending(house: House) -> Person:
    person = await with_papers(house, PAPERS)
    await person.presses(SEND["kk"][0])
    return person


async def at_paper(house: House) -> Person:
    person = await with_papers(house, PAPERS[1:])
    await person.presses("Құжат жіберу", SLOTS["kk"][0])
    return person


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
    "sending the application": (at_sending, lambda p: p.account.presses(p.screen.id, data_of(p, SEND["kk"][1])), 26),
    "a document": (at_paper, lambda p: p.account.sends_document("куәлік.pdf", a_pdf()), 8),
    "my data": (at_title, lambda p: p.account.says("/data"), 35),
}


# On PostgreSQL a known person and the update's number are one statement (`db/people.py`); a refused step meets twice.
SAVED = {"the first /start": 0, "an answer that is refused": 2}


def pressed(person: Person, prefix: str) -> Any:
    data = next(
        button["callback_data"]
        for row in person.screen.keyboard
        for button in row
        if button.get("callback_data", "").startswith(prefix)
    )
    return person.account.presses(person.screen.id, data)


@pytest.mark.parametrize("action", ACTIONS)
async def test_an_update_costs_this_many_statements(action: str, database_url: str) -> None:
    prepare, does, number = ACTIONS[action]
    number -= SAVED.get(action, 1) if database_url.startswith("postgresql") else 0
    async with a_house(url=database_url) as house:
        person = await prepare(house)
        update = does(person)
        async with listening(house) as said:
            await house.program.intake.take(update)
        counted = [words for words in said if words.lstrip().upper().startswith(COUNTED)]
        assert len(counted) == number, "\n".join(counted)
