"""Uploaded lists as a condition: who is found by number and by telephone, and what is told of the rest."""

from __future__ import annotations

import pytest

from domain.announcement import Stage
from domain.audience import Audience, Condition, Field, Part
from domain.person import Person
from domain.refusal import Reason, Refused
from domain.staff import Role
from tests import announcing
from tests.announcing import written
from tests.applications import an_iin, answers, sent
from tests.factories import in_force
from tests.staff import hired
from usecases import announce_sending, announcement_lists
from usecases.announce_audience import count_audience
from usecases.announcement_lists import Listed, list_from_file, list_from_words
from usecases.work import Work


@pytest.fixture
def chief(work: Work) -> Person:
    return hired(work, Role.ADMINISTRATOR, 1, "*")


def applied(work: Work, telegram_id: int, phone: str) -> str:
    given = answers(an_iin(telegram_id), phone=phone)
    return sent(work, in_force(work), telegram_id, given=given).number


def test_found_by_number_and_by_telephone(work: Work, chief: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcement_lists, "PORTION", 1)
    announcing.people(work, 3)
    number = applied(work, 1001, "+77010000001")
    applied(work, 1002, "+77010000002")
    one = written(work, chief)
    words = f"{number}\n8 701 000 00 02\n+77010000001\n87010000002\n+77010000003\n27-2026-999999\nИванов 12"
    one, told = list_from_words(work, chief, one.id, Part.INCLUDE, 0, words)
    assert told == Listed(1, False, "", 5, 2, 1, 2, ("27-2026-999999", "+7 701 ••• •• 03"), 1, ("Иванов 12",))
    assert one.audience == Audience(((Condition(Field.LIST, ("1",)),),))
    assert count_audience(work, one).total == 2
    assert announce_sending.send(work, chief, one.id).stage is Stage.PLANNED


def test_a_coordinator_finds_only_people_of_their_lots(work: Work) -> None:
    number = applied(work, 1001, "+77010000001")
    lot = in_force(work).competition.lot
    own, other = hired(work, Role.COORDINATOR, 2, lot), hired(work, Role.COORDINATOR, 3, "19-1")
    for coordinator, found in ((own, 1), (other, 0)):
        one, told = list_from_words(
            work, coordinator, written(work, coordinator).id, Part.INCLUDE, 0, f"{number}, +77010000001"
        )
        assert (told.found, told.missing, count_audience(work, one).total) == (found, 2 - 2 * found, found)


def test_nothing_goes_while_a_list_is_not_read(work: Work, chief: Person) -> None:
    announcing.people(work, 3)
    one, told = list_from_file(work, chief, written(work, chief).id, Part.EXCLUDE, 0, ("file", "a.csv", 10))
    assert (told.reading, told.reason) == (True, "")
    with pytest.raises(Refused) as caught:
        announce_sending.send(work, chief, one.id)
    assert caught.value.reason is Reason.LIST_NOT_READ
    for _try in range(announcement_lists.MOST_TRIES):
        assert announcement_lists.next_to_read(work)
    assert announcement_lists.next_to_read(work) is None
    assert announcement_lists.listed(work, one, told.id).reason == Reason.FILE_GONE
    with pytest.raises(Refused):
        announce_sending.send(work, chief, one.id)


def test_what_is_no_list(work: Work, chief: Person) -> None:
    one = written(work, chief)
    with pytest.raises(Refused) as caught:
        list_from_words(work, chief, one.id, Part.INCLUDE, 0, "Сәлем!")
    assert caught.value.reason is Reason.NOT_A_LIST
    with pytest.raises(Refused) as caught:
        list_from_file(work, chief, one.id, Part.INCLUDE, 0, ("file", "a.csv", 6 << 20))
    assert caught.value.reason is Reason.FILE_TOO_BIG
