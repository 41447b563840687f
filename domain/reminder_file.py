"""The rules of reminders from the TOML file that an office writes; every fault is told with its line at once.

`programme/reminders.toml` is the set that comes with the program, with every key explained.
"""

from __future__ import annotations

import re
from datetime import time, timedelta
from string import Formatter
from typing import Any

from domain.competition_faults import FaultReason, Faults
from domain.competition_reading import Reading, read_group
from domain.competition_schema import Field, Group, Kind
from domain.quiet_hours import USUAL, QuietHours
from domain.regions import LANGUAGES
from domain.reminder import BASES, MEETINGS, OF_MEETING, PLACEHOLDERS, Base, How, Late, Rule, Rules, Step, Who
from domain.toml_lines import read_lines

LONGEST_TITLE = 32  # a button's
LONGEST = 900  # characters of a text: several fit into one message
STEP = re.compile(r"(?P<count>\d{1,3}) (?P<unit>day|hour)s? (?P<how>before|after)")
SPAN = re.compile(r"(?P<count>[1-9]\d{0,2}) (?P<unit>day|hour)s?")
HOUR = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
TAGS = re.compile(r"</?(?:b|i|code)>")
NEEDED = ("key", "who", "date", "when", "hour", "late", "title", "about", "text")
SCHEMA = Group(
    {
        "quiet_hours": Field(Kind.TEXT, required=False, default=f"{USUAL.since:%H:%M}-{USUAL.until:%H:%M}"),
        "reminder": Group(
            {
                "key": Field(Kind.KEY, most=24),
                "who": Field(Kind.CHOICE, options=tuple(Who)),
                "date": Field(Kind.CHOICE, options=tuple(Base)),
                "when": Field(Kind.TEXTS, 1),
                "hour": Field(Kind.TEXT, required=False, default="10:00"),
                "late": Field(Kind.CHOICE, options=tuple(Late)),
                "until": Field(Kind.TEXT, required=False),
                "title": Field(Kind.WORDS, most=LONGEST_TITLE),
                "about": Field(Kind.WORDS, most=100),
                "text": Field(Kind.WORDS, most=LONGEST),
                "report_days": Field(Kind.NUMBER, 0, 60, required=False, default=0),
                "passed": Field(Kind.WORDS, most=LONGEST, required=False),
            },
            many=True,
        ),
    }
)


def read_rules(text: str) -> Rules:
    """The rules that this file sets. Raises Faults with everything that is wrong, by line."""
    lines = read_lines(text)
    reading = Reading(lines, faults=list(lines.faults))
    if lines.whole:
        read_group(reading, SCHEMA, lines.values)
        quiet = _quiet(reading)
        rules = [_rule(reading, place, quiet) for place in range(reading.count("reminder"))]
        _keys_differ(reading)
    if reading.faults:
        raise Faults(tuple(sorted(reading.faults, key=lambda fault: (fault.line, fault.path))))
    return Rules(tuple(rule for rule in rules if rule), quiet)


def _quiet(reading: Reading) -> QuietHours:
    written = reading.get("quiet_hours") or ""
    since, _dash, until = written.partition("-")
    found = _hour(since), _hour(until)
    if found[0] is None or found[1] is None:
        reading.fault(("quiet_hours",), FaultReason.NOT_AN_HOUR)
        return USUAL
    return QuietHours(found[0], found[1])


def _rule(reading: Reading, place: int, quiet: QuietHours) -> Rule | None:
    """One rule; None when anything is wrong with it."""
    known = len(reading.faults)
    path = ("reminder", place)
    values = {key: reading.get(*path, key) for key in NEEDED}
    steps = _steps(reading, path, values["when"] or ())
    hour = _hour_of(reading, path, quiet)
    until = _until(reading, path, steps)
    _date_fits(reading, path, steps)
    for text in ("text", "passed"):
        _text_fits(reading, path, text)
    if len(reading.faults) > known or any(value is None for value in values.values()):
        return None
    who, base, late = Who(values["who"]), Base(values["date"]), Late(values["late"])
    texts = (values["title"], values["about"], values["text"])
    return Rule(
        values["key"],
        who,
        base,
        steps,
        hour,
        late,
        until,
        *texts,
        passed=reading.get(*path, "passed"),
        report_days=reading.get(*path, "report_days"),
    )


