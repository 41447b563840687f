"""What the people of the benchmark do: each goes through the form, typing and pressing as people do.

They begin at the first question, with consent and the eligibility check behind them. The same updates are
given to the echo.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from bot.clock import system_clock
from bot.transactions import Transactions
from db.session import Database
from db.vault import Vault
from domain.consent import ConsentKind
from domain.form import FORM, Kind
from domain.person import Place
from handlers.application.buttons import Choose, Confirm, Tick, Ticked
from tests.applicant import AIGERIM, Story
from usecases.consent import answer_consent
from usecases.demonstration import load_demonstration
from usecases.drafts import begin_draft
from usecases.meet_person import go, known_person, speak
from usecases.work import Work

KNOWN = {
    "region": "79",
    "citizenship": "kazakhstan",
    "registration": "permanent",
    "working": "no",
    "studying": "no",
    "training": "no",
}


def steps_of(story: Story) -> list[dict[str, Any]]:
    """What this person does from the first question to the plan; the check has told what stands in KNOWN."""
    steps: list[dict[str, Any]] = []
    for one in takewhile(lambda one: one.kind is not Kind.TABLE, FORM):
        if one.key in story.chosen:
            steps.append({"press": Choose(key=one.key, option=story.chosen[one.key]).pack()})
        elif one.key in story.ticked:
            steps += [{"press": Tick(key=one.key, option=option, on=True).pack()} for option in story.ticked[one.key]]
            steps.append({"press": Ticked(key=one.key).pack()})
        elif one.key in story.said:
            steps.append({"text": story.said[one.key]})
            if one.kind in (Kind.IIN, Kind.DATE):  # read back
                steps.append({"press": Confirm(key=one.key).pack()})
    return steps


STEPS = steps_of(AIGERIM)
LENGTH = len(STEPS)


def the_form(person: int) -> Iterator[dict[str, Any]]:
    """One person's way from the first question to the plan."""
    return (update(person, step) for step in STEPS)


def update(person: int, step: dict[str, Any]) -> dict[str, Any]:
    """An update without its number, as Telegram sends it."""
    user = {"id": person, "is_bot": False, "first_name": "Bench", "language_code": "kk"}
    chat = {"id": person, "type": "private", "first_name": "Bench"}
    message = {"message_id": 1, "date": 1_800_000_000, "chat": chat}
    if "text" in step:
        return {"message": {**message, "from": user, "text": step["text"]}}
    pressed = {**message, "text": "?", "from": {"id": 4242, "is_bot": True, "first_name": "Bench"}}
    query = {"id": "1", "from": user, "chat_instance": "1", "message": pressed, "data": step["press"]}
    return {"callback_query": query}


async def prepare(database: Database, vault: Vault, people: range) -> None:
    """The demonstration's competition, and everybody at the first question."""
    transactions = Transactions(database, vault, system_clock)
    for first in range(people.start, people.stop, 500):
        some = range(first, min(first + 500, people.stop))
        await transactions.run(_prepare, some)


def _prepare(work: Work, people: range) -> None:
    competition = load_demonstration(work)
    for telegram_id in people:
        person = speak(work, known_person(work, telegram_id), "kk")
        answer_consent(work, person, ConsentKind.PROCESSING, agreed=True, language="kk")
        begin_draft(work, person, competition, **KNOWN)
        go(work, person, Place.APPLICATION)
