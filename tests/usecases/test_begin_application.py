"""What stands behind "Apply" for whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from db import applications
from domain.consent import ConsentKind
from domain.draft import Cursor
from domain.person import Person
from tests.drafts import a_draft, told_in_the_check
from tests.factories import a_person, in_force
from usecases.begin_application import Door, enter
from usecases.consent import answer_consent
from usecases.drafts import mark_sent
from usecases.work import Work

OTHER_LOT = (
    ('code = "19-5-demo"', 'code = "19-8-demo"'),
    ('lot = "19-5"', 'lot = "19-8"'),
    ("27 = 8 ", "10 = 8 "),
    ("79 = 20", "19 = 20"),
)


def an_agreeing_person(work: Work, **check: str) -> Person:
    person = a_person(work)
    told_in_the_check(work, person, **check)
    answer_consent(work, person, ConsentKind.PROCESSING, agreed=True, language="kk")
    return person


def test_no_competition_at_all(work: Work) -> None:
    assert enter(work, a_person(work)).door is Door.NOT_OPEN


def test_a_competition_that_has_not_opened_is_told_with_its_date(work: Work) -> None:
    coming = in_force(work)
    early = replace(work, now=coming.competition.dates.intake_opens - timedelta(seconds=1))
    entry = enter(early, a_person(work))
    assert (entry.door, entry.announced) == (Door.NOT_OPEN, (coming,))


def test_the_consent_comes_first(work: Work) -> None:
    in_force(work)
    assert enter(work, a_person(work)).door is Door.CONSENT


def test_with_one_competition_the_form_begins(work: Work) -> None:
    in_force(work)
    person = an_agreeing_person(work)
    entry = enter(work, person)
    assert entry.door is Door.BEGUN
    assert entry.draft
    assert entry.draft.cursor == Cursor("surname")
    again = enter(work, person)
    assert (again.door, again.draft) == (Door.DRAFT, entry.draft)


def test_with_several_the_region_is_asked_and_chooses(work: Work) -> None:
    one, other = in_force(work), in_force(work, *OTHER_LOT)
    person = an_agreeing_person(work)
    entry = enter(work, person)
    assert (entry.door, entry.open) == (Door.REGION, (one, other))
    chosen = enter(work, person, "19")
    assert chosen.draft
    assert (chosen.draft.competition.id, chosen.draft.answers) == (other.id, {"region": "19"})


def test_the_region_of_the_check_chooses_too(work: Work) -> None:
    in_force(work)
    other = in_force(work, *OTHER_LOT)
    entry = enter(work, an_agreeing_person(work, region="10"))
    assert entry.draft
    assert (entry.draft.competition.id, entry.draft.answers) == (other.id, {"region": "10"})


def test_a_region_without_a_competition(work: Work) -> None:
    here = in_force(work)
    entry = enter(work, an_agreeing_person(work, region="75"))
    assert (entry.door, entry.region, entry.open, entry.announced) == (Door.NOT_HERE, "75", (here,), ())


def test_after_closing_the_draft_is_shown_and_nothing_begins(work: Work) -> None:
    competition = in_force(work)
    person = an_agreeing_person(work)
    draft = a_draft(work, person, competition)
    late = replace(work, now=competition.competition.dates.intake_closes)
    entry = enter(late, person)
    assert (entry.door, entry.draft) == (Door.CLOSED, draft)


def test_a_draft_of_a_closed_competition_does_not_stop_the_next_one(work: Work) -> None:
    old = in_force(work)
    person = an_agreeing_person(work)
    a_draft(work, person, old)
    a_year_later = ("= 2027-", "= 2028-"), ("= 2026-", "= 2027-")
    new = in_force(work, ('code = "19-5-demo"', 'code = "19-5-next"'), ("year = 2026", "year = 2027"), *a_year_later)
    later = replace(work, now=new.competition.dates.intake_opens)
    assert enter(later, person).door is Door.CONSENT
    answer_consent(later, person, ConsentKind.PROCESSING, agreed=True, language="kk")
    entry = enter(later, person)
    assert entry.draft
    assert (entry.door, entry.draft.competition.id) == (Door.BEGUN, new.id)


def test_who_has_sent_one_is_led_to_it(work: Work) -> None:
    competition, person = in_force(work), an_agreeing_person(work)
    draft = a_draft(work, person, competition)
    mark_sent(work, draft)
    added = applications.add(
        work.session,
        number="79-2026-0001",
        person_id=person.id,
        competition_id=competition.id,
        version_id=competition.version_id,
        draft_id=draft.id,
        region="79",
        iin_hash="0" * 64,
        language="kk",
        answers={},
        sealed=b"",
        state="sent",
        sent_at=work.now,
    )
    assert added
    entry = enter(work, person)
    assert (entry.door, entry.number) == (Door.SENT, "79-2026-0001")
    assert enter(work, person, "27").door is Door.SENT
