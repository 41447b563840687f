"""Authors and operators in one house: an operator joins by a link, speaks Russian, and has a desk."""

from __future__ import annotations

from domain.staff import Role
from tests.person import House, Person
from tests.staff import works


async def joins(house: House, number: int, name: str, role: Role = Role.OPERATOR, language: str = "ru") -> Person:
    """Somebody of the office, at the desk of the sample competition's lot."""
    person = await works(house, role, number, name=name, language=language)
    await person.says("/desk")
    return person


async def take_next(person: Person) -> None:
    """An operator has the most urgent request laid on the desk."""
    await person.says("/desk")
    await person.presses("▶️ Взять следующее")


async def complains(person: Person, text: str) -> None:
    """An author who speaks Kazakh opens a complaint."""
    await person.says("/ask")
    await person.presses("Шағым")
    await person.says(text)


async def author(house: House, number: int, name: str) -> Person:
    person = house.person(number, first_name=name)
    await person.speaks("kk")
    return person
