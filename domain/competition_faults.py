"""What can be wrong with a competition's file: reasons and facts; the words stand where it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class FaultReason(StrEnum):
    """Why a line of the file cannot stand. Every reason has its words in `bot`."""

    SYNTAX = "syntax"  # facts: detail (the parser's own English words)
    DUPLICATE_KEY = "duplicate_key"  # the same key or table twice
    UNKNOWN_KEY = "unknown_key"  # facts: key, suggestion ("" when nothing is near)
    MISSING = "missing"  # facts: key
    WRONG_TYPE = "wrong_type"  # facts: wanted (a Kind of domain.competition_schema, "table" or "tables")
    EMPTY = "empty"  # no words, or a list without anything in it
    TOO_LONG = "too_long"  # facts: limit, length (characters)
    OUT_OF_RANGE = "out_of_range"  # facts: least, most
    NOT_A_CHOICE = "not_a_choice"  # facts: value, options, suggestion
    NOT_A_KEY = "not_a_key"  # small Latin letters, digits and _ are wanted (in a code also -)
    NOT_A_PHONE = "not_a_phone"
    NOT_AN_EMAIL = "not_an_email"
    NOT_HOURS = "not_hours"  # hours are written like 09:00-13:00, the earlier first, without meeting
    SAME_TWICE = "same_twice"  # facts: value (a document, criterion or choice named twice)
    DATES_OUT_OF_ORDER = "dates_out_of_order"  # facts: earlier, later (keys)
    AGE_REVERSED = "age_reversed"  # facts: lower, upper
    FILES_REVERSED = "files_reversed"  # facts: min_files, max_files
    UNKNOWN_LOT = "unknown_lot"  # facts: lot, options
    UNKNOWN_REGION = "unknown_region"  # facts: kato, options (of the lot)
    REGION_OF_ANOTHER_LOT = "region_of_another_lot"  # facts: kato, lot (its own), options (of this lot)
    QUOTA_OVER_LOT = "quota_over_lot"  # facts: total, limit (the lot's grants by the order)
    OVER_MAXIMUM = "over_maximum"  # facts: maximum (tenge by the order)
    UNKNOWN_CRITERION = "unknown_criterion"  # facts: key, options
    RULES_MISSING = "rules_missing"  # facts: language
    RULES_WITHOUT_HEADINGS = "rules_without_headings"  # facts: language

    # Only in a file of reminders.
    NOT_AN_HOUR = "not_an_hour"
    NOT_A_SPAN = "not_a_span"
    NOT_A_STEP = "not_a_step"  # facts: value
    IN_QUIET_HOURS = "in_quiet_hours"
    UNKNOWN_PLACEHOLDER = "unknown_placeholder"  # facts: value, options
    BAD_TAGS = "bad_tags"

    # Warnings: the competition can run so, but somebody should know.
    REGION_WITHOUT_QUOTA = "region_without_quota"  # facts: kato
    QUOTA_DIFFERS = "quota_differs"  # facts: kato, quota, ordered
    REWORK_SHORT = "rework_short"  # facts: hours, available
    FIXED_DATE_UNUSED = "fixed_date_unused"
    FOREIGN_PHONE = "foreign_phone"
    YEAR_DIFFERS = "year_differs"  # facts: year, opens (years)
    RULES_DIFFER = "rules_differ"  # facts: kk, ru (numbers of headings)


@dataclass(frozen=True)
class Fault:
    """One fault: its line in the file (1 for what concerns the file as a whole), the path, such as
    "documents[2].title.kk", the reason and the facts for its words."""

    line: int
    path: str
    reason: FaultReason
    facts: Mapping[str, Any] = field(default_factory=dict)


class Faults(Exception):
    """The file cannot be put in force; every fault found, by line."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{one.line}: {one.path} {one.reason}" for one in faults))
        self.faults = faults
