"""Two processes on one PostgreSQL: what each of them does alone, they do together no differently.

Two programs, each with its own pool of connections, share a database and a Telegram. Between processes only the
database keeps order: a person's row is held for the length of a turn, what is claimed is passed over.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text, update
from sqlalchemy.orm import Session

from bot.assembly import Program
from db.session import Database
from db.tables import PersonRow
from domain.notification import Kind
from domain.person import Place
from tests.applicants import draft_of, stands_at
from tests.applications import PAPERS, an_iin, answers, attach, ready
from tests.conversations.test_sending import SEND, data_of
from tests.engines import Postgres
from tests.factories import a_competition
from tests.files import a_pdf
from tests.in_force import PutInForce
from tests.person import House, Person, _program, a_house
from usecases.meet_person import go, known_person
from usecases.notify import notify
from usecases.work import Work

ASKED = ("title", "goal", "territory", "target_group", "activities", "results", "sustainability", "publicity")


@dataclass
class Two:
    """A house, and a second program in the same one."""

    house: House
    other: Program

    @property
    def both(self) -> tuple[Program, Program]:
        return self.house.program, self.other

    async def take(self, *updates: dict[str, Any] | None) -> None:
        """All at the same moment, in turn to the one and to the other."""
        given = [one for one in updates if one]
        await asyncio.gather(*(self.both[n % 2].intake.take(one) for n, one in enumerate(given)))
        assert [program.intake.failed for program in self.both] == [0, 0]

    async def settle(self) -> None:
        """Both do at the same moment what timers would do now, until nothing is left."""
        while any(await asyncio.gather(*(_fetch_and_send(program) for program in self.both))):
            pass


async def _fetch_and_send(program: Program) -> int:
    return await program.fetcher.fetch_due(10) + await program.sender.send_due()


@asynccontextmanager
async def two(url: str, files: Path) -> AsyncIterator[Two]:
    async with a_house(url=url, files_url=f"file:{files}") as house:
        database = Database(url)
        other = _program(house.telegram, house.clock, database, house.files_url)
        try:
            yield Two(house, other)
        finally:
            await other.bot.session.close()
            await database.close()


@pytest.fixture
async def pair(postgres: Postgres, tmp_path: Path) -> AsyncIterator[Two]:
    async with two(postgres.url, tmp_path) as one:
        yield one


@pytest.fixture
def house(pair: Two) -> House:
    return pair.house


async def count(house: House, what: str) -> int:
    [(found,)] = await house.rows(f"SELECT count(*) FROM {what}")
    return int(found)


async def test_an_update_that_both_get_is_handled_once_and_answered(pair: Two) -> None:
    house, person = pair.house, pair.house.person()
    hello = person.account.starts()
    await pair.take(hello, hello)
    assert (await count(house, "person"), await count(house, "handled_update")) == (1, 1)
    assert person.sees
    person = await stands_at(house, "surname", "name", at="surname", number=1002)
    heard, said = person.heard(), person.account.says("Орлова")
    await pair.take(said, said)
    draft = await draft_of(house, 1002)
    assert (draft.answers["surname"], "name" in draft.answers, draft.cursor.key) == ("Орлова", False, "name")
    assert person.heard() == heard + 2  # the answer, and the same screen for the redelivery


async def test_newcomers_who_write_to_both_are_met_once(pair: Two) -> None:
    people = [pair.house.person(number) for number in range(1001, 1011)]
    await pair.take(*(person.account.says(words) for person in people for words in ("Сәлем", "?")))
    assert (await count(pair.house, "person"), await count(pair.house, "handled_update")) == (10, 20)
    assert all(person.sees for person in people)


async def test_twenty_messages_of_one_person_over_two_processes_are_taken_one_after_another(pair: Two) -> None:
    person = await stands_at(pair.house, *ASKED, at=ASKED[0])
    said = [f"Он сегіз жастағы жастарға арналған көктемгі сабақтар, нұсқа {n:02d}" for n in range(20)]
    before = await count(pair.house, "handled_update")
    await pair.take(*(person.account.says(words) for words in said))
    draft = await draft_of(pair.house)
    given = [draft.answers[key] for key in ASKED if key in draft.answers]
    assert len(given) == len(ASKED)
    for mine in (said[0::2], said[1::2]):  # each process takes its own in the order in which they came, and none twice
        taken = [words for words in given if words in mine]
        assert taken == mine[: len(taken)]
    assert await count(pair.house, "handled_update") == before + 20
    assert await count(pair.house, "draft") == 1


async def many_at_review(pair: Two, put_in_force: PutInForce, numbers: range) -> list[Person]:
    """People who need only press Send; the last has the identity number of the first."""
    house = pair.house

    def prepare(session: Session) -> None:
        work = Work(session, house.clock(), house.program.vault)
        one = put_in_force(session, a_competition())
        for number in numbers:
            iin = an_iin((numbers[0] if number == numbers[-1] else number) % 5000)
            who = ready(work, one, number, answers(iin), papers=())
            for slot in PAPERS:
                file = house.telegram.files.add("document", f"{slot}.pdf", a_pdf(note=f"{slot} {number}"))
                attach(work, who.draft, slot, file_id=file.file_id)
            go(work, who.person, Place.REVIEW)

    await house.database.transaction(prepare)
    people = [house.person(number) for number in numbers]
    for person in people:
        await house.program.intake.take(person.account.says("?") or {})
        message, data = person._button(SEND["kk"][0])
        await house.program.intake.take(person.account.presses(message.id, data) or {})
    return people


async def test_numbers_have_neither_gap_nor_twin_when_everybody_sends_at_once(
    pair: Two, put_in_force: PutInForce
) -> None:
    people = await many_at_review(pair, put_in_force, range(1001, 1022))  # one of them with somebody else's IIN
    presses = [person.account.presses(person.screen.id, data_of(person, SEND["kk"][1])) for person in people]
    await pair.take(*presses)
    numbers = [row.number for row in await pair.house.rows("SELECT number FROM application ORDER BY number")]
    assert numbers == [f"27-2026-{n:06d}" for n in range(1, 21)]
    assert await pair.house.rows("SELECT last FROM number_series") == [(20,)]
    assert await count(pair.house, "application_event") == 20


async def test_one_person_sends_one_application_however_often_and_wherever_they_press(
    pair: Two, put_in_force: PutInForce
) -> None:
    [person, _other] = await many_at_review(pair, put_in_force, range(1001, 1003))
    data = data_of(person, SEND["kk"][1])
    await pair.take(*(person.account.presses(person.screen.id, data, stale=n > 0) for n in range(6)))
    assert await pair.house.rows("SELECT number FROM application") == [("27-2026-000001",)]
    assert await count(pair.house, "application_event") == 1


async def test_two_senders_send_each_notification_once(pair: Two) -> None:
    people = [pair.house.person(number) for number in range(1001, 1011)]
    for person in people:
        await person.starts()

    def fill(work: Work) -> None:
        for person in people:
            who = known_person(work, person.account.id)
            for subject in range(8):
                notify(work, who.id, Kind.REDRAW, str(subject))

    await pair.house.work(fill)
    heard = [person.heard() for person in people]
    await pair.settle()
    assert [person.heard() for person in people] == [before + 8 for before in heard]
    ended = "SELECT state, tries, count(*) FROM notification GROUP BY state, tries"
    assert await pair.house.rows(ended) == [("sent", 1, 8 * len(people))]


async def test_two_fetchers_fetch_each_file_once(pair: Two, put_in_force: PutInForce) -> None:
    people = await many_at_review(pair, put_in_force, range(1001, 1009))
    await pair.settle()
    asked = [call.params["file_id"] for call in pair.house.telegram.calls if call.method == "getFile"]
    assert len(asked) == len(set(asked)) == len(PAPERS) * len(people)
    ended = "SELECT state, tries, count(*) FROM document GROUP BY state, tries"
    assert await pair.house.rows(ended) == [("stored", 1, len(asked))]


async def test_what_postgresql_undoes_for_another_runs_again(pair: Two) -> None:
    """Two transactions hold a row each and want the other's: PostgreSQL ends one, and it is run once more."""
    for number in (1001, 1002):
        await pair.house.person(number).starts()
    runs: list[int] = []

    def one_after_the_other(session: Session, first: int, then: int) -> None:
        runs.append(first)
        for telegram_id in (first, then):
            session.execute(update(PersonRow).where(PersonRow.telegram_id == telegram_id).values(source=str(first)))
            session.execute(text("SELECT pg_sleep(0.1)"))

    await asyncio.gather(
        pair.house.program.database.transaction(one_after_the_other, 1001, 1002),
        pair.other.database.transaction(one_after_the_other, 1002, 1001),
    )
    assert len(runs) == 3
    [a, b] = [row.source for row in await pair.house.rows("SELECT source FROM person")]
    assert a == b
