"""Whether one answer of the form meets the competition's rules, told while the form is filled.

Nobody should learn after the last question what the first one decided. It is only told: the verdict is the
check's, and a person may always ask a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.check_form import KAZAKHSTAN, CheckAnswers, Studying
from domain.competition import Competition
from domain.eligibility import counted_on, judge


def fits_rules(key: str, value: Any, competition: Competition, today: date) -> bool:
    """Whether this answer, with all others as they should be, meets the rules. True for what no rule is about."""
    if key == "funded_elsewhere":
        return bool(value == "no")
    fitting = _fitting(competition, today)
    if key not in fitting:
        return True
    return judge(CheckAnswers.of({**fitting, key: value}), competition, today).eligible


def _fitting(competition: Competition, today: date) -> Mapping[str, str]:
    rules = competition.rules
    born = counted_on(competition, today).replace(month=1, day=1)
    return {
        "citizenship": KAZAKHSTAN,
        "birth_date": born.replace(year=born.year - rules.age.lower).isoformat(),
        "region": next(iter(competition.quotas)),
        "registration": rules.registrations[0],
        "working": "no",
        "studying": Studying.NO,
        "training": "no",
    }
