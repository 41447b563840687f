"""A person who does anything at all: presses whatever is shown or was shown once, says sense and nonsense, goes away.

Mostly they do what the screen asks, so that the walk gets deep into the form; the rest is what people, phones
and networks really do. After every step the promises are checked: no exception, an answer to everything, no
call that Telegram refuses, nothing lost that was saved.
"""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from domain.draft import Cursor
from domain.form import QUESTIONS, Kind, Question
from domain.identity import check_digit
from sandbox.chats import Message
from sandbox.errors import ApiError
from sandbox.speaking import Upload
from tests.person import House, Person
from usecases.drafts import Draft, open_draft
from usecases.meet_person import known_person

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
NASTY = (
    "<b>bold & <script>alert(1)</script>",
    "'; DROP TABLE draft; --",
    "{name} {0} %s %(x)s",
    "🧑🏽‍🤝‍🧑🏻" * 40,
    "я" * 4096,
    "a\u202eb\u200b\u0000c",
    "   ",
    "/nosuchcommand",
    "@everyone",
    "&lt;i&gt;",
    "0",
    "-1",
    "9" * 300,
    "…",
)
CHATTER = ("сәлем", "привет", "иә", "жоқ", "да", "нет", "Шымкент", "31.02.2001", "04.05.2001", "29.02.2004", "қалай?")
COMMANDS = ("/start", "/start poster_7", "/menu", "/check", "/apply", "/status", "/questions", "/data", "/language",
            "/help", "/cancel")  # fmt: skip
REFUSALS_ALLOWED = ("message is not modified", "query is too old")
# Buttons that exist to take something away: after them answers may be gone.
REMOVING = ("ax:", "arr:", "erase", "wipe", "forget", "withdraw", "drop", "del")
YES = ("иә", "да")  # said to such a screen, they are its button


Action = Callable[[], Awaitable[dict[str, Any] | None]]


@dataclass
class Walker:
    """One person on a random walk."""

    house: House
    person: Person
    dice: random.Random
    steps: int = 0
    old: list[tuple[Message, str]] = field(default_factory=list)  # everything pressable that was ever shown
    updates: list[dict[str, Any]] = field(default_factory=list)
    calls: int = 0
    draft: Draft | None = None  # as the last step left it: only a step of theirs may change it

    async def step(self) -> None:
        """Do one thing, and see that every promise held."""
        if self.steps == 0:
            self.draft = await self._answers()
        before, heard, offered = self.draft, self.person.heard(), self._offered()
        action = self._choose(before)
        self.calls = len(self.house.telegram.calls)
        update = await action()
        self.steps += 1
        if update is not None:
            await self._checked(update, None if _removes(update, offered) else before, heard)
        self._remember()

    def _choose(self, draft: Draft | None) -> Action:
        """What to do now."""
        options: list[tuple[int, Action]] = [
            (30, lambda: self._fitting(draft)),
            (40, self._visible),
            (5, self._scrolled),
            (5, self._old),
            (5, lambda: self._says(self.dice.choice(CHATTER))),
            (4, lambda: self._says(self.dice.choice(NASTY))),
            (3, lambda: self._says(self.dice.choice(COMMANDS))),
            (5, self._something_else),
            (3, self._again),
            (1, self._goes_away),
            (1, self._restart),
        ]
        weights = [weight for weight, _ in options]
        [(_, action)] = self.dice.choices(options, weights)
        return action

    # What people do

    async def _says(self, words: str) -> dict[str, Any] | None:
        if not words.strip():
            return None  # Telegram sends no empty message
        return self.person.account.says(words.replace("\u0000", ""))

    async def _fitting(self, draft: Draft | None) -> dict[str, Any] | None:
        """An answer that fits the question asked now, as far as one can see."""
        if draft is None or not draft.cursor.key:
            return await self._visible()
        return await self._says(fitting(QUESTIONS[draft.cursor.key], draft.cursor, self.dice))

    async def _visible(self) -> dict[str, Any] | None:
        """Press a button of the newest screen that has any."""
        for message in reversed(self.person.chat.messages):
            if message.from_bot and (data := _data(message)):
                return self.person.account.presses(message.id, self.dice.choice(data))
        return self.person.account.starts()

    async def _scrolled(self) -> dict[str, Any] | None:
        """Scroll up and press something."""
        shown = [m for m in self.person.chat.messages if m.from_bot and _data(m)]
        if not shown:
            return None
        message = self.dice.choice(shown)
        return self.person.account.presses(message.id, self.dice.choice(_data(message)))

    async def _old(self) -> dict[str, Any] | None:
        """Press what a screen showed once; perhaps another person's."""
        if not self.old:
            return None
        message, data = self.dice.choice(self.old)
        return self.person.account.presses(message.id, data, stale=True)

    async def _something_else(self) -> dict[str, Any] | None:
        account = self.person.account
        things: list[Callable[[], dict[str, Any]]] = [
            lambda: account.sends_document("құжат.pdf", PDF + self.dice.randbytes(8)),
            lambda: account.sends_document("архив.zip", b"PK\x03\x04"),
            lambda: account.sends_document("big.pdf", PDF, size=30 << 20),
            lambda: account.sends_photo(b"\xff\xd8\xff\xe0" + self.dice.randbytes(8)),
            lambda: account.sends_album([Upload("a.pdf", PDF + self.dice.randbytes(8)), Upload("b.pdf", PDF)])[0],
            lambda: account.sends_contact(),
            lambda: account.sends_contact("+49 151 0000000", own=False),
            account.sends_voice,
            account.sends_sticker,
            account.sends_location,
            account.sends_poll,
            account.sends_video_note,
        ]
        return self.dice.choice(things)()

    async def _again(self) -> dict[str, Any] | None:
        """Telegram delivers an update once more."""
        return self.dice.choice(self.updates) if self.updates else None

    async def _goes_away(self) -> dict[str, Any] | None:
        self.house.clock.goes(minutes=self.dice.choice((1, 30, 60 * 13, 60 * 24 * 2)))
        return None

    async def _restart(self) -> dict[str, Any] | None:
        await self.house.restart()
        return None

    # The promises

    def _offered(self) -> list[str]:
        """What the newest screen that has buttons offers."""
        shown = [m for m in self.person.chat.messages if m.from_bot and _data(m)]
        return _data(shown[-1]) if shown else []

    async def _checked(self, update: dict[str, Any], before: Draft | None, heard: int) -> None:
        redelivered = update in self.updates
        self.updates.append(update)
        await self.house.program.intake.take(update)
        self.house.check()
        self.house.clock.goes(seconds=2)  # what is told a moment later (the parts of an album)
        await self.house.settle()
        trace = f"step {self.steps}: {_told(update)}"
        # A press that came twice finds its question answered and its screen as it should be.
        answered = self.person.heard() > heard or (redelivered and "callback_query" in update)
        answered = answered or await self._in_a_ticket(update)
        assert answered or update["update_id"] == 0, f"silent: {trace}"
        self._no_refused_call(trace)
        await self._nothing_lost(update, before, redelivered, trace)

    async def _in_a_ticket(self, update: dict[str, Any]) -> bool:
        """Whether it is a message of a ticket: who writes very many in a row is not told of each that it arrived."""
        number = update.get("message", {}).get("message_id", 0)
        kept = "SELECT 1 FROM ticket_message m JOIN person p ON p.id = m.writer_id WHERE m.ticket_id IS NOT NULL "
        mine = f"{kept} AND p.telegram_id = :me AND m.chat_message_id = :number"
        return bool(await self.house.rows(mine, me=self.person.account.id, number=number))

    def _no_refused_call(self, trace: str) -> None:
        calls = list(self.house.telegram.calls)[self.calls :]
        for call in calls:
            if isinstance(call.error, ApiError) and not any(ok in str(call.error) for ok in REFUSALS_ALLOWED):
                raise AssertionError(f"{trace}: {call.method} {call.params}: {call.error}")

    async def _nothing_lost(self, update: dict[str, Any], before: Draft | None, redelivered: bool, trace: str) -> None:
        after = self.draft = await self._answers()
        if before is None:
            return
        if after is None or after.id != before.id:
            assert "callback_query" in update, f"the draft is gone: {trace}"  # only a button sends
            return
        lost = before.answers.keys() - after.answers.keys()
        assert not lost, f"{lost} lost: {trace}"
        changed = {key for key in before.answers if before.answers[key] != after.answers[key]}
        assert changed <= {before.cursor.key}, f"{changed} changed at {before.cursor}: {trace}"
        assert not (changed and redelivered), f"a redelivery changed {changed}: {trace}"

    async def _answers(self) -> Draft | None:
        return await self.house.work(lambda work: open_draft(work, known_person(work, self.person.account.id)))

    def _remember(self) -> None:
        for message in self.person.chat.messages[-2:]:
            self.old += [(message, data) for data in _data(message)]
        del self.old[:-400]
        del self.updates[:-50]


