"""An application filled in by somebody who does not exist: every answer there can be, as it is kept."""

from __future__ import annotations

from typing import Any

from domain.draft import Cursor, Filling
from domain.person import Person
from usecases.checks import begin_check, take_answer
from usecases.competitions import InForce
from usecases.drafts import Draft, begin_draft, save
from usecases.work import Work

ANSWERS: dict[str, Any] = {
    "surname": "Ысқақова",
    "name": "Айгерім",
    "patronymic": "Серікқызы",
    "iin": "030504200019",  # born in 1803: nobody's
    "birth_date": "2003-05-04",
    "sex": "female",
    "citizenship": "kazakhstan",
    "phone": "+77010000000",
    "email": "aigerim@example.kz",
    "contact_name": "Сәуле Ысқақова, анам",
    "contact_phone": "+77020000000",
    "marital_status": "single",
    "working": "no",
    "studying": "no",
    "training": "no",
    "unemployed_for": "months_6",
    "education": "college",
    "region": "79",
    "registration": "permanent",
    "settlement_kind": "city",
    "district": "Абай ауданы",
    "settlement": "Шымкент",
    "street": "Абай көшесі",
    "house": "12а",
    "flat": None,
    "vulnerable_groups": ["registered_unemployed", "rural"],
    "earlier_programmes": ["zhasyl_el", "other"],
    "earlier_other": "Жастар практикасы, 2023 жыл",
    "learned_from": "friends",
    "social_pages": "instagram.com/aigerim_example",
    "title": "Біздің аула: тегін тігін үйірмесі",
    "goal": "Ауылымызда балалардың сабақтан кейін баратын жері жоқ. Ақысыз тігін үйірмесін ашамыз.",
    "territory": "Шымкент, Абай ауданы",
    "target_group": "Жұмыс істемейтін 18–30 жастағы жас аналар",
    "people_planned": 30,
    "activities": "1) орын тауып, жұртқа хабарлаймыз; 2) 24 сабақ өткіземіз; 3) көрмеде көрсетеміз",
    "partners": None,
    "results": "30 адам курсты бітіреді, 1 көрме өтеді",
    "sustainability": "Машиналар үйірмеде қалады, бітіргендер келесі топты үйретеді",
    "publicity": "Instagram парақшасында аптасына екі жазба",
    "plan": [{"action": "24 сабақ", "dates": "1 маусымнан 31 шілдеге дейін", "target_group": "30 қыз"}],
    "budget": [
        {"item": "Тігін машинасы", "quantity": 5, "price": 90_000},
        {"item": "Мата, метр", "quantity": 100, "price": 1_500},
    ],
    "funded_elsewhere": "no",
}


def answers(*without: str, **changes: Any) -> dict[str, Any]:
    """The whole form, without these answers, with these changed."""
    return {key: value for key, value in (ANSWERS | changes).items() if key not in without}


def a_draft(work: Work, person: Person, competition: InForce, *without: str, at: str = "", **changes: Any) -> Draft:
    """The person's draft with the whole form (without these answers, with these changed), asking `at`."""
    draft = begin_draft(work, person, competition)
    return save(work, draft, Filling(answers(*without, **changes), Cursor.read(at)))


def told_in_the_check(work: Work, person: Person, **answers: str) -> None:
    """Answers given to the eligibility check before."""
    check = begin_check(work, person)
    for key, value in answers.items():
        check = take_answer(work, person, check, key, value)
