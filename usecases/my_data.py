"""What is stored about a person: in short, and in full for them to take along (law 94-V: access)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db import openings as opened
from db import personal_data
from db.personal_data import Row
from db.vault import Vault
from domain.local_time import ALMATY
from domain.person import Person
from domain.regions import Words
from usecases.competitions import every_competition
from usecases.reminder_rules import rules_in_force
from usecases.work import Work

Stored = Mapping[str, list[dict[str, Any]]]  # table -> rows, oldest first; JSON values


@dataclass(frozen=True)
class Sent:
    """An application that was sent."""

    number: str
    sent_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class Summary:
    """How much is stored, and since when. `answers` counts those of the draft; `checked_at` is of the last check."""

    since: datetime
    checked_at: datetime | None
    draft_touched_at: datetime | None
    answers: int
    documents: int
    applications: tuple[Sent, ...]
    requests: int
    notifications: int
    openings: int


@dataclass(frozen=True)
class Names:
    """What files of the office call things by: rules of reminders by key and by switch, papers by slot."""

    rules: Mapping[str, Words]
    switches: Mapping[str, Words]
    papers: Mapping[str, Words]


@dataclass(frozen=True)
class Opening:
    """Somebody opened this person's data."""

    at: datetime
    what: str


def summary(work: Work, person: Person) -> Summary:
    """What there is about this person, counted."""
    rows = personal_data.rows_of(work.session, person.id)
    draft = next((one for one in reversed(rows["draft"]) if one["state"] == "open"), None)
    return Summary(
        since=person.met_at,
        checked_at=max((one["begun_at"] for one in rows["eligibility_check"]), default=None),
        draft_touched_at=draft["touched_at"] if draft else None,
        answers=len(_together(work.vault, draft)) if draft else 0,
        documents=sum(one["removed_at"] is None for one in rows["document"]),
        applications=tuple(Sent(one["number"], one["sent_at"], one["withdrawn_at"]) for one in rows["application"]),
        requests=len(rows["ticket"]),
        notifications=len(rows["notification"]),
        openings=len(openings(work, person)),
    )


def openings(work: Work, person: Person) -> tuple[Opening, ...]:
    """Who opened this person's data: when and what, newest first. Looking at one's own data is not recorded."""
    return tuple(Opening(at, what) for at, what, _who in opened.openings(work.session, person.id))


def everything(work: Work, person: Person) -> Stored:
    """Every row about this person in every table, with what is sealed opened: plain JSON values."""
    rows = personal_data.rows_of(work.session, person.id)
    return {table: [_readable(work.vault, row) for row in found] for table, found in rows.items()}


def names(work: Work) -> Names:
    """The names in force; of papers that several competitions want under one key, the last one's."""
    rules = rules_in_force(work).all
    papers = {slot.key: slot.title for one in every_competition(work) for slot in one.competition.documents}
    return Names({one.key: one.title for one in rules}, {one.switch: one.title for one in rules}, papers)


def _readable(vault: Vault, row: Row) -> dict[str, Any]:
    return {column: _value(vault, value) for column, value in row.items()}


def _value(vault: Vault, value: Any) -> Any:
    """A stored value as JSON knows it; moments in Kazakhstan's time."""
    match value:
        case datetime():
            return value.astimezone(ALMATY).isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case bytes():
            return _opened(vault, value)
        case _other:
            return value


def _opened(vault: Vault, sealed: bytes) -> Any:
    """What was sealed: a mapping, or a text such as a file's name."""
    if not sealed:
        return None
    text = vault.open(sealed).decode()
    try:
        opened = json.loads(text)
    except ValueError:
        return text
    return opened if isinstance(opened, dict) else text


def _together(vault: Vault, draft: Row) -> dict[str, Any]:
    return {**draft["answers"], **vault.open_data(draft["sealed"])}
