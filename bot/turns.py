"""One update, one transaction, then the answer.

The conversation's function runs inside the transaction and only makes a Reply; the transaction commits; then
the Reply is shown. So no network call ever holds the database, nothing is shown that was not saved, and an
update that comes twice finds its number taken and merely has its screen redrawn.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import structlog
from aiogram import Bot
from aiogram.enums import ChatType
from aiogram.exceptions import TelegramAPIError
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message, User
from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.intake.line import committed
from bot.intake.machine import Languages
from bot.log import where
from bot.own_messages import OwnMessages
from bot.routing import Routes
from bot.show import Unreachable, persistent, show, tried_again
from db.session import Database
from db.vault import Vault
from domain.notification import Kind, Notification
from domain.person import Person
from domain.refusal import Reason, Refused
from handlers.conversation import Notice, Turn
from handlers.language import guess, language, speaking
from handlers.leftovers.texts import private_only
from handlers.refusals import refusal_words
from handlers.screen import Reply
from usecases.meet_person import Redelivered, known_person, mark_unreachable, meet_person, stored_person
from usecases.notify import notify
from usecases.work import Work

log = structlog.get_logger()
Make = Callable[[Turn], Reply]
ALARMS = frozenset({Reason.OLD_BUTTON, Reason.NOT_FOUND, Reason.NOT_ALLOWED})


@dataclass(frozen=True)
class Turns:
    """Answers updates: which conversation does is decided by tables, not by rows of filters."""

    database: Database
    vault: Vault
    clock: Clock
    routes: Routes
    languages: Languages = field(default_factory=Languages)
    own: OwnMessages = field(default_factory=OwnMessages)

    async def take(self, bot: Bot, raw: dict[str, Any]) -> None:
        """Answer one update in its raw form; a kind that we asked not to be sent is nobody's.

        Raises pydantic's ValidationError for one that aiogram's types cannot read.
        """
        number, context = int(raw["update_id"]), {"bot": bot}
        if said := raw.get("message"):
            await self._message(bot, number, Message.model_validate(said, context=context))
        elif pressed := raw.get("callback_query"):
            query = CallbackQuery.model_validate(pressed, context=context)
            await self._answer(bot, number, query.from_user, lambda turn: self.routes.press(turn, query), query)
        elif edited := raw.get("edited_message"):
            message = Message.model_validate(edited, context=context)
            if message.chat.type == ChatType.PRIVATE and message.from_user:
                await self._answer(bot, number, message.from_user, lambda turn: self.routes.edited(turn, message))
        elif member := raw.get("my_chat_member"):
            await self._membership(ChatMemberUpdated.model_validate(member, context=context))

    async def _message(self, bot: Bot, number: int, message: Message) -> None:
        if message.chat.type != ChatType.PRIVATE:
            await _decline_group(bot, message)
        elif message.from_user:
            await self._answer(bot, number, message.from_user, lambda turn: self.routes.message(turn, message))

    async def _membership(self, member: ChatMemberUpdated) -> None:
        """The person blocked the bot or came back."""
        if member.chat.type != ChatType.PRIVATE:
            return
        gone = member.new_chat_member.status == "kicked"
        await self.database.transaction(self._note_reach, member.from_user.id, gone)

    async def word(self, person: Person, notification: Notification, notice: Notice) -> Reply:
        """The words of a notification, in the recipient's language, as of now."""
        return await self.database.transaction(self._word, person, lambda turn: notice(turn, notification.facts))

    async def _answer(
        self, bot: Bot, update_id: int, user: User, make: Make, pressed: CallbackQuery | None = None
    ) -> None:
        reply = await self._decide(update_id, user, make)
        async with committed():
            await self._show(bot, update_id, user, reply, pressed)

    async def _show(self, bot: Bot, update_id: int, user: User, reply: Reply, pressed: CallbackQuery | None) -> None:
        try:
            tried_again.set(False)
            shown = await show(bot, user.id, self.own.fitting(reply, user.id, pressed), pressed)
            self.own.note(user.id, shown, copied=reply.again or tried_again.get())
            shown = shown or (pressed.message.message_id if pressed and pressed.message else None)
            if reply.shown and shown:
                await self.database.transaction(self._note_shown, reply.shown, shown)
        except Unreachable:
            await self.database.transaction(self._note_reach, user.id, True)
        except TelegramAPIError as error:
            log.warning("answer not shown", update=update_id, error=where(error))
            await self.database.transaction(self._promise_redraw, user.id, update_id)

    async def _decide(self, update_id: int, user: User, make: Make) -> Reply:
        try:
            return await self.database.transaction(self._first, update_id, user, make)
        except Redelivered:
            return replace(await self.database.transaction(self._again, user), again=True)
        except Refused as refused:
            return await self.database.transaction(self._refuse, update_id, user, refused)

    def _first(self, session: Session, update_id: int, user: User, make: Make) -> Reply:
        work = self._work(session)
        turn = self._turn(work, meet_person(work, user.id, update_id), user)
        with speaking(turn.person.language or guess(user.language_code)):
            reply = make(turn)
            self.languages.note(user.id, language())
            return reply

    def _refuse(self, session: Session, update_id: int, user: User, refused: Refused) -> Reply:
        """The refused step is undone; in a new transaction the update is noted and the same screen shown again."""

        def make(turn: Turn) -> Reply:
            if refused.reason is Reason.NOT_ALLOWED:
                log.warning("not allowed", update=update_id, person=turn.person.id, **refused.facts)
            return turn.current().noting(refusal_words(refused), alarm=refused.reason in ALARMS)

        return self._first(session, update_id, user, make)

    def _again(self, session: Session, user: User) -> Reply:
        work = self._work(session)
        turn = self._turn(work, known_person(work, user.id), user)
        with speaking(turn.person.language or guess(user.language_code)):
            return turn.current()

    def _word(self, session: Session, person: Person, make: Make) -> Reply:
        turn = Turn(self._work(session), person, self.routes.redraws)
        with speaking(person.language):
            return make(turn)

    def _note_reach(self, session: Session, telegram_id: int, gone: bool) -> None:
        work = self._work(session)
        if person := stored_person(work, telegram_id):  # whoever erased everything is not kept again for blocking us
            mark_unreachable(work, person.id, gone=gone)

    def _promise_redraw(self, session: Session, telegram_id: int, update_id: int) -> None:
        work = self._work(session)
        if person := stored_person(work, telegram_id):
            notify(work, person.id, Kind.REDRAW, str(update_id))

    def _note_shown(self, session: Session, note: Callable[[Work, int], None], message_id: int) -> None:
        note(self._work(session), message_id)

    def _work(self, session: Session) -> Work:
        return Work(session, self.clock(), self.vault)

    def _turn(self, work: Work, person: Person, user: User) -> Turn:
        return Turn(work, person, self.routes.redraws, user.language_code, user.first_name, self.routes.words)


async def _decline_group(bot: Bot, message: Message) -> None:
    """In a group nothing is asked or told: a person's data is nobody else's. Only who addresses us is answered."""
    name = f"@{(await bot.me()).username}".lower()
    words = (message.text or message.caption or "").lower()
    replied = message.reply_to_message and message.reply_to_message.from_user
    if not (words.startswith("/") or name in words or (replied and replied.id == bot.id)):
        return
    with speaking(guess(message.from_user.language_code if message.from_user else None)):
        await persistent(lambda: message.reply(private_only()))
