"""A whole application, from the first hello to the receipt, in both languages, whatever comes between."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from domain.draft import Cursor
from tests.applicant import AIGERIM, DANILA, Applicant
from tests.person import House, Person
from usecases.drafts import Draft, open_draft
from usecases.meet_person import known_person

STORIES = {"kk": AIGERIM, "ru": DANILA}


@dataclass
class InHouse:
    """A person's hands in the harness; every so many actions the bot's process dies and starts again."""

    house: House
    person: Person
    restart_every: int = 0
    done: int = 0

    async def says(self, text: str) -> None:
        await self._tired()
        await self.person.says(text)

    async def presses(self, label: str) -> None:
        await self._tired()
        await self.person.presses(label)

    async def attaches(self, name: str, content: bytes) -> None:
        await self._tired()
        await self.person.sends_document(name, content)

    async def cursor(self) -> str:
        return str((await self.draft()).cursor)

    async def draft(self) -> Draft:
        found = await self.house.work(lambda work: open_draft(work, known_person(work, self.person.account.id)))
        assert found
        return found

    async def _tired(self) -> None:
        self.done += 1
        if self.restart_every and self.done % self.restart_every == 0:
            await self.house.restart()


async def an_applicant(house: House, language: str, number: int = 1001, restart_every: int = 0) -> Applicant:
    person = house.person(number, language)
    await person.speaks(language)
    return Applicant(STORIES[language], InHouse(house, person, restart_every))


def sent_number(person: Person) -> str:
    found = re.search(r"\b79-\d{4}-\d{6}\b", person.sees)
    assert found, person.sees
    return found[0]


async def whole(applicant: Applicant) -> None:
    await applicant.checks_eligibility()
    await applicant.begins()
    await applicant.fills_in()
    await applicant.sends_documents()
    await applicant.sends_application()


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_from_hello_to_receipt_with_a_restart_before_every_third_action(house: House, language: str) -> None:
    await house.opens_competition()
    applicant = await an_applicant(house, language, restart_every=3)
    hands = applicant.hands
    assert isinstance(hands, InHouse)
    await applicant.checks_eligibility()
    await applicant.begins()
    await applicant.fills_in()
    answers = (await hands.draft()).answers
    said = applicant.story.said
    assert {key: answers[key] for key in ("surname", "title", "goal", "iin", "people_planned")} == {
        "surname": said["surname"],
        "title": said["title"],
        "goal": said["goal"],
        "iin": said["iin"],
        "people_planned": int(said["people_planned"]),
    }
    await applicant.sends_documents()
    await applicant.sends_application()
    assert sent_number(hands.person) == "79-2026-000001"


async def test_the_second_application_gets_the_next_number(house: House) -> None:
    await house.opens_competition()
    numbers = []
    for number, language in ((1001, "kk"), (1002, "ru")):
        applicant = await an_applicant(house, language, number)
        await whole(applicant)
        assert isinstance(applicant.hands, InHouse)
        numbers.append(sent_number(applicant.hands.person))
    assert numbers == ["79-2026-000001", "79-2026-000002"]


async def at_the_title(house: House) -> InHouse:
    """Somebody in the middle of the questions."""
    await house.opens_competition()
    applicant = await an_applicant(house, "kk")
    hands = applicant.hands
    assert isinstance(hands, InHouse)
    await applicant.checks_eligibility()
    await applicant.begins()
    await applicant.fills_in(until=lambda cursor: cursor == Cursor("title"))
    return hands


async def test_switching_the_language_midway_loses_nothing(house: House) -> None:
    hands = await at_the_title(house)
    before = await hands.draft()
    await hands.person.says("/language")
    await hands.person.presses("Русский")
    after = await hands.draft()
    assert (after.answers, after.cursor) == (before.answers, before.cursor)
    await Applicant(DANILA, hands).fills_in()
    assert (await hands.draft()).answers["surname"] == AIGERIM.said["surname"]
    assert (await hands.draft()).answers["title"] == DANILA.said["title"]


async def test_after_three_weeks_a_hello_is_no_answer_and_the_words_can_still_be_taken(house: House) -> None:
    hands = await at_the_title(house)
    house.clock.goes(hours=13)
    await hands.person.says("Сәлем!")
    draft = await hands.draft()
    assert "title" not in draft.answers
    assert draft.cursor == Cursor("title")
    await hands.person.says("Ауладағы кітапхана")
    assert (await hands.draft()).answers["title"] == "Ауладағы кітапхана"
