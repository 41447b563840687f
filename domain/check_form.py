"""The questions of the eligibility check as data, and a person's answers to them.

The region comes first: it decides whose rules count, and whether there is a competition at all.
Answers have the keys and values of the application form, so that an application can begin with them, and
an application can be judged as a check is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from domain.competition import EligibilityRules, Registration

ELSEWHERE = "elsewhere"  # the answer to `region` of who is registered outside the regions offered
KAZAKHSTAN = "kazakhstan"


class Studying(StrEnum):
    """How a person studies now."""

    NO = "no"
    PART_TIME = "part_time"
    FULL_TIME = "full_time"


class CheckKind(StrEnum):
    """What an answer to a question of the check is, and how it is kept."""

    DATE = "date"  # str, ISO
    REGION = "region"  # str, KATO code or ELSEWHERE
    CHOICE = "choice"  # str, one of the options


@dataclass(frozen=True)
class CheckQuestion:
    """One question of the check; `asked` says under which settings, None while the region is not known."""

    key: str
    kind: CheckKind
    options: tuple[str, ...] = ()
    asked: Callable[[EligibilityRules | None], bool] = lambda rules: True


def _length_matters(rules: EligibilityRules | None) -> bool:
    return rules is not None and rules.registered_months > 0


YES_NO = ("no", "yes")
CHECK: tuple[CheckQuestion, ...] = (
    CheckQuestion("region", CheckKind.REGION),
    CheckQuestion("citizenship", CheckKind.CHOICE, (KAZAKHSTAN, "other")),
    CheckQuestion("birth_date", CheckKind.DATE),
    CheckQuestion("registration", CheckKind.CHOICE, tuple(Registration)),
    CheckQuestion("registered_long", CheckKind.CHOICE, YES_NO, _length_matters),
    CheckQuestion("working", CheckKind.CHOICE, YES_NO),
    CheckQuestion("studying", CheckKind.CHOICE, tuple(Studying)),
    CheckQuestion("training", CheckKind.CHOICE, YES_NO),
)


def check_path(answers: Mapping[str, Any], rules: EligibilityRules | None) -> tuple[CheckQuestion, ...]:
    """The questions this person is asked, in order; `rules` of the competition once its region is known."""
    unregistered = answers.get("registration") == Registration.NONE
    return tuple(one for one in CHECK if one.asked(rules) and not (one.key == "registered_long" and unregistered))


@dataclass(frozen=True)
class CheckAnswers:
    """What a person said about themselves."""

    citizen: bool
    birth_date: date
    region: str  # KATO code, or ELSEWHERE
    registration: Registration
    working: bool
    studying: Studying
    training: bool
    registered_long: bool | None = None  # None: not asked

    @classmethod
    def of(cls, answers: Mapping[str, Any]) -> CheckAnswers:
        """From answers as they are kept, of the check or of an application; KeyError when one is missing."""
        long = answers.get("registered_long")
        return cls(
            citizen=answers["citizenship"] == KAZAKHSTAN,
            birth_date=date.fromisoformat(answers["birth_date"]),
            region=answers["region"],
            registration=Registration(answers["registration"]),
            working=answers["working"] == "yes",
            studying=Studying(answers["studying"]),
            training=answers["training"] == "yes",
            registered_long=None if long is None else long == "yes",
        )
