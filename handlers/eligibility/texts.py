"""What the check asks, and what helps to answer: by question."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from domain.check_form import YES_NO
from domain.competition import EligibilityRules
from domain.eligibility import Rule
from handlers import answer_words
from handlers.language import _, ngettext

REGISTERED_LONG = "registered_long"  # asked only here, so the form has no words for it

QUESTIONS: dict[str, Callable[[], str]] = {
    "region": lambda: _("In which region do you want to take part?"),
    "citizenship": lambda: _("Are you a citizen of Kazakhstan?"),
    "birth_date": lambda: _("When were you born?"),
    "registration": lambda: _("Are you registered in this region?"),
    "working": lambda: _("Do you work now?"),
    "studying": lambda: _("Do you study now?"),
    "training": lambda: _("Are you on a training course now?"),
}
HELP: dict[str, Callable[[], str]] = {
    "region": lambda: _("Press a button or write the name of the region, town or district."),
    "citizenship": lambda: _("With a residence permit choose the second button: it is not citizenship."),
    "birth_date": lambda: _("Write day, month and year, for example 04.05.2001 or in words."),
    "registration": lambda: _(
        "What your address certificate (eGov) says counts. Temporary registration has an end date."
    ),
    "working": lambda: _(
        "Housework, care of a child, disability and registration as unemployed are not work: choose “No”."
    ),
    "studying": lambda: _("Full-time: you go to classes every day at a school, college or university."),
    "training": lambda: _("For example retraining or a course that an employment centre sent you to."),
}

# Rules that are not called as the question they are about.
ABOUT: dict[str, str] = {
    Rule.TOO_YOUNG: "birth_date",
    Rule.TOO_OLD: "birth_date",
    Rule.REGISTERED_SHORT: REGISTERED_LONG,
}


def question(key: str, rules: EligibilityRules | None) -> str:
    """The question in full."""
    return _registered_long(rules) if key == REGISTERED_LONG else QUESTIONS[key]()


def helps(key: str) -> str | None:
    """A line that helps to answer, if the question needs one."""
    return HELP[key]() if key in HELP else None


def title(key: str) -> str:
    """The question in a word or two."""
    return _("Registered for how long") if key == REGISTERED_LONG else answer_words.title(key)


def rule_title(rule: str) -> str:
    """What a failed rule is about, in a word or two."""
    return title(ABOUT.get(rule, rule))


def option(key: str, value: str) -> str:
    """An option as its button says it."""
    if key != REGISTERED_LONG:
        return answer_words.option_title(key, value)
    return _("Yes, long enough") if value == YES_NO[1] else _("No, not so long yet")


def answer(key: str, value: Any) -> str:
    """An answer as one reads it."""
    return option(key, value) if key == REGISTERED_LONG else answer_words.answer_text(key, value)


def _registered_long(rules: EligibilityRules | None) -> str:
    months = rules.registered_months if rules else 0
    return ngettext(
        "Have you been registered there for at least {months} month?",
        "Have you been registered there for at least {months} months?",
        months,
    ).format(months=months)


def judged_anew() -> str:
    return _("Time or the rules have moved on since your last check, so I looked at your answers anew.")


def press_a_button() -> str:
    return _("There is nothing to write here. Please press a button.")
