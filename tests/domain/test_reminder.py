"""When a rule's steps fall: by the hour, outside the night, each until the next; and the file that sets them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.fault_words import fault_line
from domain.competition_faults import FaultReason, Faults
from domain.local_time import ALMATY
from domain.quiet_hours import USUAL, is_quiet
from domain.regions import LANGUAGES, Words
from domain.reminder import BASES, EVER, PLACEHOLDERS, Base, How, Late, Rule, Step, Who, calendar, current
from domain.reminder_file import read_rules, read_step
from handlers.language import speaking

OWN = files("programme").joinpath("reminders.toml").read_text("utf-8")
NONE = Words("", "")
CLOSES = datetime(2026, 12, 1, tzinfo=ALMATY)  # the last minute is 23:59 of 30 November


def here(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ALMATY)


def rule(*steps: str, base: Base = Base.INTAKE_CLOSES, late: Late = Late.MERGE, until: timedelta | None = None) -> Rule:
    read = tuple(filter(None, map(read_step, steps)))
    assert len(read) == len(steps)
    return Rule("rule", Who.DRAFT_UNFINISHED, base, read, time(10), late, until, NONE, NONE, NONE)


def dues(one: Rule, base: datetime = CLOSES, since: datetime = EVER) -> list[tuple[str, datetime, datetime]]:
    return [(str(due.step), due.at, due.lapses) for due in calendar(one, base, since, USUAL)]


def test_days_before_an_end_are_counted_from_its_last_day_and_each_lasts_until_the_next() -> None:
    assert dues(rule("3 hours before", "7 days before", "1 day before")) == [
        ("7 days before", here(23, 10), here(29, 10)),
        ("1 day before", here(29, 10), here(30, 21)),
        ("3 hours before", here(30, 21), CLOSES),
    ]


def test_what_is_dropped_when_late_lasts_an_hour() -> None:
    assert dues(rule("1 day before", late=Late.DROP)) == [("1 day before", here(29, 10), here(29, 11))]


def test_hours_before_an_end_in_the_morning_are_moved_to_the_evening_before() -> None:
    assert dues(rule("3 hours before"), base=here(30, 9)) == [("3 hours before", here(29, 21), here(30, 9))]


def test_at_once_waits_for_the_morning_and_the_day_for_its_hour() -> None:
    opens = rule("at once", base=Base.INTAKE_OPENS, until=timedelta(days=3))
    assert dues(opens, base=here(15, 0)) == [("at once", here(15, 8), here(18, 8))]
    results = rule("on the day", base=Base.RESULTS, until=timedelta(hours=12))
    assert dues(results, base=here(14, 15)) == [("on the day", here(14, 10), here(14, 22))]


def test_half_of_a_persons_time() -> None:
    """Returned at noon with a day to mend it: midnight is no time, and three hours before the end is."""
    returned = rule("half of the time", "3 hours before", base=Base.DEADLINE)
    assert dues(returned, base=here(24, 12), since=here(23, 12)) == [
        ("half of the time", here(24, 8), here(24, 9)),
        ("3 hours before", here(24, 9), here(24, 12)),
    ]


def test_an_end_that_comes_before_the_morning_is_reminded_of_in_the_evening_unless_it_began_later() -> None:
    returned = rule("3 hours before", base=Base.DEADLINE)
    assert dues(returned, base=here(24, 9), since=here(23, 9))[0][1] == here(23, 21)
    assert dues(returned, base=here(24, 9), since=here(23, 21, 30)) == [("3 hours before", here(24, 8), here(24, 9))]


def test_nobody_is_reminded_of_what_was_over_before_they_began() -> None:
    assert [step for step, *_when in dues(rule("7 days before", "1 day before"), since=here(25, 10))] == [
        "1 day before"
    ]


STEPS = st.one_of(
    st.builds(Step, st.just(How.BEFORE), st.integers(0, 400), st.booleans()),
    st.builds(Step, st.just(How.AFTER), st.integers(0, 400), st.booleans()),
    st.sampled_from([Step(How.AT_ONCE), Step(How.ON_THE_DAY), Step(How.HALF)]),
)
FIRST = datetime(2022, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 10 * 366 * 1440).map(lambda minutes: FIRST + timedelta(minutes=minutes))
PLANS = st.lists(STEPS, min_size=1, max_size=5, unique=True)


@given(PLANS, MOMENTS, st.integers(1, 60_000), MOMENTS, st.sampled_from(Late))
def test_any_calendar_is_in_order_outside_the_night_and_has_one_step_at_a_time(
    steps: list[Step], since: datetime, minutes: int, now: datetime, late: Late
) -> None:
    base = since + timedelta(minutes=minutes)
    for counted in (Base.DEADLINE, Base.INTAKE_CLOSES):
        one = replace(rule("at once", base=counted, late=late, until=timedelta(days=2)), steps=tuple(steps))
        found = calendar(one, base, since, USUAL)
        assert [due.at for due in found] == sorted(due.at for due in found)
        for due, following in pairwise(found):
            assert due.lapses <= following.at
        assert not any(is_quiet(due.at) or due.at < since for due in found)
        assert all(due.lapses <= base for due in found if due.step.how in (How.BEFORE, How.HALF))
        assert len([due for due in found if due.at <= now < due.lapses]) <= 1
        assert current(found, now) == next((due for due in found if due.at <= now < due.lapses), None)


# The file


def faults(text: str) -> list[tuple[int, str, FaultReason]]:
    with pytest.raises(Faults) as bad:
        read_rules(text)
    for language in LANGUAGES:
        with speaking(language):
            assert all(fault_line(fault) for fault in bad.value.faults)
    return [(fault.line, fault.path, fault.reason) for fault in bad.value.faults]


def test_the_programs_own_rules_are_in_order() -> None:
    rules = read_rules(OWN)
    assert [one.key for one in rules.all] == [
        "intake",
        "intake_region",
        "draft",
        "returned",
        "results",
        "report",
        "training",
        "pitch",
        "final_event",
        "ticket",
    ]
    assert rules.quiet == USUAL
    assert [str(step) for step in rules.all[2].steps] == [
        "7 days before",
        "3 days before",
        "1 day before",
        "3 hours before",
    ]


BROKEN = """
quiet_hours = "22-8"

