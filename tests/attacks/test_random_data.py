"""Any bytes as a button's data, from anybody, at every place: never an exception, always one answer.

Half of it is made up; half is data of buttons that somebody was really shown, in any conversation, with a number, a
word or a letter changed, a part too many or too few, of another kind, or too long.
"""

from __future__ import annotations

from random import Random

import pytest

from bot.conversations import routes
from domain.person import Place
from sandbox.chats import Message
from tests.attacks import asking
from tests.attacks.looking import Choice
from tests.attacks.presses import buttons_of
from tests.engines import Postgres
from tests.person import House, Person, a_house
from usecases.meet_person import go, known_person

PREFIXES, PLACES = list(routes().presses), list(routes().redraws)
NUMBERS = ("0", "-1", "1", "2", "3", "999999", str(2**31), str(2**63), "9" * 40, "1e3", "٣", "+1", "1.0", " 1", "")
WORDS = (
    "",
    "-",
    "*",
    "none",
    "True",
    "nan",
    "\x00",
    "<b>",
    "🧑🏽‍🤝‍🧑🏻",
    "я" * 20,
    "я" * 40,
    "x" * 50,
    "x" * 5000,
    "'; --",
    "{0}",
    "%s",
    "../..",
)


def made_up(dice: Random) -> str:
    """Any characters, behind a known prefix or none."""
    length = dice.choice((0, 1, 8, 64, 300))
    some = "".join(chr(dice.choice((dice.randrange(1, 128), dice.randrange(128, 0xD800)))) for _ in range(length))
    known = dice.choice(PREFIXES)
    return dice.choice((some, f"{known}:{some}", f"{some}:{known}", known))


def changed(data: str, dice: Random) -> str:
    """Somebody's data, nearly."""
    prefix, *parts = data.split(":")
    match dice.randrange(6):
        case 0:
            parts.append(dice.choice(NUMBERS + WORDS))
        case 1 if parts:
            parts.pop(dice.randrange(len(parts)))
        case 2:
            dice.shuffle(parts)
        case 3:
            prefix = dice.choice(PREFIXES)
        case 4 if data:
            place = dice.randrange(len(data))
            return data[:place] + chr(dice.randrange(1, 0xD800)) + data[place + 1 :]
        case _other if parts:
            part = dice.randrange(len(parts))
            parts[part] = dice.choice(NUMBERS if parts[part].lstrip("-").isdecimal() else NUMBERS + WORDS)
    return ":".join((prefix, *parts))


async def shown_anywhere(house: House) -> tuple[list[Person], list[str]]:
    """Everybody of an office after two requests, and the data of every button that any of them was shown."""
    office = await asking.an_office(house, Choice())
    await asking.asks(office)
    await asking.watches(office)
    people = [one.person for one in office.looks.values()] + list(office.presses.strangers)
    found = [
        button.data
        for person in people
        for message in person.chat.everything.values()
        for version in (message.data, *message.versions)
        for button in buttons_of(Message(version))
    ]
    return people, sorted(set(found))


async def stands(house: House, person: Person, place: Place) -> None:
    await house.work(lambda work: go(work, known_person(work, person.account.id), place))


async def press_at_random(house: House, seed: int, presses: int) -> None:
    dice = Random(seed)
    people, known = await shown_anywhere(house)
    for number in range(presses):
        person, place = dice.choice(people), dice.choice(PLACES)
        if dice.random() < 0.2:
            await stands(house, person, place)
        data = made_up(dice) if dice.random() < 0.3 else changed(dice.choice(known), dice)
        pressed = person.account.presses(dice.choice((person.screen.id, 1, 10**9)), data, stale=True)
        assert pressed
        heard = len(person.chat.answers)
        await house.program.intake.take(pressed)
        assert house.program.intake.failed == 0, f"seed {seed}, press {number}: {data!r} by {person.account.id} broke"
        assert len(person.chat.answers) == heard + 1, f"seed {seed}, press {number}: {data!r} was not answered once"
    await house.settle()
    house.check()


async def test_any_data_is_answered() -> None:
    async with a_house() as house:
        await press_at_random(house, 1, 300)


async def test_any_data_is_answered_on_postgresql(postgres: Postgres) -> None:
    async with a_house(url=postgres.url) as house:
        await press_at_random(house, 1, 60)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2, 12))
async def test_any_data_is_answered_for_long(house: House, seed: int) -> None:
    await press_at_random(house, seed, 5_000)
