"""Ready answers of a lot, in both languages: read from a file that a coordinator writes, filled in for one author."""

from __future__ import annotations

import tomllib
from typing import Any

from db import ready_answers as stored
from db import ticket_messages
from db.ready_answers import ReadyAnswer
from domain.person import Person
from domain.ready_answer import fill_in, read_title, read_words
from domain.refusal import Reason, Refused
from domain.regions import Words as BothWords
from domain.staff import Action
from domain.ticket import Ticket, Words
from usecases.desk import author_name, held
from usecases.handle_ticket import answer
from usecases.ticket_words import Sent
from usecases.work import Work


def load_ready_answers(work: Work, lot: str, text: str) -> int:
    """Put a lot's file in force; how many there are. `lot` empty: for every lot. ValueError names what is wrong."""
    found = [_read(raw) for raw in tomllib.loads(text).get("answer", [])]
    if len({one.key for one in found}) != len(found):
        raise ValueError("two answers have the same key")
    stored.put(work.session, lot, found)
    return len(found)


def ready_answers(work: Work, lot: str) -> tuple[ReadyAnswer, ...]:
    """A lot's answers, its own first."""
    return tuple(stored.of_lot(work.session, lot))


def filled(work: Work, ticket: Ticket, answer_id: int) -> str:
    """An answer as this author reads it, in the author's language. Refused(OLD_BUTTON)."""
    found = stored.get(work.session, answer_id, ticket.lot)
    if found is None:
        raise Refused(Reason.OLD_BUTTON)
    return fill_in(found.text.of(ticket.language), author_name(work, ticket), ticket.number)


def send(work: Work, person: Person, ticket_id: int, answer_id: int, said: int) -> Ticket:
    """Send it to the author. Refused(OLD_BUTTON) when something has been said since it was looked at."""
    ticket = held(work, person, ticket_id, Action.ANSWER_TICKET)
    if len(ticket_messages.of_ticket(work.session, ticket.id)) != said:
        raise Refused(Reason.OLD_BUTTON)
    number = ticket_messages.next_pressed(work.session, person.id)
    return answer(work, person, ticket_id, Sent(number, Words(filled(work, ticket, answer_id))))


def _read(raw: dict[str, Any]) -> ReadyAnswer:
    try:
        title, text = (
            BothWords(*(read(str(raw[part][language])) for language in ("kk", "ru")))
            for part, read in (("title", read_title), ("text", read_words))
        )
    except KeyError as error:
        raise ValueError(f"answer {raw.get('key', '?')}: {error} is missing") from error
    except Refused as refused:
        facts = ", ".join(f"{name} {value}" for name, value in refused.facts.items())
        raise ValueError(f"answer {raw.get('key', '?')}: {refused.reason} {facts}".rstrip()) from refused
    return ReadyAnswer(0, str(raw["key"]), title, text)
