"""What two decide on: nobody approves what they had a hand in, and a word is good for what it was given for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.announcement import Announcement, Doing, Said, Stage
from domain.audience import Field, Part, ticked
from domain.person import Person
from domain.refusal import Reason, Refused
from domain.staff import Role
from tests import announcing
from tests.announcing import NOT_STAFF, Delivered, approved, carry_out, to_the_end, written
from tests.staff import hired
from usecases import announce, announce_approval, announce_correction, announce_sending, notify, staff
from usecases.announcement_feed import feed
from usecases.work import Work

Three = tuple[Person, Person, Person]


@pytest.fixture
def three(work: Work) -> Three:
    """Three who may announce and approve, and more people than one of them may decide on alone."""
    announcing.people(work, 1001)
    first, second, third = (hired(work, Role.ADMINISTRATOR, number, "*") for number in (1, 2, 3))
    return first, second, third


def refusal(work: Work, person: Person, one: Announcement) -> Reason | None:
    """Why this person may not approve it; None when they have."""
    try:
        approved(work, person, one.id)
    except Refused as refused:
        return refused.reason
    return None


def test_whoever_lets_a_colleagues_draft_go_does_not_approve_it(work: Work, three: Three) -> None:
    author, sender, third = three
    one = announce_sending.send(work, sender, written(work, author, NOT_STAFF).id)
    assert tuple(announce_approval.who_decides(work, one).approvers) == (third.id,)
    assert [refusal(work, person, one) for person in three] == [Reason.OWN_ANNOUNCEMENT] * 2 + [None]


@pytest.mark.parametrize("what", ["words", "buttons", "audience"])
def test_whoever_changed_it_does_not_approve_it(work: Work, three: Three, what: str) -> None:
    author, editor, third = three
    one = written(work, author, NOT_STAFF)
    match what:
        case "words":
            announce.say(work, editor, one.id, "ru", Said("Другое", 6))
        case "buttons":
            announce.put_button(work, editor, one.id, apply=True)
        case _audience:
            announce.choose_audience(work, editor, one.id, NOT_STAFF)
    one = announce_sending.send(work, author, one.id)
    assert tuple(announce_approval.who_decides(work, one).approvers) == (third.id,)
    assert refusal(work, editor, one) is Reason.OWN_ANNOUNCEMENT
    announce_correction.take_back(work, author, one.id)
    one = announce_sending.send(work, author, one.id)
    assert [refusal(work, person, one) for person in (editor, third)] == [Reason.OWN_ANNOUNCEMENT, None]
    assert announce.known(work, one.id).stage is Stage.PLANNED


@pytest.mark.parametrize(("more", "stage"), [(100, Stage.RUNNING), (101, Stage.ASKED)])
def test_what_was_approved_is_good_for_a_tenth_more(work: Work, three: Three, more: int, stage: Stage) -> None:
    author, second, third = three
    later = replace(work, now=work.now + timedelta(hours=1))
    one = announce_sending.send(work, author, written(work, author, NOT_STAFF).id, later.now)
    approved(work, second, one.id)
    announcing.people(work, more, 200_000)
    feed(later)
    grown = announce.known(work, one.id)
    assert (grown.stage, grown.size) == (stage, 1001 + more)
    if stage is Stage.ASKED:
        assert (grown.approved_by, grown.approved_size) == (None, None)
        approved(later, third, one.id)
        feed(later)
        assert announce.known(work, one.id).stage is Stage.RUNNING


def held_back(work: Work, three: Three) -> Announcement:
    """Approved, on its way to some, held back."""
    author, second, _third = three
    one = announce_sending.send(work, author, written(work, author, NOT_STAFF).id)
    approved(work, second, one.id)
    for _step in range(3):
        feed(work)
    carry_out(work, Counter(), 7)  # three messages to colleagues, four recipients
    announce_sending.pause(work, author, one.id)
    carry_out(work, Counter(), 2000)
    return announce.known(work, one.id)


def test_a_large_ones_correction_goes_to_nobody_before_a_second_person_agrees(work: Work, three: Three) -> None:
    author, second, third = three
    one = held_back(work, three)
    notify.claim_due(work, 100)
    asked = announce_correction.correct_sent(work, author, one.id, "ru", Said("Другое", 6))
    asked = announce_correction.correct_sent(work, author, one.id, "kk", Said("Басқа", 5))
    assert (asked.stage, feed(work)) == (Stage.ASKED, False)
    with pytest.raises(Refused):
        announce_sending.resume(work, author, one.id)
    assert refusal(work, author, asked) is Reason.OWN_ANNOUNCEMENT
    told = [(person.id, row.facts["event"]) for row, person in notify.claim_due(work, 100)]
    assert set(told) == {(second.id, "asked_correction"), (third.id, "asked_correction")}
    agreed = approved(work, third, one.id)
    assert (agreed.stage, agreed.doing, agreed.before) == (Stage.RUNNING, Doing.CORRECT, None)
    delivered: Delivered = Counter()
    to_the_end(work, delivered)
    held = announce.known(work, one.id)
    assert (held.stage, held.doing, sum(delivered.values())) == (Stage.PAUSED, Doing.SEND, 4)
    assert [held.content.said[language].text for language in ("kk", "ru")] == ["Басқа", "Другое"]


@pytest.mark.parametrize("how", ["sent back", "taken back"])
def test_a_correction_that_is_not_approved_leaves_what_was(work: Work, three: Three, how: str) -> None:
    author, second, third = three
    one = held_back(work, three)
    announce_correction.correct_sent(work, second, one.id, "ru", Said("Другое", 6))
    if how == "sent back":
        announce_correction.send_back(work, third, one.id, announce.known(work, one.id).mark)
    else:
        announce_correction.take_back(work, author, one.id)
    again = announce.known(work, one.id)
    assert (again.stage, again.doing, again.content) == (Stage.PAUSED, Doing.SEND, one.content)
    assert (again.before, again.edited_by) == (None, one.edited_by)
    assert announce_sending.resume(work, author, one.id).stage is Stage.RUNNING


def test_after_the_end_a_large_ones_correction_is_approved_too(work: Work, three: Three) -> None:
    author, second, _third = three
    one = held_back(work, three)
    announce_sending.stop(work, author, one.id)
    asked = announce_correction.correct_sent(work, author, one.id, "ru", Said("Другое", 6))
    assert asked.stage is Stage.ASKED
    assert approved(work, second, one.id).doing is Doing.CORRECT
    to_the_end(work, Counter())
    assert announce.known(work, one.id).stage is Stage.STOPPED


@pytest.mark.parametrize("what", ["words", "buttons", "audience", "time", "size"])
@pytest.mark.parametrize("decide", [announce_correction.approve, announce_correction.send_back])
def test_a_word_on_what_was_changed_since_is_good_for_nothing(
    work: Work, three: Three, what: str, decide: Callable[[Work, Person, int, str], Announcement]
) -> None:
    author, second, _third = three
    one = announce_sending.send(work, author, written(work, author, NOT_STAFF).id)
    announce_correction.take_back(work, author, one.id)
    at = None
    match what:
        case "words":
            announce.say(work, author, one.id, "ru", Said("Другое", 6))
        case "buttons":
            announce.put_button(work, author, one.id, ask=True)
        case "audience":
            wider = ticked(NOT_STAFF, Part.INCLUDE, 1, Field.LANGUAGE, "kk", on=True)
            announce.choose_audience(work, author, one.id, wider)
        case "time":
            at = work.now + timedelta(hours=1)
        case _size:
            announcing.people(work, 1, 200_000)
    changed = announce_sending.send(work, author, one.id, at)
    with pytest.raises(Refused) as refused:
        decide(work, second, one.id, one.mark)
    assert refused.value.reason is Reason.CHANGED_SINCE
    assert announce.known(work, one.id) == changed
    assert decide(work, second, one.id, changed.mark).stage is not Stage.ASKED


def test_what_is_as_it_was_shown_is_approved(work: Work, three: Three) -> None:
    author, second, _third = three
    one = announce_sending.send(work, author, written(work, author, NOT_STAFF).id)
    announce_correction.take_back(work, author, one.id)
    announce_sending.send(work, author, one.id)
    assert announce_correction.approve(work, second, one.id, one.mark).stage is Stage.PLANNED


def told(work: Work) -> list[tuple[int, str]]:
    """What colleagues are told of announcements, since last asked."""
    return [(person.id, row.facts["event"]) for row, person in notify.claim_due(work, 100) if "event" in row.facts]


def test_where_nobody_may_approve_its_makers_are_told_and_a_newcomer_is_asked(work: Work) -> None:
    announcing.people(work, 1001)
    author, editor = (hired(work, Role.ADMINISTRATOR, number, "*") for number in (1, 2))
    one = written(work, author, NOT_STAFF)
    announce.say(work, editor, one.id, "ru", Said("Другое", 6))
    told(work)
    one = announce_sending.send(work, editor, one.id)
    decides = announce_approval.who_decides(work, one)
    assert (dict(decides.approvers), set(decides.inviters)) == ({}, {author.id, editor.id})
    assert told(work) == [(author.id, "nobody"), (editor.id, "nobody")]
    hired(work, Role.COORDINATOR, 3)
    assert told(work) == [], "of one lot: not of all"
    later = replace(work, now=work.now + timedelta(hours=1))
    newcomer = hired(later, Role.COORDINATOR, 4, "*")
    assert told(later) == [(newcomer.id, "asked")]
    assert approved(later, newcomer, one.id).stage is Stage.PLANNED


def test_when_the_last_who_may_approve_leaves_its_author_is_told(work: Work) -> None:
    announcing.people(work, 1001)
    author, second = (hired(work, Role.ADMINISTRATOR, number, "*") for number in (1, 2))
    one = announce_sending.send(work, author, written(work, author, NOT_STAFF).id)
    assert (second.id, "asked") in told(work)
    staff.leave(work, second, staff.members_of(work, second)[0].id)
    assert told(work) == [(author.id, "nobody")]
    assert not announce_approval.who_decides(work, one).approvers


def test_a_correction_that_nobody_may_approve_is_told_to_whoever_wrote_it(work: Work, three: Three) -> None:
    author, second, third = three
    one = held_back(work, three)
    for person in (second, third):
        staff.leave(work, person, staff.members_of(work, person)[0].id)
    told(work)
    announce_correction.correct_sent(work, author, one.id, "ru", Said("Другое", 6))
    assert told(work) == [(author.id, "nobody")]
    announce_correction.take_back(work, author, one.id)
    assert announce.known(work, one.id).stage is Stage.PAUSED
