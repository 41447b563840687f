"""Drafts: sealed at rest, one a competition, carried over from the check, moved to a new version, discarded."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select, text

from db.tables import DraftRow
from domain.draft import Cursor, Doubt, Filling, Pending
from domain.draft_steps import wait
from domain.form import PERSONAL
from tests.drafts import ANSWERS, a_draft, answers, told_in_the_check
from tests.factories import a_person, in_force
from usecases.drafts import begin_draft, discard, mark_sent, open_draft, progress, save
from usecases.work import Work


def test_nobody_has_a_draft_unasked(work: Work) -> None:
    assert open_draft(work, a_person(work)) is None


def test_a_draft_is_read_as_it_was_saved(work: Work) -> None:
    person, competition = a_person(work), in_force(work)
    draft = begin_draft(work, person, competition)
    filling = wait(Filling(ANSWERS, Cursor("budget", 1, "price", review=True)), Pending("iin", "1", Doubt.READ_BACK))
    later = replace(work, now=work.now + timedelta(minutes=1))
    saved = save(later, draft, filling)
    assert open_draft(work, person) == saved
    assert saved.filling == filling
    assert (saved.begun_at, saved.touched_at) == (work.now, later.now)


def test_personal_answers_are_unreadable_in_the_database(work: Work) -> None:
    person = a_person(work)
    draft = a_draft(work, person, in_force(work))
    save(work, draft, wait(draft.filling, Pending("surname", "Қайырлы күн", Doubt.LONG_AWAY)))
    row = work.session.execute(select(DraftRow)).scalar_one()
    assert set(row.answers) == set(ANSWERS) - PERSONAL
    stored = str(work.session.execute(text("SELECT * FROM draft")).all())
    for secret in ("Ысқақова", "030504200019", "+77010000000", "Қайырлы", "registered_unemployed", "\\u04af"):
        assert secret not in stored


def test_one_draft_a_competition_and_another_persons_stays_theirs(work: Work) -> None:
    person, competition = a_person(work), in_force(work)
    draft = a_draft(work, person, competition)
    assert begin_draft(work, person, competition) == draft
    assert open_draft(work, a_person(work, 1002)) is None


def test_a_draft_begins_with_what_the_check_told(work: Work) -> None:
    person, competition = a_person(work), in_force(work)
    told_in_the_check(work, person, citizenship="kazakhstan", birth_date="2003-05-04", region="79")
    draft = begin_draft(work, person, competition, region="27")
    assert draft.answers == {"citizenship": "kazakhstan", "birth_date": "2003-05-04", "region": "27"}
    assert draft.cursor == Cursor("surname")


def test_a_newer_version_is_met_at_the_next_touch(work: Work) -> None:
    person, competition = a_person(work), in_force(work)
    a_draft(work, person, competition, at="title")
    newer = in_force(work, ("maximum = 1_000_000 ", "maximum = 500_000 "))
    draft = open_draft(work, person)
    assert draft
    assert draft.moved
    assert (draft.competition.number, draft.touched_under.number) == (2, 1)
    assert draft.filling == Filling(ANSWERS, Cursor("title"))
    saved = save(work, draft, draft.filling)
    assert not saved.moved
    assert open_draft(work, person) == saved
    assert work.session.execute(select(DraftRow.version_id)).scalar_one() == newer.version_id


def test_a_form_without_a_question_asked_asks_the_first_that_is_missing(work: Work) -> None:
    person, competition = a_person(work), in_force(work)
    a_draft(work, person, competition, "goal", at="end")
    draft = open_draft(work, person)
    assert draft
    assert draft.cursor == Cursor("goal")


def test_a_discarded_draft_leaves_nothing_but_its_dates(work: Work) -> None:
    person, competition = a_person(work), in_force(work)
    draft = a_draft(work, person, competition)
    discard(work, draft)
    assert open_draft(work, person) is None
    row = work.session.execute(select(DraftRow).execution_options(populate_existing=True)).scalar_one()
    assert (row.answers, row.sealed, row.pending, row.cursor) == ({}, b"", b"", "")
    assert begin_draft(work, person, competition).id != draft.id


def test_a_sent_draft_is_not_open_any_more(work: Work) -> None:
    person, competition = a_person(work), in_force(work)
    mark_sent(work, a_draft(work, person, competition))
    assert open_draft(work, person) is None


def test_progress_counts_questions_and_papers(work: Work) -> None:
    draft = a_draft(work, a_person(work), in_force(work), "goal", "title")
    count = len(answers())
    assert (progress(draft).done, progress(draft).all) == (count - 2, count)
    assert (progress(draft, (1, 4)).done, progress(draft, (1, 4)).all) == (count - 1, count + 4)
