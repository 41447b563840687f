"""A competition's settings from the TOML file that its coordinator writes.

`programme/samples/competition.toml` is a model with every key explained. The file is read whole: whoever
wrote it is told every fault with its line at once, not one a try.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from domain.competition import (
    AgeRule,
    CallCentre,
    Competition,
    Criterion,
    Dates,
    DocumentSlot,
    EligibilityRules,
    Meeting,
    MeetingKind,
    ReferenceDate,
    Registration,
    Rework,
)
from domain.competition_checks import STAGES, faults_between, warnings_between
from domain.competition_faults import Fault, FaultReason, Faults
from domain.competition_reading import Reading, read_group
from domain.competition_schema import SCHEMA, WEEKDAYS
from domain.regions import Order, Words
from domain.toml_lines import read_lines
from domain.working_time import TARGETS, Target, WorkingHours

__all__ = ["Examined", "Fault", "FaultReason", "Faults", "examine", "read_competition"]

MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Examined:
    """A file looked through: the competition if there is no fault, and what to know before it is in force."""

    competition: Competition | None
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]


def read_competition(text: str, order: Order, rules_text: Words) -> Competition:
    """The competition that this file sets, with the rules' official texts that belong to it.

    Raises Faults with everything that is wrong, by line; never anything else.
    """
    examined = examine(text, order, rules_text)
    if examined.competition is None:
        raise Faults(examined.faults)
    return examined.competition


def examine(text: str, order: Order, rules_text: Words) -> Examined:
    """The same with warnings: the competition is None when there are faults."""
    lines = read_lines(text)
    reading = Reading(lines, faults=list(lines.faults))
    if lines.whole:
        read_group(reading, SCHEMA, lines.values)
        reading.faults.extend(faults_between(reading, order, rules_text))
    warnings = tuple(sorted(warnings_between(reading, order, rules_text), key=_place)) if lines.whole else ()
    faults = tuple(sorted(reading.faults, key=_place))
    return Examined(None if faults else _competition(reading, rules_text), faults, warnings)


def _place(fault: Fault) -> tuple[int, str]:
    return fault.line, fault.path


def _competition(reading: Reading, rules_text: Words) -> Competition:
    head = {key: reading.get("competition", key) for key in reading.lines.values["competition"]}
    return Competition(
        code=head["code"],
        year=head["year"],
        lot=head["lot"],
        demonstration=reading.get("competition", "demonstration"),
        name=head["name"],
        organiser=head["organiser"],
        dates=Dates(**{stage: reading.get("dates", stage) for stage in STAGES}),
        rules=_rules(reading),
        maximum=head["maximum"],
        quotas=reading.get("quotas"),
        documents=tuple(_document(reading, place) for place in range(reading.count("documents"))),
        criteria=tuple(_criterion(reading, place) for place in range(reading.count("criteria"))),
        tie_break=reading.get("selection", "tie_break"),
        call_centre=_call_centre(reading),
        rework=Rework(head["rework_hours"]),
        rules_text=rules_text,
        keep_years=head["keep_years"],
        second_person_above=reading.get("announcements", "second_person_above"),
        meetings=dict(_meetings(reading)),
        coverage=reading.get("competition", "coverage"),
    )


def _meetings(reading: Reading) -> Iterator[tuple[str, Meeting]]:
    for kind in MeetingKind:
        if begins := reading.get("meetings", kind, "begins"):
            yield kind, Meeting(begins, reading.get("meetings", kind, "place"))


def _rules(reading: Reading) -> EligibilityRules:
    def get(key: str) -> Any:
        return reading.get("eligibility", key)

    reference = ReferenceDate(get("age_counted_on"))
    fixed = get("age_fixed_date") if reference is ReferenceDate.FIXED else None
    return EligibilityRules(
        age=AgeRule(get("age_from"), get("age_to"), reference, fixed),
        citizenship=get("citizenship"),
        registrations=tuple(Registration(each) for each in get("registrations")),
        registered_months=get("registered_months"),
        part_time_study_allowed=get("part_time_study"),
    )


def _document(reading: Reading, place: int) -> DocumentSlot:
    def get(key: str) -> Any:
        return reading.get("documents", place, key)

    return DocumentSlot(
        key=get("key"),
        title=get("title"),
        reason=get("reason"),
        required=get("required"),
        only_vulnerable=get("only_vulnerable"),
        formats=get("formats"),
        max_bytes=get("max_megabytes") * MEGABYTE,
        max_files=get("max_files"),
        min_files=get("min_files"),
    )


def _criterion(reading: Reading, place: int) -> Criterion:
    keys = ("key", "title", "explanation", "max_points")
    return Criterion(*(reading.get("criteria", place, key) for key in keys))


def _call_centre(reading: Reading) -> CallCentre:
    def get(*path: str) -> Any:
        return reading.get("call_centre", *path)

    usual = WorkingHours()
    week = tuple(get("week", day) for day in WEEKDAYS)
    days = {key: frozenset(get(key)) for key in ("days_off", "days_worked")}
    targets = {
        kind: Target(*(get("targets", kind, key) for key in ("answer_hours", "solution_days"))) for kind in TARGETS
    }
    working = WorkingHours(week if any(week) else usual.week, **days)
    return CallCentre(get("phone"), get("email"), get("address"), get("hours"), working, targets)