[[reminder]]
key = "one"
who = "ticket_waits"
date = "intake_closes"
when = ["half of the time", "soon", "1 day after", "1 days after"]
hour = "25:00"
late = "never"
about = { kk = "О", ru = "О" }
title = { kk = "О", ru = "О" }
text = { kk = "<b>{missing}", ru = "{number!r} {" }

[[reminder]]
key = "one"
who = "winner"
date = "results"
when = ["half of the time"]
until = "a while"
hour = "07:00"
late = "drop"
title = { kk = "О", ru = "О" }
about = { kk = "О", ru = "О" }
text = { kk = "О & О", ru = "О" }
"""


def test_every_fault_is_told_at_once_with_its_line() -> None:
    reason = FaultReason
    assert faults(BROKEN) == [
        (2, "quiet_hours", reason.NOT_AN_HOUR),
        (4, "reminder[1].until", reason.MISSING),
        (7, "reminder[1].date", reason.NOT_A_CHOICE),
        (8, "reminder[1].when[2]", reason.NOT_A_STEP),
        (8, "reminder[1].when[4]", reason.SAME_TWICE),
        (9, "reminder[1].hour", reason.NOT_AN_HOUR),
        (10, "reminder[1].late", reason.NOT_A_CHOICE),
        (13, "reminder[1].text.kk", reason.UNKNOWN_PLACEHOLDER),
        (13, "reminder[1].text.kk", reason.BAD_TAGS),
        (13, "reminder[1].text.ru", reason.UNKNOWN_PLACEHOLDER),
        (16, "reminder[2].key", reason.SAME_TWICE),
        (19, "reminder[2].when", reason.NOT_A_STEP),
        (20, "reminder[2].until", reason.NOT_A_SPAN),
        (21, "reminder[2].hour", reason.IN_QUIET_HOURS),
        (25, "reminder[2].text.kk", reason.BAD_TAGS),
    ]


def test_everybody_has_dates_and_placeholders() -> None:
    assert set(BASES) == set(PLACEHOLDERS) == set(Who)


def test_only_a_rule_that_counts_from_a_meeting_can_say_where_it_is() -> None:
    elsewhere = OWN.replace('date = "training"', 'date = "results"')
    with pytest.raises(Faults) as error:
        read_rules(elsewhere)
    said = [(fault.path, fault.reason, fault.facts["value"]) for fault in error.value.faults]
    wrong = FaultReason.UNKNOWN_PLACEHOLDER
    assert said == [(f"reminder[7].text.{language}", wrong, "place") for language in LANGUAGES]
