"""What the people of the benchmark do: each goes through the form, typing and pressing as people do.

They begin at the first question, with consent and the eligibility check behind them. The same updates are
given to the echo.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from bot.clock import system_clock
from db.session import Database
from db.vault import Vault
from domain.consent import ConsentKind
from domain.person import Place
from handlers.application.buttons import Choose, Confirm, Tick, Ticked
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


def says(text: str) -> dict[str, Any]:
    return {"text": text}


def chooses(key: str, option: str) -> dict[str, Any]:
    return {"press": Choose(key=key, option=option).pack()}


def ticks(key: str) -> list[dict[str, Any]]:
    return [{"press": Tick(key=key, option="none").pack()}, {"press": Ticked(key=key).pack()}]


STEPS: list[dict[str, Any]] = [
    says("Сейітова"),
    says("Айгерім"),
    says("Ерланқызы"),
    says("990504200018"),  # invented: born in 1899
    {"press": Confirm(key="iin").pack()},
    says("4 мамыр 2001"),
    {"press": Confirm(key="birth_date").pack()},
    chooses("sex", "female"),
    says("8 701 000 00 01"),
    says("aigerim@example.kz"),
    says("Сейітова Гүлнар, анам"),
    says("8 702 000 00 02"),
    chooses("marital_status", "single"),
    chooses("unemployed_for", "year_1"),
    chooses("education", "college"),
    chooses("settlement_kind", "city"),
    says("Әл-Фараби ауданы"),
    says("Шымкент"),
    says("Тәуке хан даңғылы"),
    says("12"),
    says("5"),
    *ticks("vulnerable_groups"),
    *ticks("earlier_programmes"),
    chooses("learned_from", "friends"),
    says("instagram: aigerim_demo"),
    says("Ауладағы робототехника"),
    says("Шеткі ықшамаудандағы балалардың сабақтан кейін баратын тегін үйірмесі жоқ. Соны ашамыз."),
    says("Шымкент, Қайтпас ықшамауданы"),
    says("10–14 жастағы балалар"),
    says("40"),
    says("Аптасына үш рет робот құрастыру сабағы, айына бір рет ата-аналарға ашық сабақ."),
    says("№ 65 мектеп-лицей"),
    says("Қырық бала он екі сабақтан өтіп, топпен төрт робот құрастырады."),
    says("Жиынтықтар мектепте қалады, үйірмені мұғалім жалғастырады."),
    says("Instagram парақшасы мен мектеп сайты"),
]
LENGTH = len(STEPS)
TYPED = sum("text" in step for step in STEPS)


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
    for first in range(people.start, people.stop, 500):
        some = range(first, min(first + 500, people.stop))
        await database.transaction(partial(_prepare, vault=vault, people=some))


def _prepare(session: Any, vault: Vault, people: range) -> None:
    work = Work(session, system_clock(), vault)
    competition = load_demonstration(work)
    for telegram_id in people:
        person = speak(work, known_person(work, telegram_id), "kk")
        answer_consent(work, person, ConsentKind.PROCESSING, agreed=True, language="kk")
        begin_draft(work, person, competition, **KNOWN)
        go(work, person, Place.APPLICATION)
