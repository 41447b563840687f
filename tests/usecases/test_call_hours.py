"""Which hours count for a lot."""

from __future__ import annotations

from domain.working_time import TARGETS, Target, WorkingHours
from tests.factories import in_force
from usecases.call_hours import hours_of, target_of
from usecases.work import Work

FRIDAY = 'friday = ["09:00-13:00", "14:00-18:00"]\n'


def test_the_usual_ones_where_no_competition_says_otherwise(work: Work) -> None:
    assert hours_of(work, "19-5") == WorkingHours()
    assert target_of(work, "19-5", "complaint") == TARGETS["complaint"]


def test_those_of_the_lots_newest_competition(work: Work) -> None:
    in_force(work)
    in_force(work, ("19-5-demo", "19-5-next"), (FRIDAY, ""), ("answer_hours = 8", "answer_hours = 6"))
    assert hours_of(work, "19-5").week[4] == ()
    assert target_of(work, "19-5", "appeal") == Target(6, 15)
    assert target_of(work, "19-5", "call") == target_of(work, "19-5", "question") == TARGETS["question"]
    assert hours_of(work, "19-6") == WorkingHours()
