"""Groups: a staff group's two commands and the button *Take*, the bot thrown out, a group that becomes a supergroup.

In a group nobody's data is shown and nothing is asked. What somebody gets by pressing comes to their private chat;
over the group only they see a note. Whoever else addresses the bot is told once in a while to write privately.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import structlog
from aiogram import Bot
from aiogram.enums import ChatMemberStatus
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message, User

from bot.intake.line import committed
from bot.log import where
from bot.loop_clock import loop_time
from bot.persistence import Unreachable, persistent
from bot.show import TOAST_LIMIT, show
from handlers.conversation import GroupPress, Room, Turn
from handlers.groups.screens import write_privately
from handlers.language import guess, speaking
from handlers.leftovers.texts import private_only
from handlers.screen import Reply, Screen, reply
from usecases.meet_person import stored_person
from usecases.staff_groups import became_supergroup, thrown_out
from usecases.work import Work

if TYPE_CHECKING:
    from bot.turns import Turns

log = structlog.get_logger()
DECLINES_EVERY = 60.0  # seconds, in one group
REMEMBERED = 1_000  # groups
GONE = frozenset({ChatMemberStatus.LEFT, ChatMemberStatus.KICKED})


def kind_of_chat(raw: dict[str, Any]) -> str | None:
    """The Telegram type of the chat in which a raw update happened; what has none counts as private."""
    for content in raw.values():
        if isinstance(content, dict):
            chat = content.get("chat") or (content.get("message") or {}).get("chat") or {}
            return str(chat.get("type", "private"))
    return "private"


@dataclass
class Groups:
    """Answers what happens in groups."""

    _declined: dict[int, float] = field(default_factory=dict)

    async def take(self, turns: Turns, bot: Bot, raw: dict[str, Any]) -> None:
        """Answer one update from a group."""
        number, context = int(raw["update_id"]), {"bot": bot}
        if said := raw.get("message"):
            await self._message(turns, bot, number, Message.model_validate(said, context=context))
        elif pressed := raw.get("callback_query"):
            await _press(turns, bot, number, CallbackQuery.model_validate(pressed, context=context))
        elif raw.get("my_chat_member"):
            member = ChatMemberUpdated.model_validate(raw["my_chat_member"], context=context)
            if member.new_chat_member.status in GONE:
                await turns.transactions.run(thrown_out, member.chat.id)

    async def _message(self, turns: Turns, bot: Bot, number: int, message: Message) -> None:
        chat = message.chat.id
        if new := message.migrate_to_chat_id:
            await turns.transactions.run(became_supergroup, chat, new)
        elif old := message.migrate_from_chat_id:
            await turns.transactions.run(became_supergroup, old, chat)
        elif word := await _command(bot, message):
            if word in turns.routes.group_commands and message.from_user:
                await self._obey(turns, bot, number, message, message.from_user, word)
            else:
                await self._decline(bot, message)
        elif await _addressed(bot, message):
            await self._decline(bot, message)

    async def _obey(self, turns: Turns, bot: Bot, number: int, message: Message, user: User, word: str) -> None:
        """A command of the office. A stranger's is answered as seldom as any other words."""
        if not await _reaches(turns, user):
            await self._decline(bot, message, await _privately(bot, user))
            return
        room = Room(message.chat.id, message.chat.title or "")
        rest = (message.text or "").partition(" ")[2].strip()
        command = turns.routes.group_commands[word]
        answer = await turns.decide(number, user, lambda turn: command(turn, room, rest), in_group=True)
        if not answer.again:
            await _say(bot, room.chat_id, answer)

    async def _decline(self, bot: Bot, message: Message, words: str = "") -> None:
        """Nothing is asked or told in a group. Not more often than once a minute: nobody may make us fill it."""
        now, chat = loop_time(), message.chat.id
        if now - self._declined.get(chat, -DECLINES_EVERY) < DECLINES_EVERY:
            return
        self._declined[chat] = now
        if len(self._declined) > REMEMBERED:
            del self._declined[next(iter(self._declined))]
        with speaking(guess(message.from_user.language_code if message.from_user else None)):
            await _say(bot, chat, reply(Screen(words or private_only())))


async def _press(turns: Turns, bot: Bot, number: int, query: CallbackQuery) -> None:
    """What is pressed for is shown privately; who cannot be reached there gets nothing and is told how."""
    user = query.from_user
    if not await _reaches(turns, user):
        await _note(bot, query, Reply(toast=await _privately(bot, user), alarm=True))
        return
    found: list[tuple[GroupPress, Any]] = []

    def do(turn: Turn) -> Reply:
        press, data = turns.routes.group_press(query)
        found.append((press, data))
        return press.do(turn, data)

    answer = await turns.decide(number, user, do, in_group=True)
    async with committed():
        private = replace(answer, toast=None)
        if answer.screens and not await turns.show(bot, number, user, private):
            await turns.transactions.run(_undo, turns, user, *found[-1])
            answer = Reply(toast=await _privately(bot, user), alarm=True)
        await _note(bot, query, answer)


def _undo(work: Work, turns: Turns, user: User, press: GroupPress, data: Any) -> None:
    if person := stored_person(work, user.id):
        press.undo(Turn(work, person, turns.routes.redraws), data)


async def _reaches(turns: Turns, user: User) -> bool:
    """Whether this person has opened a private chat with us that they have not closed."""
    person = await turns.transactions.run(stored_person, user.id)
    return person is not None and not person.unreachable


async def _privately(bot: Bot, user: User) -> str:
    with speaking(guess(user.language_code)):
        return write_privately((await persistent(bot.me)).username or "")


async def _note(bot: Bot, query: CallbackQuery, answer: Reply) -> None:
    try:
        text = answer.toast[:TOAST_LIMIT] if answer.toast else None
        await persistent(lambda: bot.answer_callback_query(query.id, text=text, show_alert=answer.alarm or None))
    except (Unreachable, TelegramBadRequest) as error:  # too old: what was pressed for has come all the same
        log.warning("press not answered", error=where(error))


async def _say(bot: Bot, chat: int, answer: Reply) -> None:
    async with committed():
        try:
            await show(bot, chat, answer)
        except (Unreachable, TelegramAPIError) as error:
            log.warning("group not told", error=where(error))


async def _command(bot: Bot, message: Message) -> str:
    """The command for us in a message; empty when there is none, or it is another bot's."""
    text = message.text or ""
    word, _at, name = text.partition(" ")[0].partition("@")
    if not word.startswith("/"):
        return ""
    return word[1:].lower() if not name or name.lower() == await _own_name(bot) else ""


async def _addressed(bot: Bot, message: Message) -> bool:
    words = (message.text or message.caption or "").lower()
    replied = message.reply_to_message and message.reply_to_message.from_user
    return f"@{await _own_name(bot)}" in words or bool(replied and replied.id == bot.id)


async def _own_name(bot: Bot) -> str:
    return ((await persistent(bot.me)).username or "").lower()
