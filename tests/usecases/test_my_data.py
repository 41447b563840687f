"""Seeing one's data: all of it, and nobody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert

from db import people
from db.personal_tables import PERSONAL
from db.tables import OpeningRow
from domain.notification import COMPULSORY, Kind, Outcome
from domain.refusal import Reason, Refused
from tests import applications
from tests.factories import NOW, a_competition, a_person
from tests.in_force import PutInForce
from tests.life import a_life
from usecases import mute as mute_usecase
from usecases import notify as notify_usecase
from usecases.competitions import InForce
from usecases.meet_person import known_person
from usecases.mute import mute
from usecases.my_data import Opening, Sent, Summary, everything, openings, summary
from usecases.notify import claim_due, notify
from usecases.work import Work


@pytest.fixture
def one(work: Work, put_in_force: PutInForce) -> InForce:
    return put_in_force(work.session, a_competition())


def test_of_a_newcomer_there_is_next_to_nothing(work: Work) -> None:
    person = a_person(work)
    assert summary(work, person) == Summary(NOW, None, None, 0, 0, (), 0, 0, 0)
    filled = {table for table, rows in everything(work, person).items() if rows}
    assert filled == {"person"}


def test_the_summary_counts_what_there_is(work: Work, one: InForce) -> None:
    life = a_life(work, one)
    seen = summary(work, life.person)
    assert seen.applications == (Sent(life.application.number, NOW, None),)
    assert (seen.checked_at, seen.draft_touched_at, seen.requests, seen.openings) == (NOW, None, 1, 1)


def test_a_draft_is_counted_by_its_answers_and_files(work: Work, one: InForce) -> None:
    ready = applications.ready(work, one)
    seen = summary(work, ready.person)
    assert (seen.answers, seen.documents, seen.draft_touched_at) == (len(applications.answers()), 3, NOW)


def test_everything_has_every_table_every_column_and_opened_seals(work: Work, one: InForce) -> None:
    life = a_life(work, one)
    a_life(work, one, 7_002_002)
    stored = everything(work, life.person)
    assert set(stored) == {one.table.__tablename__ for one in PERSONAL}
    for personal in PERSONAL:
        (row, *_rest) = stored[personal.table.__tablename__]
        assert set(row) == set(personal.table.__table__.columns.keys())
    assert stored["application"][0]["sealed"]["iin"] == life.words[1]
    assert [row["sealed_name"] for row in stored["document"]][-1] == "файл7001001.pdf"
    assert stored["person"][0]["met_at"] == "2026-11-22T12:00:00+05:00"
    assert "7002002" not in repr(stored)


def test_openings_are_those_of_others_newest_first(work: Work) -> None:
    person, other = a_person(work), a_person(work, 1002)
    rows = [
        {"at": NOW + timedelta(hours=hour), "who": who, "whose": whose, "what": "document", "subject": "1"}
        for hour, who, whose in ((0, other.id, person.id), (1, person.id, person.id), (2, None, person.id), (3, 1, 2))
    ]
    work.session.execute(insert(OpeningRow).values(rows))
    assert openings(work, person) == (
        Opening(NOW + timedelta(hours=2), "document"),
        Opening(NOW, "document"),
    )


@pytest.mark.parametrize("kind", sorted(COMPULSORY))
def test_what_keeps_the_service_speaking_cannot_be_switched_off(work: Work, kind: Kind) -> None:
    with pytest.raises(Refused) as refused:
        mute(work, a_person(work), kind, muted=True)
    assert refused.value.reason is Reason.NOT_A_CHOICE


def test_a_muted_kind_is_not_sent_and_its_row_says_so(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (mute_usecase, notify_usecase):
        monkeypatch.setattr(module, "optional_kinds", lambda: (Kind.APPLICATION,))
    person = mute(work, a_person(work), Kind.APPLICATION, muted=True)
    assert known_person(work, 1001).muted == person.muted == {"application"}
    notify(work, person.id, Kind.APPLICATION, "1")
    notify(work, person.id, Kind.BROKEN, "1")
    assert [notification.kind for notification, _person in claim_due(work, 10)] == [Kind.BROKEN]
    rows = everything(work, person)["notification"]
    assert [row["state"] for row in rows] == [Outcome.MUTED, Outcome.SENDING]
    mute(work, person, Kind.APPLICATION, muted=False)
    notify(work, person.id, Kind.APPLICATION, "2")
    assert [notification.kind for notification, _person in claim_due(replace(work), 10)] == [Kind.APPLICATION]


def test_a_compulsory_kind_is_sent_whatever_the_row_says(work: Work) -> None:
    person = a_person(work)
    notify(work, person.id, Kind.BROKEN, "1")
    people.change_person(work.session, person.id, muted=["broken"])
    assert len(claim_due(work, 10)) == 1
