"""The words of every fault that a competition's file can have, for the coordinator who wrote it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from domain.competition_faults import Fault, FaultReason
from handlers.language import _

Facts = Mapping[str, Any]


def fault_line(fault: Fault) -> str:
    """One fault as a line: where it is, and what is wanted."""
    return _("line {line}, {path}: {words}").format(line=fault.line, path=fault.path, words=fault_words(fault))


def fault_words(fault: Fault) -> str:
    facts = {
        name: ", ".join(map(str, value)) if isinstance(value, list | tuple) else value
        for name, value in fault.facts.items()
    }
    return WORDS[fault.reason](facts).format(**facts)


def _unknown_key(facts: Facts) -> str:
    if facts["suggestion"]:
        return _("there is no such key as {key}; {suggestion} is meant, perhaps")
    return _("there is no such key as {key}")


def _not_a_choice(facts: Facts) -> str:
    if facts["suggestion"]:
        return _("{value} is not possible here; {suggestion} is meant, perhaps. Possible: {options}")
    return _("{value} is not possible here. Possible: {options}")


def _not_a_step(_facts: Facts) -> str:
    return _(
        "{value} cannot be here. Possible: at once, on the day, 3 days before, 3 hours after, "
        "and with the date deadline also half of the time"
    )


WORDS: dict[FaultReason, Callable[[Facts], str]] = {
    FaultReason.SYNTAX: lambda f: _("this cannot be read as TOML: {detail}"),
    FaultReason.DUPLICATE_KEY: lambda f: _("this stands here twice"),
    FaultReason.UNKNOWN_KEY: _unknown_key,
    FaultReason.MISSING: lambda f: _("{key} is missing"),
    FaultReason.WRONG_TYPE: lambda f: _("something else is wanted here: {wanted}"),
    FaultReason.EMPTY: lambda f: _("this is empty"),
    FaultReason.TOO_LONG: lambda f: _("this is too long: {length} characters, and at most {limit} fit"),
    FaultReason.OUT_OF_RANGE: lambda f: _("this must be from {least} to {most}"),
    FaultReason.NOT_A_CHOICE: _not_a_choice,
    FaultReason.NOT_A_KEY: lambda f: _("only small Latin letters, digits and _ are possible here"),
    FaultReason.NOT_A_PHONE: lambda f: _("this is not a phone number"),
    FaultReason.NOT_AN_EMAIL: lambda f: _("this is not an e-mail address"),
    FaultReason.NOT_HOURS: lambda f: _("hours are written like 09:00-13:00, in order, none within another"),
    FaultReason.SAME_TWICE: lambda f: _("{value} is named twice"),
    FaultReason.DATES_OUT_OF_ORDER: lambda f: _("{earlier} must come before {later}"),
    FaultReason.AGE_REVERSED: lambda f: _("the lower age {lower} is above the upper {upper}"),
    FaultReason.FILES_REVERSED: lambda f: _("at least {min_files} files are asked for, but at most {max_files} taken"),
    FaultReason.UNKNOWN_LOT: lambda f: _("the order has no lot {lot}. Its lots: {options}"),
    FaultReason.UNKNOWN_REGION: lambda f: _("the order has no region {kato}. The lot's regions: {options}"),
    FaultReason.REGION_OF_ANOTHER_LOT: lambda f: _("region {kato} belongs to lot {lot}. This lot's regions: {options}"),
    FaultReason.QUOTA_OVER_LOT: lambda f: _("together these are {total} grants, and the lot has {limit}"),
    FaultReason.OVER_MAXIMUM: lambda f: _("by the order a grant is at most {maximum} tenge"),
    FaultReason.UNKNOWN_CRITERION: lambda f: _("there is no criterion {key}. The criteria: {options}"),
    FaultReason.RULES_MISSING: lambda f: _("the official rules are missing in this language: {language}"),
    FaultReason.RULES_WITHOUT_HEADINGS: lambda f: _("the official rules have no headings (## …): {language}"),
    FaultReason.NOT_AN_HOUR: lambda f: _("a time is written like 10:00, quiet hours like 22:00-08:00"),
    FaultReason.NOT_A_SPAN: lambda f: _("how long is written like 6 hours or 2 days"),
    FaultReason.NOT_A_STEP: _not_a_step,
    FaultReason.IN_QUIET_HOURS: lambda f: _("at this time nobody is written to: it is within the quiet hours"),
    FaultReason.UNKNOWN_PLACEHOLDER: lambda f: _("nothing can be put in for {value}. Possible: {options}"),
    FaultReason.BAD_TAGS: lambda f: _("the tags are not in order: only b, i and code are possible, each closed again"),
    FaultReason.REGION_WITHOUT_QUOTA: lambda f: _("region {kato} of the lot has no grants"),
    FaultReason.QUOTA_DIFFERS: lambda f: _("region {kato} has {quota} grants here and {ordered} by the order"),
    FaultReason.REWORK_SHORT: lambda f: _("{hours} hours for rework, but only {available} until the stage ends"),
    FaultReason.FIXED_DATE_UNUSED: lambda f: _("age_fixed_date is not used: age_counted_on says otherwise"),
    FaultReason.FOREIGN_PHONE: lambda f: _("this phone number is not from Kazakhstan"),
    FaultReason.YEAR_DIFFERS: lambda f: _("the year is {year}, but applications open in {opens}"),
    FaultReason.RULES_DIFFER: lambda f: _("the rules have {kk} headings in Kazakh and {ru} in Russian"),
}