def fitting(one: Question, cursor: Cursor, dice: random.Random) -> str:
    """Words that answer this question."""
    kind = one.column(cursor.column).kind if cursor.column else one.kind
    match kind:
        case Kind.NAME:
            return dice.choice(("Айгерім", "Сейітқызы", "Данила", "O'Connor"))
        case Kind.IIN:
            return an_iin(dice)
        case Kind.DATE:
            return dice.choice(("04.05.2001", "4 мамыр 2001", "1 января 1999"))
        case Kind.PHONE:
            return dice.choice(("8 701 000 00 00", "+77010000001", "7 (702) 000-00-02"))
        case Kind.EMAIL:
            return "aigerim@example.kz"
        case Kind.COUNT:
            return str(dice.randint(1, 60))
        case Kind.MONEY:
            return dice.choice(("15 000", "120000 тг", "1 мың"))
        case Kind.REGION:
            return dice.choice(("Шымкент", "БҚО"))
        case Kind.CHOICE | Kind.MANY:
            return dice.choice(("жоқ", "иә", "нет", "да", "1", "2"))
        case _:
            return (
                "Ауыл балаларына тегін робототехника үйірмесін ашып, аптасына үш рет сабақ өткіземіз. "
                * dice.randint(1, 3)
            )


def an_iin(dice: random.Random) -> str:
    """An invented IIN of the 1800s: nobody living has it."""
    while True:
        born = f"{dice.randint(50, 99):02}{dice.randint(1, 12):02}{dice.randint(1, 28):02}"
        eleven = f"{born}{dice.choice('12')}{dice.randint(0, 9999):04}"
        digit = check_digit(eleven)
        if digit is not None:
            return eleven + str(digit)


def _data(message: Message) -> list[str]:
    return [b["callback_data"] for row in message.keyboard for b in row if "callback_data" in b]


def _removes(update: dict[str, Any], offered: list[str]) -> bool:
    """Whether the update asks to take something away: by its button, or by a yes to the screen that asked."""
    pressed = update.get("callback_query")
    asked = [pressed["data"]] if pressed else offered if update.get("message", {}).get("text") in YES else []
    return any(word in data for data in asked for word in REMOVING)


def _told(update: dict[str, Any]) -> str:
    pressed = update.get("callback_query")
    if pressed:
        return f"pressed {pressed['data']!r}"
    message = update.get("message", {})
    return f"sent {message.get('text', sorted(message))!r}"[:300]
