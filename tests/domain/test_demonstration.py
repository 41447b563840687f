"""The sample moved in time (after March 2024, when half of Kazakhstan changed its clocks)."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from importlib.resources import files

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.competition import Dates, MeetingKind
from domain.competition_file import examine
from domain.demonstration import shifted
from domain.eligibility import last_day
from domain.local_time import day_begins
from domain.regions import Words
from usecases.order import order

SAMPLE = files("programme").joinpath("samples", "competition.toml").read_text("utf-8")
RULES = Words("## Бір\nМәтін", "## Раз\nТекст")


@settings(deadline=None, max_examples=30)
@given(st.dates(date(2024, 3, 15), date(2099, 1, 1)))
def test_intake_is_open_for_two_weeks_from_any_day(today: date) -> None:
    examined = examine(shifted(SAMPLE, today), order(), RULES)
    assert examined.faults == examined.warnings == ()
    competition, original = examined.competition, examine(SAMPLE, order(), RULES).competition
    assert competition
    assert original
    assert competition.open(day_begins(today))
    assert last_day(competition) == today + timedelta(days=14)
    moves = {getattr(competition.dates, one.name) - getattr(original.dates, one.name) for one in fields(Dates)}
    assert moves == {today - date(2026, 11, 16)}
    meetings = [(one, original.meetings[kind]) for kind, one in competition.meetings.items()]
    assert {new.begins - old.begins for new, old in meetings} == moves
    assert len(meetings) == len(MeetingKind)
    assert replace(competition, dates=original.dates, meetings=original.meetings, year=2026) == original


def test_a_file_without_meetings_is_moved_too() -> None:
    begin, end = SAMPLE.index("[meetings.training]"), SAMPLE.index("[quotas]")
    moved = examine(shifted(SAMPLE[:begin] + SAMPLE[end:], date(2027, 1, 5)), order(), RULES).competition
    assert moved
    assert moved.meetings == {}


def test_nothing_but_days_and_the_year_changes() -> None:
    moved = shifted(SAMPLE, date(2027, 1, 5)).split("\n")
    changed = [(old, new) for old, new in zip(SAMPLE.split("\n"), moved, strict=True) if old != new]
    assert [new.split(" #")[0].rstrip() for _, new in changed] == [
        "year = 2027",
        "campaign_from = 2026-12-28",
        "intake_opens = 2027-01-04",
        "intake_closes = 2027-01-19 23:59:59",
        "technical_until = 2027-01-23",
        "commission_until = 2027-01-30",
        "results = 2027-02-02 10:00:00",
        "projects_until = 2027-04-19",
        "begins = 2027-01-24 10:00:00",
        "begins = 2027-01-27 10:00:00",
        "begins = 2027-04-17 11:00:00",
    ]
