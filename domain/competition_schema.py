"""What a competition's file may hold: every key with its kind and bounds, as data.

All settings that sources disagree about must be written out in the file: there is no default for an age.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.competition import APPROVAL_ABOVE, MeetingKind, ReferenceDate, Registration
from domain.working_time import TARGETS, Target

MOST_FILE_MEGABYTES = 20  # a bot cannot fetch more from the public Bot API server


class Kind(StrEnum):
    """What a value is in the file."""

    TEXT = "text"
    TEXTS = "texts"  # a list of them
    WORDS = "words"  # a table of kk and ru
    NUMBER = "number"  # whole
    YES_NO = "yes_no"  # true or false
    DAY = "day"  # 2026-11-30
    BEGIN = "begin"  # a day (its first moment) or a moment
    END = "end"  # a day (whole) or a moment; the minute written is included
    CHOICE = "choice"
    CHOICES = "choices"  # a list of them
    CODE = "code"  # small Latin letters, digits, -
    KEY = "key"  # small Latin letters, digits, _
    KEYS = "keys"  # a list of them
    PHONE = "phone"
    EMAIL = "email"
    HOURS = "hours"  # a list like ["09:00-13:00", "14:00-18:00"]
    DAYS = "days"  # a list of days
    QUOTAS = "quotas"  # a table: KATO code = grants


@dataclass(frozen=True)
class Field:
    """A key. `least`, `most`: bounds of a number; otherwise characters of a text, entries of a list at least."""

    kind: Kind
    least: int = 0
    most: int = 0
    options: tuple[str, ...] = ()
    required: bool = True
    default: object = None


@dataclass(frozen=True)
class Group:
    """A table of keys; `many`: a list of such tables. One that is not `required` may be left out as a whole."""

    fields: Mapping[str, Field | Group] = field(default_factory=dict)
    many: bool = False
    required: bool = True


K = Kind
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEK = Group({day: Field(K.HOURS, required=False, default=()) for day in WEEKDAYS}, required=False)
MEETING = Group({"begins": Field(K.BEGIN), "place": Field(K.WORDS, most=200)}, required=False)


def _target(usual: Target) -> Group:
    """Hours to the first answer, days to the solution; the law's terms are the most."""
    answer = Field(K.NUMBER, 1, 40, required=False, default=usual.answer_hours)
    solution = Field(K.NUMBER, 1, 20, required=False, default=usual.solution_days)
    return Group({"answer_hours": answer, "solution_days": solution}, required=False)


SCHEMA = Group(
    {
        "competition": Group(
            {
                "code": Field(K.CODE, most=24),
                "year": Field(K.NUMBER, 2023, 2100),
                "lot": Field(K.TEXT, most=10),
                "demonstration": Field(K.YES_NO, required=False, default=False),
                "name": Field(K.WORDS, most=120),
                "organiser": Field(K.WORDS, most=200),
                "maximum": Field(K.NUMBER, 1, 10**9),
                "rework_hours": Field(K.NUMBER, 1, 720),
                "keep_years": Field(K.NUMBER, 1, 75),
                "coverage": Field(K.NUMBER, 1, 10**7, required=False),
            }
        ),
        "dates": Group(
            {
                "campaign_from": Field(K.BEGIN),
                "intake_opens": Field(K.BEGIN),
                "intake_closes": Field(K.END),
                "technical_until": Field(K.END),
                "commission_until": Field(K.END),
                "results": Field(K.BEGIN),
                "projects_until": Field(K.END),
            }
        ),
        "meetings": Group(dict.fromkeys(MeetingKind, MEETING), required=False),
        "quotas": Field(K.QUOTAS, 1, 280),
        "eligibility": Group(
            {
                "citizenship": Field(K.YES_NO),
                "age_from": Field(K.NUMBER, 1, 120),
                "age_to": Field(K.NUMBER, 1, 120),
                "age_counted_on": Field(K.CHOICE, options=tuple(ReferenceDate)),
                "age_fixed_date": Field(K.DAY, required=False),
                "registrations": Field(K.CHOICES, 1, options=(Registration.PERMANENT, Registration.TEMPORARY)),
                "registered_months": Field(K.NUMBER, 0, 120),
                "part_time_study": Field(K.YES_NO),
            }
        ),
        "documents": Group(
            {
                "key": Field(K.KEY, most=24),
                "title": Field(K.WORDS, most=100),
                "reason": Field(K.WORDS, most=400),
                "required": Field(K.YES_NO),
                "only_vulnerable": Field(K.YES_NO, required=False, default=False),
                "formats": Field(K.CHOICES, 1, options=("jpg", "png", "pdf", "docx")),
                "max_megabytes": Field(K.NUMBER, 1, MOST_FILE_MEGABYTES),
                "min_files": Field(K.NUMBER, 1, 10, required=False, default=1),
                "max_files": Field(K.NUMBER, 1, 10),
            },
            many=True,
        ),
        "criteria": Group(
            {
                "key": Field(K.KEY, most=24),
                "title": Field(K.WORDS, most=100),
                "explanation": Field(K.WORDS, most=500),
                "max_points": Field(K.NUMBER, 1, 100),
            },
            many=True,
        ),
        "selection": Group({"tie_break": Field(K.KEYS)}),
        "announcements": Group(
            {"second_person_above": Field(K.NUMBER, 0, 10**7, required=False, default=APPROVAL_ABOVE)}, required=False
        ),
        "call_centre": Group(
            {
                "phone": Field(K.PHONE),
                "email": Field(K.EMAIL),
                "address": Field(K.WORDS, most=300),
                "hours": Field(K.WORDS, most=200),
                "days_off": Field(K.DAYS, required=False, default=()),
                "days_worked": Field(K.DAYS, required=False, default=()),
                "week": WEEK,
                "targets": Group({kind: _target(target) for kind, target in TARGETS.items()}, required=False),
            }
        ),
    }
)
