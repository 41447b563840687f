"""Erasing: afterwards not one word of the person stands anywhere in the database, sealed or not."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from db.personal_tables import IMPERSONAL, PERSONAL
from db.session import Database
from db.tables import DiscardedFileRow, OpeningRow, Table
from db.vault import Vault
from domain.consent import ConsentKind
from tests import applications
from tests.factories import DATA_KEY, NOW, a_competition
from tests.in_force import PutInForce
from tests.life import a_life, dump, found_in
from usecases.change_application import withdraw_application
from usecases.competitions import InForce
from usecases.consent import has_consent
from usecases.erase_person import Staying, erase_person, what_stays
from usecases.meet_person import known_person
from usecases.work import Work

NAMELESS = {"opening", "reached", "source_visit"}  # what stays of somebody, with no name to it


@pytest.fixture
def one(work: Work, put_in_force: PutInForce) -> InForce:
    return put_in_force(work.session, a_competition())


def later(work: Work, **by: float) -> Work:
    return replace(work, now=work.now + timedelta(**by))


def test_every_table_was_thought_about() -> None:
    """A new table is either about people, and then it is read and erased, or it is not."""
    named = {one.table for one in PERSONAL} | IMPERSONAL
    assert {mapper.class_ for mapper in Table.registry.mappers} == named
    assert not {one.table for one in PERSONAL} & IMPERSONAL


def test_the_words_are_everywhere_before(work: Work, one: InForce) -> None:
    life = a_life(work, one)
    expected = {"person", "draft", "application", "document", "eligibility_check", "set_aside_update", "notification"}
    assert expected <= found_in(work, life.words)


def test_while_applications_are_open_everything_goes(work: Work, one: InForce) -> None:
    life = a_life(work, one)
    assert erase_person(work, life.person) == ()
    assert found_in(work, life.words) == set()
    filled = {table for table, content in dump(work).items() if content}
    assert filled == {
        "announcement",
        "announcement_list",
        "competition",
        "competition_version",
        "number_series",
        "discarded_file",
        "campaign_source",
        *NAMELESS,
    }


def test_the_bytes_of_every_file_are_to_be_deleted(work: Work, one: InForce) -> None:
    life = a_life(work, one)
    erase_person(work, life.person)
    keys = work.session.scalars(select(DiscardedFileRow.storage_key)).all()
    assert sorted(keys) == [f"bytes-{n}-of-draft-{life.application.draft_id}" for n in range(1, 5)]


def test_the_book_of_openings_keeps_the_dates_without_the_person(work: Work, one: InForce) -> None:
    life = a_life(work, one)
    erase_person(work, life.person)
    columns = (OpeningRow.at, OpeningRow.whose, OpeningRow.what, OpeningRow.subject)
    assert work.session.execute(select(*columns)).all() == [(NOW, None, "document", "")]


def test_nobody_else_is_touched(work: Work, one: InForce) -> None:
    other = a_life(work, one, 7_002_002)
    of_nobody = ("number_series", "discarded_file", "announcement", "announcement_list")
    before = {t: c for t, c in dump(work).items() if t not in of_nobody}
    erase_person(work, a_life(work, one).person)
    after = dump(work)
    assert {table: after[table] for table in before if table not in NAMELESS} == {
        table: content for table, content in before.items() if table not in NAMELESS
    }
    assert all(before[table] in after[table] for table in NAMELESS)
    assert found_in(work, other.words) >= {"person", "application", "draft"}


def test_an_application_in_the_selection_stays_in_the_minimum(work: Work, one: InForce) -> None:
    life = a_life(work, one)
    after = later(work, days=8)
    until = one.competition.dates.projects_until
    staying = (Staying(life.application.number, until.replace(year=until.year + 5)),)
    assert what_stays(after, life.person) == staying
    assert erase_person(after, life.person) == staying
    assert found_in(after, life.words) == {"person", "application", "draft", "document"}
    filled = {table for table, content in dump(after).items() if content}
    assert not filled & {"eligibility_check", "ticket", "notification", "set_aside_update"}
    person = known_person(after, life.person.telegram_id)
    assert (person.id, person.source) == (life.person.id, None)
    assert has_consent(after, person, ConsentKind.PROCESSING)


def test_a_withdrawn_application_goes_even_after_intake(work: Work, one: InForce) -> None:
    life = a_life(work, one)
    withdraw_application(work, life.person, life.application.id)
    after = later(work, days=8)
    assert erase_person(after, life.person) == ()
    assert found_in(after, life.words) == set()


def test_after_the_years_named_in_the_consent_it_goes(work: Work, one: InForce) -> None:
    life = a_life(work, one)
    after = later(work, days=60 + 5 * 366)
    assert erase_person(after, life.person) == ()
    assert found_in(after, life.words) == set()


def test_a_draft_never_sent_goes(work: Work, one: InForce) -> None:
    ready = applications.ready(work, one, 7_003_003)
    erase_person(later(work, days=8), ready.person)
    assert found_in(work, ("7003003", "Әбілқасымова")) == set()


def test_beside_a_kept_application_another_draft_goes(work: Work, one: InForce, put_in_force: PutInForce) -> None:
    life = a_life(work, one)
    other = put_in_force(work.session, replace(a_competition(), code="later", lot="1", quotas={"75": 28}))
    applications.ready(work, other, life.person.telegram_id, applications.answers(title="Екінші жоба"))
    erase_person(later(work, days=8), life.person)
    assert found_in(work, ("Екінші жоба",)) == set()
    assert found_in(work, life.words) == {"person", "application", "draft", "document"}


def test_twice_is_the_same_as_once(work: Work, one: InForce) -> None:
    life = a_life(work, one)
    after = later(work, days=8)
    first = erase_person(after, life.person)
    before = dump(after)
    assert erase_person(after, known_person(after, life.person.telegram_id)) == first
    assert dump(after) == before


def in_the_file(path: Path) -> bool:
    """Whether the person's number stands in the file itself once the log is written into it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return b"7001001" in path.read_bytes()


async def test_what_is_erased_is_overwritten_in_the_file(tmp_path: Path, put_in_force: PutInForce) -> None:
    path = tmp_path / "data.sqlite"
    database = Database(f"sqlite:///{path}")
    await database.on_connection(Table.metadata.create_all)
    one = await database.transaction(put_in_force, a_competition())
    vault = Vault(DATA_KEY)
    life = await database.transaction(lambda session: a_life(Work(session, NOW, vault), one))
    assert in_the_file(path)
    await database.transaction(lambda session: erase_person(Work(session, NOW, vault), life.person))
    assert not in_the_file(path)
    await database.close()
