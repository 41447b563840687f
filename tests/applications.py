"""Complete drafts, as people leave them before they send: answers, consent, documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from db import documents
from domain.application import Application
from domain.consent import ConsentKind
from domain.documents import IncomingFile
from domain.draft import Cursor, Filling
from domain.form import FORM, Kind, Question
from domain.identity import check_digit
from domain.person import Person
from domain.regions import LANGUAGES
from tests.factories import a_person
from usecases.competitions import InForce
from usecases.consent import answer_consent
from usecases.drafts import begin_draft, save
from usecases.meet_person import speak
from usecases.submit_application import submit_application
from usecases.work import Work

PAPERS = ("id_card", "registration", "pension")


def an_iin(serial: int = 1) -> str:
    """An invented number of somebody born in 1813: nobody living."""
    while check_digit(eleven := f"1305232{serial:04d}") is None:
        serial += 5000
    return f"{eleven}{check_digit(eleven)}"


def answers(iin: str | None = None, **changes: Any) -> dict[str, Any]:
    """The whole form, filled in."""
    return {
        "surname": "Әбілқасымова",
        "name": "Ұлжан",
        "patronymic": "Өмірқызы",
        "iin": iin or an_iin(),
        "birth_date": "2001-05-04",
        "sex": "female",
        "citizenship": "kazakhstan",
        "phone": "+77000000001",
        "email": "ulzhan@example.kz",
        "contact_name": "Ғалым Һәкімұлы",
        "contact_phone": "+77000000002",
        "marital_status": "single",
        "working": "no",
        "studying": "no",
        "training": "no",
        "unemployed_for": "year_1",
        "education": "college",
        "region": "27",
        "registration": "permanent",
        "settlement_kind": "village",
        "district": "Сырым ауданы",
        "settlement": "Жымпиты",
        "street": "Қазақстан",
        "house": "12А",
        "flat": None,
        "vulnerable_groups": ["none"],
        "earlier_programmes": ["none"],
        "learned_from": "friends",
        "social_pages": None,
        "title": "Ауылдағы ұлттық ойындар",
        "goal": "Ауыл балаларының бос уақытын қызықты өткізу, ұлттық ойындарды үйрету.",
        "territory": "Жымпиты ауылы",
        "target_group": "10–15 жастағы балалар",
        "people_planned": 60,
        "activities": "Апта сайын сабақ, ай соңында жарыс өткіземіз, көрермен шақырамыз.",
        "partners": None,
        "results": "Алпыс бала асық, тоғызқұмалақ ойнауды үйренеді.",
        "sustainability": "Жабдық мектепте қалады, үйірме жалғасады.",
        "publicity": "Instagram парақшасы мен аудандық газет.",
        "plan": [{"action": "Сабақтар", "dates": "қаңтар – наурыз", "target_group": "балалар"}],
        "budget": [
            {"item": "Асық жинағы", "quantity": 40, "price": 5_000},
            {"item": "Тоғызқұмалақ тақтасы", "quantity": 20, "price": 15_000},
        ],
        "funded_elsewhere": "no",
    } | changes


def longest_answers(letter: str) -> dict[str, Any]:
    """Every answer as long as the form lets it be, of this one letter."""
    known = answers(earlier_programmes=["other"], earlier_other="")
    return {one.key: _longest(one, known[one.key], letter) for one in FORM}


def _longest(one: Question, value: Any, letter: str) -> Any:
    match one.kind:
        case Kind.TEXT:
            return letter * one.most
        case Kind.NAME:
            return letter * 60
        case Kind.TABLE:
            return [{c.key: letter * c.most if c.kind is Kind.TEXT else c.most for c in one.columns}] * one.most
        case Kind.MANY:
            return list(one.options)
        case _other:
            return value


@dataclass
class Ready:
    """Somebody with a draft that can be sent."""

    person: Person
    draft: int


def ready(
    work: Work,
    one: InForce,
    telegram_id: int = 1001,
    given: Mapping[str, Any] | None = None,
    *,
    language: str = "kk",
    consent: bool = True,
    papers: tuple[str, ...] = PAPERS,
) -> Ready:
    """A person with consent, answers and papers (still arriving) in this competition; each with an IIN of their own."""
    assert language in LANGUAGES
    person = speak(work, a_person(work, telegram_id), language)
    written = dict(given) if given is not None else answers(an_iin(telegram_id % 5000))
    draft = begin_draft(work, person, one)
    save(work, draft, Filling(written, Cursor()))
    for slot in papers:
        attach(work, draft.id, slot)
    if consent:
        answer_consent(work, person, ConsentKind.PROCESSING, agreed=True, language=language)
    return Ready(person, draft.id)


def attach(work: Work, draft_id: int, slot: str, name: str = "", file_id: str = "") -> None:
    """A file in a slot, on its way from Telegram; whoever lets it arrive gives a `file_id` that Telegram has."""
    file = IncomingFile(file_id or f"file-{slot}-{name}", f"unique-{slot}-{name}", name or f"{slot}.pdf", size=2048)
    documents.add(work.session, work.vault, draft_id, slot, file, work.now, file_type="pdf")


def sent(work: Work, one: InForce, telegram_id: int = 1001, **changes: Any) -> Application:
    """An application, just sent."""
    ready_one = ready(work, one, telegram_id, **changes)
    return submit_application(work, ready_one.person, ready_one.draft)
