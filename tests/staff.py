"""People who work in the office: for tests that need somebody with a role."""

from __future__ import annotations

from domain.person import Person
from domain.staff import Role
from tests.person import House
from tests.person import Person as Phone
from usecases.meet_person import known_person, speak
from usecases.staff import PREFIX, invite, join
from usecases.work import Work

LOT = "19-5"


def hired(work: Work, role: Role, telegram_id: int, *lots: str, name: str = "", language: str = "ru") -> Person:
    """A person with this role (in lot 19-5 unless said otherwise; "*": in all)."""
    of = frozenset() if lots == ("*",) else frozenset(lots or (LOT,))
    person = speak(work, known_person(work, telegram_id), language)
    join(work, person, invite(work, None, role, of, name or f"{role} {telegram_id}").token, "")
    return known_person(work, telegram_id)


async def works(house: House, role: Role, number: int, *lots: str, name: str = "", language: str = "ru") -> Phone:
    """Somebody with this role and a phone, at the work menu."""
    of = frozenset() if lots == ("*",) else frozenset(lots or (LOT,))
    made = await house.work(lambda work: invite(work, None, role, of, name))
    phone = house.person(number, language, name or f"{role} {number}")
    await house.work(lambda work: speak(work, known_person(work, number), language))
    await phone.starts(PREFIX + made.token)
    return phone


__all__ = ["LOT", "hired", "works"]
