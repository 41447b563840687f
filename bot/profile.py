"""What Telegram shows of the bot before anybody writes to it: commands, description, short description.

The words stand in `locales/*/about.toml`. Each is asked for first and set only where it differs, since Telegram
limits how often these may be changed. A fault here is logged and the bot runs on.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import BotCommand

from bot.log import where
from domain.regions import LANGUAGES
from handlers.language import DEFAULT
from locales import long_text

log = structlog.get_logger()


@dataclass(frozen=True)
class Profile:
    """The bot's words about itself in one language."""

    description: str
    short_description: str
    commands: tuple[tuple[str, str], ...]


def profile(language: str, known: Collection[str]) -> Profile:
    """The words of a language, with those commands that the program knows."""
    words = tomllib.loads(long_text(language, "about.toml"))
    commands = tuple((command, text) for command, text in words["commands"].items() if command in known)
    return Profile(words["description"].strip(), words["short_description"].strip(), commands)


async def set_profile(bot: Bot, known: Collection[str]) -> None:
    """Tell Telegram the words in every language; `known`: the commands that have an answer."""
    # Telegram shows what has no language code to whoever's client speaks neither.
    for code, language in ((None, DEFAULT), *((language, language) for language in LANGUAGES)):
        try:
            await _set(bot, code, profile(language, known))
        except AiogramError as error:
            log.warning("profile not set", language=code, error=where(error))


async def _set(bot: Bot, code: str | None, words: Profile) -> None:
    told = await bot.get_my_commands(language_code=code)
    if tuple((one.command, one.description) for one in told) != words.commands:
        commands = [BotCommand(command=command, description=text) for command, text in words.commands]
        await bot.set_my_commands(commands, language_code=code)
    if (await bot.get_my_description(language_code=code)).description != words.description:
        await bot.set_my_description(words.description, language_code=code)
    if (await bot.get_my_short_description(language_code=code)).short_description != words.short_description:
        await bot.set_my_short_description(words.short_description, language_code=code)
