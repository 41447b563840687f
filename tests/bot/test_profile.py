"""What Telegram shows of the bot is set once, in both languages, and a fault there stops nothing."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from bot.profile import profile, set_profile
from sandbox.faults import Fault, FaultKind
from tests.person import House

LIMITS = {"description": 512, "short_description": 120}  # core.telegram.org/bots/api#setmydescription


def sets(house: House) -> list[str]:
    """The calls that changed something, in order."""
    return [call.method for call in house.telegram.calls if call.method.startswith("set")]


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_words_fit_into_telegram(house: House, language: str) -> None:
    words = profile(language, house.program.turns.routes.commands)
    assert 0 < len(words.description) <= LIMITS["description"]
    assert 0 < len(words.short_description) <= LIMITS["short_description"]
    assert all(0 < len(text) <= 256 for _command, text in words.commands)


def test_a_command_without_an_answer_is_not_offered() -> None:
    assert [command for command, _text in profile("kk", {"help", "check"}).commands] == ["check", "help"]


async def test_every_language_has_its_own(house: House) -> None:
    known = house.program.turns.routes.commands
    await set_profile(house.program.bot, known)
    kk, ru = profile("kk", known), profile("ru", known)
    for code, words in (("", kk), ("kk", kk), ("ru", ru)):
        commands = await house.program.bot.get_my_commands(language_code=code or None)
        assert tuple((one.command, one.description) for one in commands) == words.commands
        described = await house.program.bot.get_my_description(language_code=code or None)
        short = await house.program.bot.get_my_short_description(language_code=code or None)
        assert (described.description, short.short_description) == (words.description, words.short_description)


async def test_what_is_set_already_is_not_set_again(house: House) -> None:
    known = house.program.turns.routes.commands
    await set_profile(house.program.bot, known)
    before = sets(house)
    await set_profile(house.program.bot, known)
    assert sets(house) == before
    await set_profile(house.program.bot, {"help"})
    assert sets(house) == [*before, *["setMyCommands"] * 3]


async def test_a_fault_is_logged_and_the_other_languages_are_set(house: House) -> None:
    house.telegram.faults.add(Fault(FaultKind.SERVER_ERROR, method="getMyCommands"))
    with capture_logs() as logs:
        await set_profile(house.program.bot, {"help"})
    assert [(log["event"], log["language"]) for log in logs] == [("profile not set", None)]
    assert [one.command for one in await house.program.bot.get_my_commands(language_code="ru")] == ["help"]
    assert await house.program.bot.get_my_commands() == []
