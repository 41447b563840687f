"""Button data made up by a stranger: whatever it names, nobody else's words are shown and nobody else's rows change.

Telegram lets a changed client send any bytes as a button's data. So every class of data is filled with other
people's numbers, with nonsense and with numbers that no column holds, and pressed at every place.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import cycle, islice
from typing import Any

import pytest
import pytest_asyncio
from aiogram.filters.callback_data import CallbackData

from bot.conversations import routes
from db import personal_data
from domain.draft_tables import mark
from domain.form import FORM
from domain.message_limits import DATA_LIMIT
from domain.person import Place
from tests.applications import answers, ready
from tests.factories import in_force
from tests.life import a_life
from tests.person import House, Person, a_house
from usecases.meet_person import go, known_person
from usecases.work import Work

PRESSES = {data.__prefix__: data for data, _press in routes().presses.values()}
SENT, WRITING, STRANGER, NEWCOMER = 7_001_001, 7_001_002, 1001, 1002
SECRET = "Құпиясөз"
NUMBERS = (0, -1, 1, 2**31, 2**63 - 1, 2**63, -(2**63) - 1, 10**30)
NONSENSE = ("", "x", "'; DROP TABLE draft; --", "<b>", "%s {0}", "x" * DATA_LIMIT, "я" * 30, "\x00", "../..", "a/b/c/d")
PATHS = ("erase", "erase/sure", "withdraw/processing", "answer/age/79", "rule/79/1/0/0", f"rule/79/1/{'9' * 30}/0",
         "topics/\x00", "found", "found/nobody", "open", "contacts/27", "rules/27/-1", "processing")  # fmt: skip
KEYS = ("iin", "surname", "plan", "budget", "region", "id_card", "extra", "pension", "birth_date", "title")


@dataclass(frozen=True)
class Victims:
    """Two people, one with a sent application and one writing: their numbers, words and row marks."""

    ids: tuple[int, ...]
    marks: tuple[str, ...]
    words: tuple[str, ...]
    people: tuple[int, ...]


@dataclass
class Scene:
    """The stranger in front of the bot, and those they would like to look at."""

    house: House
    stranger: Person
    newcomer: Person
    victims: Victims
    known: Any = None  # the victims' rows when somebody looked last

    async def press(self, who: Person, data: str, place: str) -> None:
        """They get an answer, and nothing breaks."""
        intake, heard = self.house.program.intake, who.heard()
        await intake.take(who.account.presses(self.stranger.screen.id, data, stale=True) or {})
        assert intake.failed == 0, f"{data!r} at {place} broke"
        assert who.heard() > heard, f"silence to {data!r} at {place}"

    def shown_since(self, *seen: int) -> set[str]:
        """Which of the victims' words stand in anything shown since."""
        pairs = zip((self.stranger, self.newcomer), seen, strict=True)
        shown = repr([(m.data, m.versions) for who, n in pairs for m in list(who.chat.everything.values())[n - 1 :]])
        files = b"".join(one.data for one in self.house.telegram.files.by_path.values()).decode(errors="replace")
        return {word for word in self.victims.words if word in shown + files}

    async def rows(self) -> Any:
        return await self.house.work(
            lambda work: [personal_data.rows_of(work.session, one) for one in self.victims.people]
        )

    async def stands(self, place: Place, number: int = STRANGER) -> None:
        await self.house.work(lambda work: go(work, known_person(work, number), place))


def set_up(work: Work) -> Victims:
    one = in_force(work)
    sent = a_life(work, one, SENT)
    row = {"item": SECRET, "quantity": 1, "price": 5}
    written = answers(surname=SECRET, title=f"{SECRET} жоба", contact_name=SECRET, budget=[row], region="79")
    writing = ready(work, one, WRITING, given=written)
    stranger = ready(work, one, STRANGER, given=answers(region="79"), language="ru")
    people = (sent.person.id, writing.person.id)
    mine = personal_data.rows_of(work.session, stranger.person.id)
    ids = {
        row["id"]
        for whose in people
        for rows in personal_data.rows_of(work.session, whose).values()
        for row in rows
        if "id" in row
    }
    own = {row["id"] for rows in mine.values() for row in rows if "id" in row}
    ids |= {one.id, one.version_id, sent.application.id, sent.application.draft_id, writing.draft}
    return Victims(tuple(sorted(ids | own)), (mark(row),), (SECRET, *sent.words), people)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def scene() -> AsyncIterator[Scene]:
    """One for all: whatever a forgery did to the stranger, the next one comes on top of it."""
    async with a_house() as house:
        victims = await house.work(set_up)
        stranger, newcomer = house.person(STRANGER, "ru", "Данила"), house.person(NEWCOMER, "ru", "Данила")
        await stranger.says("/menu")
        one = Scene(house, stranger, newcomer, victims)
        one.known = await one.rows()
        yield one


def forgeries(data: type[CallbackData], victims: Victims, most: int) -> Iterator[str]:
    """Data of this class, packed by hand, since pack() would not make most of it; more than 64 bytes too."""
    columns = [values_of(field.annotation, victims) for field in data.model_fields.values()]
    longest = max(map(len, columns), default=0)
    turned = [list(islice(cycle(column), shift, shift + longest)) for shift, column in enumerate(columns)]
    for one in list(dict.fromkeys(zip(*turned, strict=True)))[:most] if columns else [()]:
        yield ":".join((data.__prefix__, *one))
    yield data.__prefix__
    yield f"{data.__prefix__}:" + ":".join("x" * 9 for _ in range(len(columns) + 1))


def values_of(kind: Any, victims: Victims) -> list[str]:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return [*(str(one.value) for one in kind), "nonsense"]
    if kind is bool:
        return ["1", "0", "2"]
    if kind is int:
        return [*map(str, NUMBERS), *map(str, victims.ids), "1e3", "١"]
    mine = [*KEYS, *victims.marks, "79", "27", *PATHS, *NONSENSE, *(one.key for one in FORM), "budget.0.", "iin@review"]
    return list(dict.fromkeys(mine))


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("prefix", PRESSES)
async def test_forged_data_shows_nothing_of_others_and_changes_nothing_of_theirs(scene: Scene, prefix: str) -> None:
    """Pressed by somebody with a draft of their own, and by somebody to whom no button was shown yet."""
    before = scene.known
    seen = len(scene.stranger.chat.everything), len(scene.newcomer.chat.everything)
    for place in Place:
        for data in forgeries(PRESSES[prefix], scene.victims, 8 if place is Place.MENU else 1):
            await scene.stands(place)
            await scene.press(scene.stranger, data, place)
    for data in forgeries(PRESSES[prefix], scene.victims, 1):
        await scene.press(scene.newcomer, data, "nowhere")
    await scene.house.settle()
    scene.known = await scene.rows()
    assert scene.known == before
    assert scene.shown_since(*seen) == set()
