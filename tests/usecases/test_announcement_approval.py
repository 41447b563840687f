"""What two decide on: nobody approves what they had a hand in, and a word is good for what it was given for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.announcement import Announcement, Said, Stage
from domain.audience import Audience, Field, Part, toggled
from domain.person import Person
from domain.refusal import Reason, Refused
from domain.staff import Role
from tests import announcing
from tests.announcing import written
from tests.staff import hired
from usecases import announce, announce_approval, announce_sending
from usecases.announcement_feed import feed
from usecases.work import Work

NOT_STAFF = toggled(Audience(), Part.INCLUDE, 0, Field.ROLE, "none")
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
        announce_approval.approve(work, person, one.id)
    except Refused as refused:
        return refused.reason
    return None


def test_whoever_lets_a_colleagues_draft_go_does_not_approve_it(work: Work, three: Three) -> None:
    author, sender, third = three
    one = announce_sending.send(work, sender, written(work, author, NOT_STAFF).id)
    assert announce_approval.approvers(work, one) == (third.id,)
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
    assert announce_approval.approvers(work, one) == (third.id,)
    assert refusal(work, editor, one) is Reason.OWN_ANNOUNCEMENT
    announce_sending.take_back(work, author, one.id)
    one = announce_sending.send(work, author, one.id)
    assert [refusal(work, person, one) for person in (editor, third)] == [Reason.OWN_ANNOUNCEMENT, None]
    assert announce.known(work, one.id).stage is Stage.PLANNED


@pytest.mark.parametrize(("more", "stage"), [(100, Stage.RUNNING), (101, Stage.ASKED)])
def test_what_was_approved_is_good_for_a_tenth_more(work: Work, three: Three, more: int, stage: Stage) -> None:
    author, second, third = three
    later = replace(work, now=work.now + timedelta(hours=1))
    one = announce_sending.send(work, author, written(work, author, NOT_STAFF).id, later.now)
    announce_approval.approve(work, second, one.id)
    announcing.people(work, more, 200_000)
    feed(later)
    grown = announce.known(work, one.id)
    assert (grown.stage, grown.size) == (stage, 1001 + more)
    if stage is Stage.ASKED:
        assert (grown.approved_by, grown.approved_size) == (None, None)
        announce_approval.approve(later, third, one.id)
        feed(later)
        assert announce.known(work, one.id).stage is Stage.RUNNING
