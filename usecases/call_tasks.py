"""Calling those whom the bot cannot reach: the list, the number, what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from db import applications, call_tasks, drafts, people, tickets
from domain.application import Application
from domain.call import CallOutcome, CallTask, done
from domain.contacts import parse_phone
from domain.person import Person
from domain.refusal import Reason, Refused
from domain.regions import LANGUAGES
from domain.staff import Action, lots_for
from domain.working_time import due
from usecases import must_be_called  # noqa: F401 - from its import on, what did not arrive is noted
from usecases.call_hours import hours_of
from usecases.competitions import competitions_in_force, latest
from usecases.sealed_answers import together
from usecases.staff import demand, members_of
from usecases.unheard import Unheard, undelivered
from usecases.work import Work

AGAIN_AFTER = timedelta(hours=2)  # at work, when nobody answered
MOST_SHOWN = 20


@dataclass(frozen=True)
class Call:
    """What one must know in order to call."""

    task: CallTask
    name: str
    phone: str  # E.164; empty: none is known
    language: str
    may_fill: bool  # no application of theirs stands, and some are taken
    unheard: tuple[Unheard, ...]  # what to tell them


def calls_due(work: Work, person: Person) -> tuple[CallTask, ...]:
    """Whom to call now, in the lots of this person's. Refused(NOT_ALLOWED)."""
    demand(work, person, Action.CALL_PEOPLE, None)
    lots = lots_for(members_of(work, person), Action.CALL_PEOPLE)
    return tuple(call_tasks.due(work.session, lots or None, work.now, MOST_SHOWN))


def open_call(work: Work, person: Person, task_id: int) -> Call:
    """Name and number; it is written down who saw them. Refused: NOT_ALLOWED, NOT_FOUND."""
    task = _task(work, person, task_id)
    sent = applications.find(work.session, task.application_id) if task.application_id else None
    answers = _answers(work, task)
    tickets.record_opening(work.session, work.now, person.id, task.person_id, "phone", task.number)
    name = " ".join(str(answers[key]) for key in ("surname", "name") if answers.get(key))
    called = people.get_person(work.session, task.person_id)
    language = sent.language if sent else (called.language if called else None) or LANGUAGES[0]
    unheard = undelivered(work, person, task.person_id, task.lot)
    return Call(task, name, str(answers.get("phone", "")), language, _may_fill(work, task, sent), unheard)


def note_call(work: Work, person: Person, task_id: int, outcome: CallOutcome, tries: int) -> bool:
    """Write down what came of a call; whether the matter is done.

    `tries`: calls before this one, as its caller saw. Refused: NOT_ALLOWED, NOT_FOUND; OLD_BUTTON when one has been
    noted since.
    """
    task = _task(work, person, task_id)
    if task.tries != tries:
        raise Refused(Reason.OLD_BUTTON)
    over = done(outcome, task.tries + 1)
    again = due(work.now, AGAIN_AFTER, hours_of(work, task.lot))
    values = {"caller_id": person.id, "outcome": outcome, "next_at": again, "done_at": work.now if over else None}
    if not call_tasks.tried(work.session, task, **values):
        raise Refused(Reason.NOT_FOUND)
    return over


def _answers(work: Work, task: CallTask) -> dict[str, Any]:
    """Name and number as the application tells them, else a draft, else the ticket of somebody who telephoned."""
    if task.application_id:
        return together(work, *applications.answers(work.session, task.application_id))
    written = together(work, *drafts.newest_answers(work.session, task.person_id))
    if written.get("phone"):
        return written
    account = str(work.vault.open_data(tickets.sealed_of(work.session, task.ticket_id or 0) or b"").get("name", ""))
    name, _comma, phone = account.rpartition(", ")
    try:
        return {"name": name, "phone": parse_phone(phone).e164}
    except Refused:
        return {"name": account}


def _may_fill(work: Work, task: CallTask, sent: Application | None) -> bool:
    if sent is None:
        among = (one.competition for one in competitions_in_force(work))
        return any(one.lot == task.lot and one.open(work.now) for one in among)
    one = latest(work, sent.competition_id)
    return applications.standing(work.session, task.person_id, one.id) is None and one.competition.open(work.now)


def _task(work: Work, person: Person, task_id: int) -> CallTask:
    """The task, if it is of a lot of theirs; of their own application nobody calls themselves."""
    task = call_tasks.get(work.session, task_id)
    demand(work, person, Action.CALL_PEOPLE, (task.lot if task else None) or None)
    if task is None or task.person_id == person.id:
        raise Refused(Reason.NOT_FOUND)
    return task