def _steps(reading: Reading, path: tuple[Any, ...], written: tuple[str, ...]) -> tuple[Step, ...]:
    steps: list[Step] = []
    for place, words in enumerate(written):
        step = read_step(words)
        if step is None:
            reading.fault((*path, "when", place), FaultReason.NOT_A_STEP, value=words)
        elif step in steps:
            reading.fault((*path, "when", place), FaultReason.SAME_TWICE, value=words)
        else:
            steps.append(step)
    return tuple(steps)


def read_step(words: str) -> Step | None:
    """ "at once", "on the day", "half of the time", "3 days before", "1 hour after"; None for anything else."""
    if words in (How.AT_ONCE, How.ON_THE_DAY, How.HALF):
        return Step(How(words))
    if found := STEP.fullmatch(words):
        return Step(How(found["how"]), int(found["count"]), found["unit"] == "day")
    return None


def _hour_of(reading: Reading, path: tuple[Any, ...], quiet: QuietHours) -> time:
    hour = _hour(reading.get(*path, "hour") or "")
    if hour is None:
        if reading.get(*path, "hour") is not None:
            reading.fault((*path, "hour"), FaultReason.NOT_AN_HOUR)
        return time(10)
    if quiet.contains(hour):
        reading.fault((*path, "hour"), FaultReason.IN_QUIET_HOURS)
    return hour


def _hour(written: str) -> time | None:
    found = HOUR.fullmatch(written.strip())
    return time(int(found[1]), int(found[2])) if found else None


def _until(reading: Reading, path: tuple[Any, ...], steps: tuple[Step, ...]) -> timedelta | None:
    """Steps that end with no date must say how long they make sense."""
    written = reading.get(*path, "until")
    if written is None:
        if any(step.how not in (How.BEFORE, How.HALF) for step in steps):
            reading.fault((*path, "until"), FaultReason.MISSING, key="until")
        return None
    found = SPAN.fullmatch(written)
    if not found:
        reading.fault((*path, "until"), FaultReason.NOT_A_SPAN)
        return None
    count = int(found["count"])
    return timedelta(days=count) if found["unit"] == "day" else timedelta(hours=count)


def _date_fits(reading: Reading, path: tuple[Any, ...], steps: tuple[Step, ...]) -> None:
    """These people have such a date; half of the time needs an end of theirs."""
    who, base = reading.get(*path, "who"), reading.get(*path, "date")
    if who and base and Base(base) not in BASES[Who(who)]:
        options = tuple(str(one) for one in BASES[Who(who)])
        reading.fault((*path, "date"), FaultReason.NOT_A_CHOICE, value=base, options=options, suggestion="")
    elif base and base != Base.DEADLINE and Step(How.HALF) in steps:
        reading.fault((*path, "when"), FaultReason.NOT_A_STEP, value=str(How.HALF))


def _text_fits(reading: Reading, path: tuple[Any, ...], key: str) -> None:
    """Known placeholders, and tags that Telegram takes, each closed."""
    who, base, text = reading.get(*path, "who"), reading.get(*path, "date"), reading.get(*path, key)
    known = (*(PLACEHOLDERS[Who(who)] if who else ()), *(OF_MEETING if base in MEETINGS else ()))
    for language in LANGUAGES if text else ():
        words = text.of(language)
        for name in _unknown(words, known):
            options = tuple(known)
            reading.fault((*path, key, language), FaultReason.UNKNOWN_PLACEHOLDER, value=name, options=options)
        if not _tags_fit(words):
            reading.fault((*path, key, language), FaultReason.BAD_TAGS)


def _unknown(words: str, known: tuple[str, ...]) -> list[str]:
    """Placeholders that nothing is put into; one with a format or a conversation is none of ours either."""
    try:
        parts = list(Formatter().parse(words))
    except ValueError:
        return ["{"]
    named = [(name, spec, conversion) for _text, name, spec, conversion in parts if name is not None]
    return [name for name, spec, conversion in named if name not in known or spec or conversion]


def _tags_fit(words: str) -> bool:
    opened: list[str] = []
    for tag in TAGS.findall(words):
        name = tag.strip("</>")
        if not tag.startswith("</"):
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened and not re.search(r"[<>]|&(?!lt;|gt;|amp;|quot;)", TAGS.sub("", words))


def _keys_differ(reading: Reading) -> None:
    keys = [reading.get("reminder", place, "key") for place in range(reading.count("reminder"))]
    for place, key in enumerate(keys):
        if key is not None and key in keys[:place]:
            reading.fault(("reminder", place, "key"), FaultReason.SAME_TWICE, value=key)
