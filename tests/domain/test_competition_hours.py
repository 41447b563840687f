"""The call centre's hours and targets as a coordinator writes them."""

from __future__ import annotations

from datetime import date

import pytest

from domain.competition_faults import FaultReason
from domain.competition_file import read_competition
from domain.working_time import TARGETS, Target, WorkingHours
from tests.domain.test_competition_file import RULES, SAMPLE, faults, spoilt
from usecases.order import order

START = SAMPLE.index("# What the words above say")


def test_the_sample_says_what_counts_without_it() -> None:
    said = read_competition(SAMPLE, order(), RULES).call_centre
    silent = read_competition(SAMPLE[:START], order(), RULES).call_centre
    assert said == silent
    assert (said.working, said.targets) == (WorkingHours(), TARGETS)


def test_a_week_with_a_short_saturday_and_moved_days() -> None:
    text = spoilt('friday = ["09:00-13:00", "14:00-18:00"]', 'friday = []\nsaturday = ["10:00–14:00"]')
    text = text.replace("days_off = []", "days_off = [2026-12-17]").replace(
        "days_worked = []", "days_worked = [2026-12-20]"
    )
    hours = read_competition(text, order(), RULES).call_centre.working
    assert hours.week[4:] == ((), ((600, 840),), ())
    assert (hours.days_off, hours.days_worked) == (frozenset({date(2026, 12, 17)}), frozenset({date(2026, 12, 20)}))


def test_one_target_alone_may_be_set() -> None:
    text = SAMPLE[:START] + "[call_centre.targets.complaint]\nsolution_days = 5\n"
    targets = read_competition(text, order(), RULES).call_centre.targets
    assert targets == {**TARGETS, "complaint": Target(8, 5)}


@pytest.mark.parametrize(
    ("old", "new", "path", "reason"),
    [
        ('monday = ["09:00', 'monday = ["9:00', "call_centre.week.monday[1]", FaultReason.NOT_HOURS),
        ('"14:00-18:00"]', '"12:00-18:00"]', "call_centre.week.monday[2]", FaultReason.NOT_HOURS),
        ('"14:00-18:00"]', '"14:00-25:00"]', "call_centre.week.monday[2]", FaultReason.NOT_HOURS),
        ('"14:00-18:00"]', '"18:00-14:00"]', "call_centre.week.monday[2]", FaultReason.NOT_HOURS),
        ('monday = ["09:00-13:00", "14:00-18:00"]', "monday = 9", "call_centre.week.monday", FaultReason.WRONG_TYPE),
        ("tuesday", "tusday", "call_centre.week.tusday", FaultReason.UNKNOWN_KEY),
        ("answer_hours = 4", "answer_hours = 0", "call_centre.targets.question.answer_hours", FaultReason.OUT_OF_RANGE),
        (
            "solution_days = 3",
            "solution_days = 21",
            "call_centre.targets.question.solution_days",
            FaultReason.OUT_OF_RANGE,
        ),
        ("days_off = []", "days_off = [2026-12-17, 2026-12-17]", "call_centre.days_off[2]", FaultReason.SAME_TWICE),
        ("days_off = []", 'days_off = ["2026-12-17"]', "call_centre.days_off[1]", FaultReason.WRONG_TYPE),
    ],
)
def test_faults(old: str, new: str, path: str, reason: FaultReason) -> None:
    assert [(one.path, one.reason) for one in faults(spoilt(old, new))] == [(path, reason)]


def test_a_week_without_hours_and_a_day_both_off_and_worked() -> None:
    empty = SAMPLE[:START] + "[call_centre.week]\nmonday = []\n"
    assert [(one.path, one.reason) for one in faults(empty)] == [("call_centre.week", FaultReason.EMPTY)]
    both = spoilt("days_off = []", "days_off = [2026-12-17]").replace("days_worked = []", "days_worked = [2026-12-17]")
    assert [(one.path, one.reason) for one in faults(both)] == [("call_centre.days_worked[1]", FaultReason.SAME_TWICE)]
