"""Before a language is chosen: every kind of update gets an answer, and nobody is held up for not choosing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from handlers.language import _, speaking
from sandbox.person import Person as Account
from tests.applicant import DANILA, Applicant
from tests.conversations.test_whole_application import InHouse, sent_number, whole
from tests.files import a_pdf
from tests.person import House, Upload

KINDS: list[Callable[[Account], dict[str, Any] | None]] = [
    lambda one: one.says("Сәлем"),
    lambda one: one.says("/nosuchcommand"),
    *((lambda one, word=word: one.says(f"/{word}")) for word in ("help", "menu", "check", "apply", "cancel", "status",
                                                                 "questions", "data", "language")),
    lambda one: one.sends_document("a.pdf", a_pdf()),
    lambda one: one.sends_photo(b"\xff\xd8\xff"),
    lambda one: one.sends_album([Upload("a.pdf", a_pdf(), "document")])[0],
    lambda one: one.sends_contact(),
    lambda one: one.sends_voice(),
    lambda one: one.sends_sticker(),
    lambda one: one.sends_location(),
    lambda one: one.sends_poll(),
    lambda one: one.sends_video_note(),
]  # fmt: skip


@pytest.mark.parametrize("competition", [True, False], ids=["open", "none"])
async def test_whatever_comes_first_is_answered(house: House, competition: bool) -> None:
    if competition:
        await house.opens_competition()
    for number, make in enumerate(KINDS, 2001):
        newcomer = house.person(number, "ru")
        for _again in range(2):
            heard = newcomer.heard()
            await newcomer.sends(make(newcomer.account))
            assert newcomer.heard() > heard, number


@dataclass
class ByCommand(InHouse):
    """Comes by a command that somebody told them, and never sees the first hello."""

    async def presses(self, label: str) -> None:
        with speaking("ru"):
            if label == _("May I apply?"):
                return await self.says("/check")
        return await super().presses(label)


async def test_who_never_chose_a_language_can_send_an_application(house: House) -> None:
    await house.opens_competition()
    person = house.person(1001, "ru", "Данила")
    await whole(Applicant(DANILA, ByCommand(house, person)))
    assert sent_number(person) == "79-2026-000001"
    assert await house.rows("SELECT language FROM application") == [("ru",)]
    assert await house.rows("SELECT language FROM person") == [("ru",)]


async def test_who_erased_everything_and_blocks_the_bot_is_not_kept_again(house: House) -> None:
    person = house.person()
    await person.speaks("kk")
    await person.says("/data")
    with speaking("kk"):
        await person.presses(_("Erase my data"), _("Erase"), _("Yes, erase for ever"))
    await person.sends(person.account.blocks())
    assert await house.rows("SELECT * FROM person") == []
