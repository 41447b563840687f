"""People who fill in the form, in tests of conversations."""

from __future__ import annotations

from typing import Any

from domain.consent import ConsentKind
from domain.form import FORM, Kind, Question
from handlers.answer_words import option_title, region_name
from handlers.language import speaking
from tests.drafts import ANSWERS, a_draft
from tests.factories import in_force
from tests.person import House, Person
from usecases.consent import answer_consent
from usecases.drafts import Draft, open_draft
from usecases.meet_person import known_person
from usecases.work import Work

KK = {"skip": "Өткізіп жіберу", "done": "Дайын", "yes": "Иә, дұрыс", "all": "Болды, әрі қарай", "add": "Жол қосу"}
RU = {"skip": "Пропустить", "done": "Готово", "yes": "Да, верно", "all": "Это всё, дальше", "add": "Добавить строку"}
TYPED = {"iin": "030504 2 0001 9", "birth_date": "04.05.2003", "contact_phone": "8 702 000 00 00"}


async def agrees(house: House, number: int = 1001) -> None:
    def agree(work: Work) -> None:
        answer_consent(work, known_person(work, number), ConsentKind.PROCESSING, agreed=True, language="kk")

    await house.work(agree)


async def stands_at(house: House, *without: str, at: str, number: int = 1001, **changes: Any) -> Person:
    """Somebody whose draft has everything (without these answers, with these changed) and asks `at`."""
    person = house.person(number)
    await person.speaks("kk")
    await agrees(house, number)

    def fill(work: Work) -> None:
        a_draft(work, known_person(work, number), in_force(work), *without, at=at, **changes)

    await house.work(fill)
    await person.says("/apply")
    return person


async def draft_of(house: House, number: int = 1001) -> Draft:
    draft = await house.work(lambda work: open_draft(work, known_person(work, number)))
    assert draft
    return draft


async def answers_everything(person: Person, language: str) -> None:
    """Answer every question of the form, each in its own way, as ANSWERS has it."""
    words = {"kk": KK, "ru": RU}[language]
    with speaking(language):
        for one in FORM:
            await answer(person, one, words)


async def answer(person: Person, one: Question, words: dict[str, str]) -> None:
    value = ANSWERS[one.key]
    if value is None:
        await person.presses(words["skip"])
    elif one.kind is Kind.TABLE:
        await fill_table(person, one, words)
    elif one.own:
        await person.sends_contact(value)
    elif labels := labels_of(one, words):
        await person.presses(*labels)
    else:
        await person.says(TYPED.get(one.key, str(value)))
    if one.key in ("iin", "birth_date"):
        await person.presses(words["yes"])


def labels_of(one: Question, words: dict[str, str]) -> list[str]:
    value = ANSWERS[one.key]
    match one.kind:
        case Kind.CHOICE:
            return [option_title(one.key, value)]
        case Kind.MANY:
            return [*(option_title(one.key, each) for each in value), words["done"]]
        case Kind.REGION:
            return [region_name(value)]
        case _other:
            return []


async def fill_table(person: Person, one: Question, words: dict[str, str]) -> None:
    for place, row in enumerate(ANSWERS[one.key]):
        if place:
            await person.presses(words["add"])
        await person.says(*(str(row[column.key]) for column in one.columns))
    await person.presses(words["all"])
