"""The eligibility check: one row, answered question by question, judged under the rules then in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db import checks
from db.checks import CheckRecord
from domain.person import Person
from usecases.work import Work


@dataclass(frozen=True)
class Check:
    """A check of one person; `version_id` and `eligible` stand once it is judged.

    `answers` has the form's own keys (citizenship, birth_date as ISO text, region as KATO code, …), so that an
    application can begin with them.
    """

    id: int
    answers: Mapping[str, Any]
    version_id: int | None
    eligible: bool | None
    begun_at: datetime
    judged_at: datetime | None


def latest_check(work: Work, person: Person) -> Check | None:
    """The check this person began last, judged or not."""
    record = checks.newest(work.session, person.id)
    return _check(record) if record else None


def _check(record: CheckRecord) -> Check:
    return Check(record.id, record.answers, record.version_id, record.eligible, record.begun_at, record.judged_at)
