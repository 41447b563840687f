"""A random walk through the form: any button shown, old or new, any words, pauses, restarts.

For ever: no update fails, none is left without an answer, and a step changes no answer but the one asked.
"""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from aiogram.filters.callback_data import CallbackData

from handlers.application import buttons
from tests.applicants import TYPED, draft_of, stands_at
from tests.drafts import ANSWERS
from tests.person import House, Person

WORDS = (
    "Ысқақова", "сәлем", "иә", "жоқ", "нет", "030504200019", "04.05.2003", "8 701 000 00 00", "+49 30 901820", "25",
    "aigerim@example.kz", "150 000", "чимкент", "kolledzh", "а" * 120, "/apply", "/menu", "/language", "",
    "Ақысыз тігін үйірмесін ашамыз, ауыл балалары кәсіп үйренеді, бәрі тегін.", "дүкен ашамыз", "<b>&", "-", "😀",
)  # fmt: skip
BUTTONS = [one for one in vars(buttons).values() if isinstance(one, type) and issubclass(one, CallbackData)]
PRESSED = {one.__prefix__ for one in BUTTONS if one not in (CallbackData, buttons.Discard)}
PRESSED |= {"apply", "lang", "docs", "review", "edit", "menu"}
STEPS = 60


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
async def test_a_walk(house: House, seed: int) -> None:
    random = Random(seed)
    left = random.sample(list(ANSWERS), 25)
    person = await stands_at(house, *left, at=left[0])
    before = await draft_of(house)
    for _step in range(STEPS):
        heard = person.heard()
        await step(house, person, random)
        assert person.heard() > heard
        after = await draft_of(house)
        changed = {key for key in {**before.answers, **after.answers} if not same(key, before.answers, after.answers)}
        assert changed <= {before.cursor.key}
        assert before.answers.keys() <= after.answers.keys()
        before = after
    assert len(before.answers) > len(ANSWERS) - len(left)


def same(key: str, before: Any, after: Any) -> bool:
    return key in before and key in after and before[key] == after[key]


async def step(house: House, person: Person, random: Random) -> None:
    """One thing a person might do; nothing throws the draft away."""
    match random.randrange(12):
        case 0:
            house.clock.goes(hours=random.choice([0, 0, 0, 13]))
            await person.says(random.choice(WORDS) or "…")
        case 1:
            await house.restart()
            await person.says("/apply")
        case 2:
            await person.sends_contact("77010000000", own=random.random() < 0.5)
        case 3:
            await person.says(random.choice(WORDS) or "…")
        case 4 | 5 | 6:
            key = (await draft_of(house)).cursor.key
            await person.says(TYPED.get(key) or str(ANSWERS.get(key) or "жоқ"))
        case kind:
            await press_something(person, random, old=kind == 7)


async def press_something(person: Person, random: Random, *, old: bool) -> None:
    messages = [m for m in person.chat.messages if m.from_bot and m.keyboard]
    message = random.choice(messages) if old else messages[-1]
    shown = [b["callback_data"] for row in message.keyboard for b in row if "callback_data" in b]
    if pressed := [data for data in shown if data.partition(":")[0] in PRESSED]:
        await person.presses_old(message, random.choice(pressed))
    else:
        await person.says("/apply")
