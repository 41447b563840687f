"""The outbox: rows are added with the change they tell of, claimed by one sender, and end with an outcome."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Integer,
    Table,
    Update,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session, aliased

from db.dialects import affected, insert_many, insert_new
from db.inside import QUEUED
from db.prepared import Prepared
from db.tables import NotificationRow
from domain.notification import Kind, Lane, Notification, Outcome

Facts = dict[str, Any]
STANDS = "stands"  # among the facts: the numbers of the messages that stand in the chat already, by steps

_OUTBOX = cast(Table, NotificationRow.__table__)
_SPELLED_DUE: ColumnElement[str] = literal_column(f"'{Outcome.DUE}'")
_SPELLED_SENDING: ColumnElement[str] = literal_column(f"'{Outcome.SENDING}'")


def _next_of_its_stream() -> ColumnElement[bool]:
    """What was queued earlier in the same stream has ended: so its messages never overtake each other."""
    row, before = NotificationRow, aliased(NotificationRow)
    ahead = exists().where(
        before.stream == row.stream, before.id < row.id, before.state.in_([_SPELLED_DUE, _SPELLED_SENDING])
    )
    return or_(row.stream.is_(None), ~ahead)


def _due() -> Prepared:
    """A lane's own question, so that the index gives what is due in order: a million due later cost nothing.

    States and kinds are spelled out: only so does the partial index fit.
    """
    row = NotificationRow
    known = row.kind.in_([literal_column(f"'{kind}'") for kind in Kind])
    in_time = (row.lane == bindparam("lane")) & (row.due_at <= bindparam("now"))
    return Prepared(
        select(row.id)
        .where(row.state == _SPELLED_DUE, in_time, known, _next_of_its_stream())
        .order_by(row.due_at, row.id)
        .limit(bindparam("most", type_=Integer))
        .with_for_update(skip_locked=True)
    )


_DUE = _due()


def add(
    session: Session,
    person_id: int,
    kind: Kind,
    subject: str,
    lane: Lane,
    due_at: datetime,
    facts: dict[str, Any],
    **more: Any,
) -> bool:
    """Add a notification once per person, kind and subject (put the day into the subject where it may recur)."""
    session.info[QUEUED] = True
    return insert_new(session, NotificationRow, {**_new(person_id, kind, subject, lane, due_at, facts), **more})


def add_each(
    session: Session, kind: Kind, lane: Lane, due_at: datetime, told: Sequence[tuple[int, str, Facts]]
) -> None:
    """The same for many people at once: person, subject, facts of each."""
    session.info[QUEUED] = True
    insert_many(session, NotificationRow, [_new(one, kind, about, lane, due_at, facts) for one, about, facts in told])


def _new(person_id: int, kind: Kind, subject: str, lane: Lane, due_at: datetime, facts: Facts) -> dict[str, Any]:
    return {
        "person_id": person_id,
        "kind": kind,
        "unique_key": f"{person_id}:{kind}:{subject}",
        "lane": int(lane),
        "facts": facts,
        "state": Outcome.DUE,
        "due_at": due_at,
        "tries": 0,
    }


def add_many(session: Session, kind: Kind, lane: Lane, rows: Sequence[tuple[int, str, str, datetime]]) -> None:
    """Add notifications without facts, each (person, subject, stream, due at) once."""
    same = {"kind": kind, "lane": int(lane), "facts": {}, "state": Outcome.DUE, "tries": 0}
    each = [
        {"person_id": person_id, "unique_key": f"{person_id}:{kind}:{subject}", "stream": stream, "due_at": due_at}
        for person_id, subject, stream, due_at in rows
    ]
    insert_many(session, NotificationRow, [same | one for one in each])
    session.info[QUEUED] = True


def put_off(session: Session, person_id: int, kind: Kind, subject: str, due_at: datetime) -> bool:
    """Move a notification that is still due; whether there was one."""
    row = NotificationRow
    statement = update(row).where(row.unique_key == f"{person_id}:{kind}:{subject}", row.state == Outcome.DUE)
    return affected(session, statement.values(due_at=due_at)) == 1


def put_off_kinds(session: Session, kinds: Collection[Kind], now: datetime, until: datetime, why: str) -> int:
    """What is due of these kinds is due at `until` instead; how many rows."""
    row = NotificationRow
    unasked = (row.lane.in_((Lane.REMINDER, Lane.BROADCAST)), row.kind.in_(list(kinds)))
    statement = update(row).where(row.state == _SPELLED_DUE, row.due_at <= now, *unasked)
    return affected(session, statement.values(due_at=until, error=why))


def call_back(session: Session, lane: Lane, now: datetime, why: str) -> int:
    """What was put off for this reason is due now; how many rows."""
    row = NotificationRow
    put_off = (row.state == _SPELLED_DUE, row.lane == lane, row.due_at > now, row.error == why)
    return affected(session, update(row).where(*put_off).values(due_at=now))


def claim(session: Session, now: datetime, most: int, lanes: Iterable[Lane] = Lane) -> list[Notification]:
    """Take up to `most` due notifications of these lanes for sending, most urgent lane first.

    Of two senders only one gets a row: what another process is taking at this moment is passed over (SQLite lets
    nobody else in meanwhile). Kinds that a newer program added wait for it.
    """
    due = list[int]()
    for lane in lanes:
        if len(due) < most:
            due += (one.id for one in _DUE.rows(session, lane=int(lane), now=now, most=most - len(due)))
    if not due:
        return []
    row = NotificationRow
    taken = update(_OUTBOX).where(row.id.in_(due)).values(state=Outcome.SENDING, claimed_at=now, tries=row.tries + 1)
    rows = {one.id: one for one in session.execute(taken.returning(*_OUTBOX.c))}
    return [_notification(rows[number]) for number in due]


def _notification(row: Any) -> Notification:
    facts, stands = {**row.facts}, row.facts.get(STANDS, {})
    facts.pop(STANDS, None)
    kind, lane = Kind(row.kind), Lane(row.lane)
    return Notification(row.id, row.person_id, kind, lane, facts, row.tries, row.chat_id, stands, waits=row.waits)


def waiting_in(session: Session, stream: str) -> bool:
    """Whether anything in this stream still waits to be sent."""
    row = NotificationRow
    found = session.execute(select(row.id).where(row.stream == stream, row.state == Outcome.DUE).limit(1))
    return found.first() is not None


def move_chat(session: Session, chat: int, to: int) -> None:
    """What has not ended yet and was meant for this chat goes to another one."""
    row = NotificationRow
    waiting = (row.chat_id == chat) & row.state.in_((Outcome.DUE, Outcome.SENDING))
    session.execute(update(row).where(waiting).values(chat_id=to))


def finish(session: Session, claimed: Notification, outcome: Outcome, now: datetime, **values: Any) -> None:
    """Write the outcome of this claim; nothing when somebody has claimed the row since."""
    session.execute(_of_claim(claimed).values(state=outcome, done_at=now, **values))


def stands(session: Session, claimed: Notification, standing: Mapping[str, list[int]]) -> None:
    """Note what of it stands in the chat; nothing when somebody has claimed the row since."""
    session.execute(_of_claim(claimed).values(facts={**claimed.facts, STANDS: dict(standing)}))


def again(session: Session, claimed: Notification, due_at: datetime, error: str) -> None:
    """Back into the queue for later, after a passing fault."""
    session.execute(_of_claim(claimed).values(state=Outcome.DUE, due_at=due_at, error=error))


def wait(session: Session, claimed: Notification, due_at: datetime, why: str) -> None:
    """The same for what is nobody's fault: this claim does not count as a try."""
    waited = {"state": Outcome.DUE, "due_at": due_at, "error": why, "waits": claimed.waits + 1}
    session.execute(_of_claim(claimed).values(waited))


