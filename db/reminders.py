"""Who is to be, and who was, reminded of what; the rules in force; how far each step was carried out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from db.dialects import insert_many, insert_new
from db.prepared import Prepared
from db.tables import ReminderRow, ReminderRulesRow, ReminderRunRow


class Standing(StrEnum):
    """Where one reminder stands."""

    DUE = "due"
    SENDING = "sending"  # it stands in a message that is on its way
    SENT = "sent"
    DONE = "done"  # there was nothing to remind of any more
    LAPSED = "lapsed"  # it made no sense any more
    MUTED = "muted"  # the person had switched it off
    FAILED = "failed"


WAITING = (Standing.DUE, Standing.SENDING)


@dataclass(frozen=True)
class Reminder:
    """One reminder of one person, as stored."""

    id: int
    person_id: int
    rule: str
    step: str
    subject: int
    occasion: str
    competition_id: int | None
    due_at: datetime


@dataclass(frozen=True)
class Run:
    """A step being carried out; `upto`: people up to this id have theirs."""

    id: int
    upto: int
    ended: bool


_RULES = ReminderRulesRow.__table__
_RULES_NOW = Prepared(select(_RULES.c.sha256, _RULES.c.id).order_by(_RULES.c.id.desc()).limit(1))
COLUMNS = tuple(getattr(ReminderRow, name) for name in Reminder.__dataclass_fields__)


def rules_in_force(session: Session) -> tuple[str, int] | None:
    """(hash, id) of the file of rules that was loaded last; None when none ever was."""
    found = _RULES_NOW.row(session)
    return (found.sha256, found.id) if found else None


def rules_text(session: Session, rules_id: int) -> str:
    return session.get_one(ReminderRulesRow, rules_id).text


def put_rules(session: Session, text: str, digest: str, now: datetime) -> None:
    session.add(ReminderRulesRow(text=text, sha256=digest, loaded_at=now))
    session.flush()


def run_of(session: Session, rule: str, step: str, competition_id: int, at: datetime) -> Run:
    """This step of a rule at this moment, begun now if it was not yet; held until the transaction ends."""
    row = ReminderRunRow
    key = {"rule": rule, "step": step, "competition_id": competition_id, "at": at}
    this = select(row.id, row.upto, row.ended_at).filter_by(**key)
    found = session.execute(this).first()
    if found is None or found.ended_at is None:
        insert_new(session, row, {**key, "upto": 0, "ended_at": None})
        found = session.execute(this.with_for_update()).one()
    return Run(found.id, found.upto, found.ended_at is not None)


def advance(session: Session, run: Run, upto: int, ended_at: datetime | None) -> None:
    row = ReminderRunRow
    session.execute(update(row).where(row.id == run.id).values(upto=upto, ended_at=ended_at))


def add(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Keep reminders that are due; whatever stands already, in whatever state, stays as it is."""
    if rows:
        insert_many(session, ReminderRow, [{**one, "state": Standing.DUE} for one in rows])


def add_anew(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """The same for one person; what had failed comes as a row of another number."""
    row = ReminderRow
    for one in rows:
        key = {name: one[name] for name in ("person_id", "rule", "subject", "occasion", "step")}
        session.execute(delete(row).filter_by(**key).where(row.state == Standing.FAILED))
    add(session, rows)


def add_one(session: Session, values: dict[str, Any]) -> bool:
    """The same for one; whether it is new."""
    return insert_new(session, ReminderRow, {**values, "state": Standing.DUE})


def unqueued(session: Session, now: datetime, most: int) -> list[tuple[int, int, datetime]]:
    """Up to `most` people with due reminders for which no notification is on its way: their first, since when all are.

    It is each row's only time: what is put off is forgotten, and comes as a row of another number.
    """
    row = ReminderRow
    waiting = (row.state == Standing.DUE, row.queued_at.is_(None), row.due_at <= now)
    some = select(row.person_id, func.min(row.id), func.max(row.due_at)).where(*waiting)
    found = session.execute(some.group_by(row.person_id).order_by(row.person_id).limit(most))
    return [(person_id, first, due_at) for person_id, first, due_at in found]


def mark_queued(session: Session, person_ids: Collection[int], now: datetime) -> None:
    row = ReminderRow
    waiting = (row.person_id.in_(person_ids), row.state == Standing.DUE, row.queued_at.is_(None), row.due_at <= now)
    session.execute(update(row).where(*waiting).values(queued_at=now))


def waiting_of(session: Session, person_id: int, now: datetime) -> list[Reminder]:
    """What is due to a person, also what stood in a message that never got through; held."""
    row = ReminderRow
    due = (row.person_id == person_id, row.state.in_(WAITING), row.due_at <= now)
    return _read(session, select(*COLUMNS).where(*due).order_by(row.due_at, row.id).with_for_update())


def later_of(session: Session, person_id: int, now: datetime) -> list[Reminder]:
    """What will be due to a person: they asked for it."""
    row = ReminderRow
    later = (row.person_id == person_id, row.state == Standing.DUE, row.due_at > now)
    return _read(session, select(*COLUMNS).where(*later).order_by(row.due_at, row.id))


def in_message(session: Session, person_id: int, first: int) -> list[Reminder]:
    """What a message said whose first reminder is this one."""
    row = ReminderRow
    return _read(session, select(*COLUMNS).where(row.person_id == person_id, row.message == first).order_by(row.id))


def settle(session: Session, ids: Iterable[int], state: Standing, now: datetime) -> None:
    """These need not be said any more."""
    if found := list(ids):
        row = ReminderRow
        session.execute(update(row).where(row.id.in_(found)).values(state=state, done_at=now))


def say(session: Session, ids: Sequence[int]) -> None:
    """These stand together in a message that goes out now."""
    row = ReminderRow
    session.execute(update(row).where(row.id.in_(ids)).values(state=Standing.SENDING, message=min(ids)))


def forget(session: Session, one: Reminder) -> None:
    """As if it had never been due: at its later moment, or should its date come back, its step is carried out again."""
    session.execute(delete(ReminderRow).where(ReminderRow.id == one.id))
    run = {"rule": one.rule, "step": one.step, "competition_id": one.competition_id, "at": one.due_at}
    session.execute(delete(ReminderRunRow).filter_by(**run))


def finish(session: Session, person_id: int, state: Standing, now: datetime) -> None:
    """How the message of this person that was on its way has ended."""
    row = ReminderRow
    mine = (row.person_id == person_id, row.state == Standing.SENDING)
    session.execute(update(row).where(*mine).values(state=state, done_at=now))


def give_up(session: Session, person_id: int, now: datetime) -> None:
    """The person cannot be reached: nothing that is due to them now will come later."""
    row = ReminderRow
    mine = (row.person_id == person_id, row.state.in_(WAITING), row.due_at <= now)
    session.execute(update(row).where(*mine).values(state=Standing.FAILED, done_at=now))


def counts(session: Session) -> list[tuple[str, str, int]]:
    """(rule, state, how many), in order."""
    row = ReminderRow
    found = session.execute(select(row.rule, row.state, func.count()).group_by(row.rule, row.state))
    return sorted((rule, state, count) for rule, state, count in found)


def _read(session: Session, statement: Any) -> list[Reminder]:
    return [Reminder(*one) for one in session.execute(statement)]
