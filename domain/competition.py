"""A competition as its organiser set it: everything that sources disagree about is a setting here.

One version of one competition is one frozen value; verdicts and applications keep the version they were
made under. `domain/competition_file.py` reads it from the file that a coordinator writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from domain.local_time import years_after
from domain.regions import Words
from domain.working_time import TARGETS, Target, WorkingHours


class Registration(StrEnum):
    """How a person is registered in a region."""

    PERMANENT = "permanent"
    TEMPORARY = "temporary"
    NONE = "none"


class Stage(StrEnum):
    """Where the competition is at a moment."""

    ANNOUNCED = "announced"
    INTAKE = "intake"
    TECHNICAL = "technical_selection"
    COMMISSION = "commission"
    RESULTS = "results"
    PROJECTS = "projects"
    ENDED = "ended"


class ReferenceDate(StrEnum):
    """The day on which a person's age is counted."""

    APPLICATION = "application"
    INTAKE_OPENS = "intake_opens"
    INTAKE_CLOSES = "intake_closes"
    FIXED = "fixed"


@dataclass(frozen=True)
class Dates:
    """The stages of a competition, moments in UTC (written in the file in Asia/Almaty)."""

    campaign_from: datetime
    intake_opens: datetime
    intake_closes: datetime  # the first moment that is too late
    technical_until: datetime
    commission_until: datetime
    results: datetime
    projects_until: datetime


class MeetingKind(StrEnum):
    """What a competition asks people to come to."""

    TRAINING = "training"  # before the pitch, for whoever has passed the technical selection
    PITCH = "pitch"  # before the commission
    FINAL_EVENT = "final_event"  # the exhibition of what the winners have done


@dataclass(frozen=True)
class Meeting:
    """A moment at which people must be at a place."""

    begins: datetime
    place: Words


@dataclass(frozen=True)
class AgeRule:
    """Both bounds are inclusive: a person of `upper` years qualifies until their next birthday."""

    lower: int
    upper: int
    counted_on: ReferenceDate
    fixed_date: date | None = None


@dataclass(frozen=True)
class EligibilityRules:
    """What a person must be in order to apply, as this competition set it."""

    age: AgeRule
    citizenship: bool  # must be a citizen of Kazakhstan
    registrations: tuple[Registration, ...]
    registered_months: int  # how long at least; 0: not asked
    part_time_study_allowed: bool


@dataclass(frozen=True)
class DocumentSlot:
    """One paper an applicant is asked for."""

    key: str
    title: Words
    reason: Words  # why it is asked: shown to the applicant
    required: bool
    only_vulnerable: bool  # asked only of those who named a vulnerable group
    formats: tuple[str, ...]  # of jpg, png, pdf, docx
    max_bytes: int
    max_files: int
    min_files: int = 1


@dataclass(frozen=True)
class Criterion:
    """What the commission judges by; whole points from 0 to `max_points`."""

    key: str
    title: Words
    explanation: Words
    max_points: int


@dataclass(frozen=True)
class CallCentre:
    """Where a living person answers."""

    phone: str  # E.164
    email: str
    address: Words
    hours: Words  # as people are told them
    working: WorkingHours = field(default_factory=WorkingHours)
    targets: Mapping[str, Target] = field(default_factory=lambda: TARGETS)


@dataclass(frozen=True)
class Rework:
    """How long an applicant may mend a returned application, in hours from the notice."""

    hours: int


APPROVAL_ABOVE = 1000


@dataclass(frozen=True)
class Competition:
    """One version of a competition's settings."""

    code: str  # short and stable, such as "19-5-2026"
    year: int
    lot: str
    demonstration: bool
    name: Words
    organiser: Words
    dates: Dates
    rules: EligibilityRules
    maximum: int  # tenge
    quotas: Mapping[str, int]  # KATO code -> grants
    documents: tuple[DocumentSlot, ...]
    criteria: tuple[Criterion, ...]
    tie_break: tuple[str, ...]  # criterion keys, then a lottery that anyone can recompute
    call_centre: CallCentre
    rework: Rework
    rules_text: Words  # the official text, with "## " headings
    keep_years: int  # how long data is kept after the end
    second_person_above: int = APPROVAL_ABOVE  # recipients of an announcement that one person alone may send
    meetings: Mapping[str, Meeting] = field(default_factory=dict)  # by kind; only those that have their day
    coverage: int | None = None  # people a year whom the information campaign has to reach; None: what every lot owes

    def stage(self, now: datetime) -> Stage:
        """The stage at this moment (UTC): intake runs from its first second until before `intake_closes`."""
        dates = self.dates
        ends = (
            (dates.intake_opens, Stage.ANNOUNCED),
            (dates.intake_closes, Stage.INTAKE),
            (dates.technical_until, Stage.TECHNICAL),
            (dates.commission_until, Stage.COMMISSION),
            (dates.results, Stage.RESULTS),
            (dates.projects_until, Stage.PROJECTS),
        )
        return next((stage for end, stage in ends if now < end), Stage.ENDED)

    def open(self, now: datetime) -> bool:
        """Whether an application may be sent at this moment (UTC)."""
        return self.stage(now) is Stage.INTAKE

    @property
    def kept_until(self) -> datetime:
        """When personal data of those who applied is erased: the years named in the consent after the end."""
        return years_after(self.dates.projects_until, self.keep_years)

    def slot(self, key: str) -> DocumentSlot:
        """The document slot of this key; KeyError when the competition asks for none such."""
        for slot in self.documents:
            if slot.key == key:
                return slot
        raise KeyError(key)
