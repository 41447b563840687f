"""Values that tests start from; each test changes what it is about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import Any

from domain.competition import (
    AgeRule,
    CallCentre,
    Competition,
    Criterion,
    Dates,
    DocumentSlot,
    EligibilityRules,
    ReferenceDate,
    Registration,
    Rework,
)
from domain.person import Person
from domain.regions import Words
from domain.ticket import Ticket, TicketKind, TicketState
from usecases.competitions import InForce, load_competition
from usecases.meet_person import known_person
from usecases.work import Work

# A key for tests only; nothing real was ever sealed with it.
DATA_KEY = "dGVzdHMgb25seSwgbm90aGluZyByZWFsIHNlYWxlZCE="
NOW = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)  # noon in Kazakhstan


def both(text: str) -> Words:
    return Words(f"{text} kk", f"{text} ru")


def a_slot(key: str, *, required: bool = True, only_vulnerable: bool = False) -> DocumentSlot:
    return DocumentSlot(
        key=key,
        title=both(key),
        reason=both(f"why {key}"),
        required=required,
        only_vulnerable=only_vulnerable,
        formats=("jpg", "png", "pdf", "docx"),
        max_bytes=10 << 20,
        max_files=5,
    )


def a_competition(now: datetime = NOW) -> Competition:
    """A competition of lot 19-5 (regions 27 and 79) whose intake opened a week ago and closes in a week."""
    return Competition(
        code="19-5-2026",
        year=2026,
        lot="19-5",
        demonstration=True,
        name=both("Competition"),
        organiser=both("Organiser"),
        dates=Dates(
            campaign_from=now - timedelta(days=14),
            intake_opens=now - timedelta(days=7),
            intake_closes=now + timedelta(days=7),
            technical_until=now + timedelta(days=9),
            commission_until=now + timedelta(days=12),
            results=now + timedelta(days=16),
            projects_until=now + timedelta(days=60),
        ),
        rules=EligibilityRules(
            age=AgeRule(18, 35, ReferenceDate.APPLICATION),
            citizenship=True,
            registrations=(Registration.PERMANENT, Registration.TEMPORARY),
            registered_months=0,
            part_time_study_allowed=False,
        ),
        maximum=1_000_000,
        quotas={"27": 8, "79": 20},
        documents=(
            a_slot("id_card"),
            a_slot("registration"),
            a_slot("vulnerable", only_vulnerable=True),
            a_slot("pension"),
            a_slot("extra", required=False),
        ),
        criteria=tuple(
            Criterion(key, both(key), both(f"about {key}"), 5)
            for key in ("significance", "achievability", "sustainability", "plan", "budget")
        ),
        tie_break=("significance", "achievability", "plan", "budget"),
        call_centre=CallCentre("+77000000000", "help@example.kz", both("address"), both("hours")),
        rework=Rework(24),
        rules_text=Words("## Бір\nМәтін", "## Раз\nТекст"),
        keep_years=5,
    )


def a_ticket(**changes: Any) -> Ticket:
    """A question in the queue, opened at NOW."""
    values: dict[str, Any] = {
        "id": 1,
        "number": "T-79-2026-000001",
        "kind": TicketKind.QUESTION,
        "person_id": 1,
        "competition_id": 1,
        "lot": "19-5",
        "subject": None,
        "state": TicketState.OPEN,
        "role": "operator",
        "holder_id": None,
        "language": "kk",
        "context": {},
        "opened_at": NOW,
        "due_by": NOW + timedelta(days=1),
        "answer_by": NOW + timedelta(days=1),
        "solve_by": NOW + timedelta(days=7),
        "answered_at": None,
        "closed_at": None,
        "reopened": 0,
        "rating": None,
    }
    return Ticket(**{**values, **changes})


SAMPLE = files("programme").joinpath("samples", "competition.toml").read_text("utf-8")


def in_force(work: Work, *changes: tuple[str, str]) -> InForce:
    """The sample competition put in force (intake open at NOW), with these texts of its file replaced."""
    text = SAMPLE
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return load_competition(work, text, Words("## Бір\nМәтін", "## Раз\nТекст"))


def a_person(work: Work, telegram_id: int = 1001) -> Person:
    """Somebody who has just said hello."""
    return known_person(work, telegram_id)
