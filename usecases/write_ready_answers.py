"""Ready answers are written in the chat, by whoever watches over a lot: a draft is written, looked at, put in use.

What operators can send never changes under their hands: another version is a draft of its own until it takes the
place of the first.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping

from db import ready_answers as stored
from db.ready_answers import ReadyAnswer as ReadyAnswer
from domain.person import Person
from domain.ready_answer import read_title, read_words
from domain.refusal import Reason, Refused
from domain.staff import Action, may_rule
from usecases.staff import demand, lots_of, members_of
from usecases.work import Work

EVERY_LOT = ""
# What one is made of, in the order in which it is asked for; how each is read.
FIELDS: Mapping[str, Callable[[str], str]] = {
    "title_kk": read_title,
    "title_ru": read_title,
    "text_kk": read_words,
    "text_ru": read_words,
}


def lots_written_for(work: Work, person: Person) -> tuple[str, ...]:
    """The lots whose answers this person writes; EVERY_LOT first for whoever watches over all. Refused(NOT_ALLOWED)."""
    demand(work, person, Action.MAKE_READY_ANSWER, None)
    every = (EVERY_LOT,) if _of_all(work, person) else ()
    return (*every, *lots_of(work, person, Action.MAKE_READY_ANSWER))


def answers_for(work: Work, person: Person, lot: str) -> tuple[ReadyAnswer, ...]:
    """A lot's own answers in their order, then what is being written. Refused(NOT_ALLOWED)."""
    _demand(work, person, lot)
    return tuple(stored.written_for(work.session, lot))


def answer_for(work: Work, person: Person, answer_id: int) -> ReadyAnswer:
    """One of them. Refused: NOT_ALLOWED; OLD_BUTTON when it is gone."""
    demand(work, person, Action.MAKE_READY_ANSWER, None)
    found = _known(work, answer_id)
    _demand(work, person, found.lot)
    return found


def begin(work: Work, person: Person, lot: str) -> ReadyAnswer:
    """A new draft. Refused: NOT_ALLOWED; NOT_FOUND for a lot that there is not."""
    _demand(work, person, lot)
    if lot not in lots_written_for(work, person):
        raise Refused(Reason.NOT_FOUND)
    return _known(work, stored.add_draft(work.session, lot, _new_key()))


def to_write(work: Work, person: Person, answer_id: int) -> ReadyAnswer:
    """The draft to write in: this one, or another version of the one in use. Refused as `answer_for`."""
    one = answer_for(work, person, answer_id)
    return one if one.draft else _known(work, stored.add_draft(work.session, one.lot, _new_key(), one))


def write(work: Work, person: Person, answer_id: int, field: str, text: str) -> ReadyAnswer:
    """What one of a draft's FIELDS says. Refused as `answer_for`; EMPTY, TOO_LONG, UNKNOWN_PLACEHOLDER."""
    answer_for(work, person, answer_id)
    if field not in FIELDS or not stored.write(work.session, answer_id, field, FIELDS[field](text)):
        raise Refused(Reason.OLD_BUTTON)
    return _known(work, answer_id)


def put_in_use(work: Work, person: Person, answer_id: int) -> ReadyAnswer:
    """From now on operators can send it; what it is another version of they can not. Refused as `answer_for`."""
    one = answer_for(work, person, answer_id)
    if missing(one) or not stored.put_in_use(work.session, one):
        raise Refused(Reason.OLD_BUTTON)
    return _known(work, answer_id)


def take_out(work: Work, person: Person, answer_id: int) -> ReadyAnswer:
    """Operators can not send it any more; a draft is thrown away. Refused as `answer_for`."""
    one = answer_for(work, person, answer_id)
    stored.remove(work.session, one.id)
    return one


def missing(one: ReadyAnswer) -> tuple[str, ...]:
    """Which of FIELDS are not written yet."""
    return tuple(field for field in FIELDS if not said(one, field))


def said(one: ReadyAnswer, field: str) -> str:
    """What one of FIELDS says; empty: nothing yet."""
    part, _separator, language = field.partition("_")
    both = one.title if part == "title" else one.text
    return both.of(language)


def _demand(work: Work, person: Person, lot: str) -> None:
    demand(work, person, Action.MAKE_READY_ANSWER, lot or None)
    if lot == EVERY_LOT and not _of_all(work, person):
        raise Refused(Reason.NOT_ALLOWED, action=Action.MAKE_READY_ANSWER.value, lot=lot)


def _of_all(work: Work, person: Person) -> bool:
    return any(may_rule(one, Action.MAKE_READY_ANSWER, frozenset()) for one in members_of(work, person))


def _known(work: Work, answer_id: int) -> ReadyAnswer:
    found = stored.any_of(work.session, answer_id)
    if found is None:
        raise Refused(Reason.OLD_BUTTON)
    return found


def _new_key() -> str:
    """Files name answers by keys; no file has this one."""
    return f"chat-{secrets.token_hex(8)}"
