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

from bot.groups import Groups, kind_of_chat
from bot.intake.line import committed
from bot.intake.machine import Languages
from bot.log import where
from bot.own_messages import OwnMessages
from bot.persistence import Unreachable, tried_again
from bot.routing import Routes
from bot.show import show
from bot.transactions import Transactions
from domain.notification import Kind, Notification
from domain.person import Person
from domain.refusal import Reason, Refused
from handlers.conversation import Notice, Turn
from handlers.language import guess, language, speaking
from handlers.my_data.screens import erased
from handlers.refusals import refusal_words
from handlers.screen import SILENCE, Reply, reply
from usecases.meet_person import Redelivered, came_back, mark_unreachable, meet_person, stored_person
from usecases.notify import notify
from usecases.work import Work

log = structlog.get_logger()
Make = Callable[[Turn], Reply]
ALARMS = frozenset({Reason.OLD_BUTTON, Reason.NOT_FOUND, Reason.NOT_ALLOWED})


@dataclass(frozen=True)
class Turns:
    """Answers updates: which conversation does is decided by tables, not by rows of filters."""

    transactions: Transactions
    routes: Routes
    languages: Languages = field(default_factory=Languages)
    own: OwnMessages = field(default_factory=OwnMessages)
    groups: Groups = field(default_factory=Groups)

    async def take(self, bot: Bot, raw: dict[str, Any]) -> bool:
        """Answer one update in its raw form; whether it came from a private chat, and so has asked the database.

        A kind that we asked not to be sent is nobody's. Raises pydantic's ValidationError for one that aiogram's types
        cannot read.
        """
        if kind_of_chat(raw) != ChatType.PRIVATE:
            await self.groups.take(self, bot, raw)
            return False
        await self._private(bot, raw)
        return True

    async def _private(self, bot: Bot, raw: dict[str, Any]) -> None:
        number, context = int(raw["update_id"]), {"bot": bot}
        if said := raw.get("message"):
            message = Message.model_validate(said, context=context)
            if user := message.from_user:
                await self._answer(bot, number, user, lambda turn: self.routes.message(turn, message))
        elif pressed := raw.get("callback_query"):
            query = CallbackQuery.model_validate(pressed, context=context)
            await self._answer(bot, number, query.from_user, lambda turn: self.routes.press(turn, query), query)
        elif edited := raw.get("edited_message"):
            message = Message.model_validate(edited, context=context)
            if message.from_user:
                await self._answer(bot, number, message.from_user, lambda turn: self.routes.edited(turn, message))
        elif member := raw.get("my_chat_member"):
            await self._membership(ChatMemberUpdated.model_validate(member, context=context))

    async def _membership(self, member: ChatMemberUpdated) -> None:
        """The person blocked the bot or came back."""
        gone = member.new_chat_member.status == "kicked"
        await self.transactions.run(_note_reach, member.from_user.id, gone)

    async def word(self, person: Person, notification: Notification, notice: Notice) -> Reply:
        """The words of a notification, in the recipient's language, as of now."""
        to = {"chat": notification.chat} if notification.chat else {}
        facts = {**notification.facts, **to}
        return await self.transactions.run(self._word, person, lambda turn: notice(turn, facts))

    async def _answer(
        self, bot: Bot, update_id: int, user: User, make: Make, pressed: CallbackQuery | None = None
    ) -> None:
        reply = await self.decide(update_id, user, make)
        async with committed():
            await self.show(bot, update_id, user, reply, pressed)

    async def show(
        self, bot: Bot, update_id: int, user: User, reply: Reply, pressed: CallbackQuery | None = None
    ) -> bool:
        """Show a reply in the private chat; False when the person blocked the bot or is gone."""
        try:
            reply = await self._made(reply)
            tried_again.set(False)
            sent = await show(bot, user.id, self.own.fitting(reply, user.id, pressed), pressed)
            last = sent[-1] if sent else None
            refused = bool(reply.toast) and not pressed  # what was typed: the same question again, below itself
            self.own.note(user.id, last, copied=reply.again or refused or tried_again.get())
            shown = last or (pressed.message.message_id if pressed and pressed.message else None)
            if reply.shown and shown:
                await self.transactions.run(reply.shown, shown)
        except Unreachable:
            await self.transactions.run(_note_reach, user.id, True)
            return False
        except TelegramAPIError as error:
            log.warning("answer not shown", update=update_id, error=where(error))
            await self.transactions.run(_promise_redraw, user.id, update_id)
        return True

    async def _made(self, reply: Reply) -> Reply:
        """The reply with every screen made that is made a bit at a time."""
        screens = []
        for one in reply.screens:
            if later := one.later:
                while await self.transactions.run(later.step):
                    pass
            screens.append(later.screen() if later else one)
        return replace(reply, screens=tuple(screens))

    async def decide(self, update_id: int, user: User, make: Make, *, in_group: bool = False) -> Reply:
        """The answer to an update, once what it changes is saved; a refused step changes nothing."""
        try:
            return await self.transactions.run(self._first, update_id, user, make)
        except Redelivered:
            return replace(await self.transactions.run(self._again, user), again=True)
        except Refused as refused:
            # Its frames hold it in turn, and the transaction: only so are they freed at once.
            refused.__traceback__ = None
            return await self.transactions.run(self._refuse, update_id, user, refused, in_group)

    def _first(self, work: Work, update_id: int, user: User, make: Make) -> Reply:
        turn = self._turn(work, meet_person(work, user.id, update_id), user)
        with speaking(turn.person.language or guess(user.language_code)):
            reply = make(turn)
            self.languages.note(user.id, language())
            return reply

    def _refuse(self, work: Work, update_id: int, user: User, refused: Refused, in_group: bool) -> Reply:
        """The refused step is undone; in a new transaction the update is noted and the same screen shown again."""

        def make(turn: Turn) -> Reply:
            if refused.reason is Reason.NOT_ALLOWED:
                log.warning("not allowed", update=update_id, person=turn.person.id, **refused.facts)
            if refused.anyway:
                refused.anyway(turn)
            shown = SILENCE if in_group else turn.current()
            return shown.noting(refusal_words(refused), alarm=in_group or refused.reason in ALARMS)

        return self._first(work, update_id, user, make)

    def _again(self, work: Work, user: User) -> Reply:
        person = stored_person(work, user.id)
        if person is None:  # what came again is what had everything erased: whoever it was is not kept anew
            with speaking(self.languages.of(user.id, user.language_code)):
                return reply(erased())
        turn = self._turn(work, person, user)
        with speaking(turn.person.language or guess(user.language_code)):
            return turn.current()

    def _word(self, work: Work, person: Person, make: Make) -> Reply:
        turn = Turn(work, person, self.routes.redraws)
        with speaking(person.language):
            return make(turn)

    def _turn(self, work: Work, person: Person, user: User) -> Turn:
        return Turn(work, person, self.routes.redraws, user.language_code, user.first_name, self.routes.words)


def _note_reach(work: Work, telegram_id: int, gone: bool) -> None:
    if person := stored_person(work, telegram_id):  # whoever erased everything is not kept again for blocking us
        if gone:
            mark_unreachable(work, person.id)
        else:
            came_back(work, person)


def _promise_redraw(work: Work, telegram_id: int, update_id: int) -> None:
    if person := stored_person(work, telegram_id):
        notify(work, person.id, Kind.REDRAW, str(update_id))
