"""Authors and operators in one house: an operator joins by a link, speaks Russian, and has a desk."""

from __future__ import annotations

from domain.staff import Role
from tests.person import House, Person
from usecases.staff import invite

LOT = "19-5"


async def joins(house: House, number: int, name: str, role: Role = Role.OPERATOR, language: str = "ru") -> Person:
    """Somebody of the office, at the desk of the sample competition's lot."""
    invited = await house.work(lambda work: invite(work, None, role, frozenset({LOT}), name))
    person = house.person(number, language_code=language, first_name=name)
    if not person.chat.messages:
        await person.speaks(language)
    await person.starts(f"staff_{invited.token}")
    await person.says("/desk")
    return person


async def complains(person: Person, text: str) -> None:
    """An author who speaks Kazakh opens a complaint."""
    await person.says("/ask")
    await person.presses("Шағым")
    await person.says(text)


async def author(house: House, number: int, name: str) -> Person:
    person = house.person(number, first_name=name)
    await person.speaks("kk")
    return person