def _of_claim(claimed: Notification) -> Update:
    """The row as long as this claim is its last: also when it was taken for a dead sender's and is due again."""
    row = NotificationRow
    mine = (row.id == claimed.id) & (row.tries == claimed.tries)
    return update(row).where(mine, row.state.in_((Outcome.SENDING, Outcome.DUE)))


def still_sending(session: Session, claimed: Iterable[Notification], now: datetime) -> None:
    """Their sender lives, and they are on their way: nobody need take them for a dead one's."""
    row = NotificationRow
    mine = row.id.in_([one.id for one in claimed])
    session.execute(update(row).where(mine, row.state == Outcome.SENDING).values(claimed_at=now))


def free_stuck(session: Session, claimed_before: datetime) -> int:
    """Rows whose sender died come back into the queue; how many."""
    row = NotificationRow
    statement = update(row).where(row.state == _SPELLED_SENDING, row.claimed_at < claimed_before)
    return affected(session, statement.values(state=Outcome.DUE))


def counts(session: Session) -> dict[str, int]:
    """How many notifications are in each state."""
    row = NotificationRow
    rows = session.execute(select(row.state, func.count()).group_by(row.state))
    return {state: count for state, count in rows}  # noqa: C416


def oldest_due(session: Session, now: datetime) -> datetime | None:
    """Since when the oldest notification waits that could go out now; None when none does."""
    row = NotificationRow
    waiting = (row.state == _SPELLED_DUE, row.due_at <= now)
    return session.scalar(select(func.min(row.due_at)).where(*waiting))
