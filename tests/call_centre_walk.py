"""A call centre on a random day: ten authors and four operators do anything, in any order, while things break.

Every text has a mark of its own. What an operator types is meant for whoever the last header in their chat names;
the walk knows that from what they see, not from the database. At the end every chat is read.
"""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from bot.timers import in_batches
from handlers.tickets.position import begun_by
from sandbox.chats import Message
from tests.call_centre import author, joins
from tests.person import House, Person
from usecases.waiting_words import register_waiting

NAMES = ("Айгерім", "Дана", "Ерлан", "Жанар", "Қайрат", "Ләззат", "Мадина", "Нұрлан", "Сымбат", "Тимур")
STAFF = ("Ольга", "Павел", "Рита", "Сергей")
MARK = re.compile(r"\b[ao]\d+#\d+\b")
HEADER = re.compile(r"🎫 (T-\S+) .*\n👤 (\S+?),")


@dataclass
class Day:
    """Everybody, and what was said."""

    house: House
    dice: random.Random
    authors: list[Person] = field(default_factory=list)
    operators: list[Person] = field(default_factory=list)
    said: int = 0
    meant: dict[str, str] = field(default_factory=dict)  # an operator's mark -> the author's name on their screen
    updates: list[dict[str, Any]] = field(default_factory=list)
    owed: list[str] = field(default_factory=list)  # what authors wrote among their tickets: none of it may be lost

    async def begins(self) -> None:
        await self.house.opens_competition()
        self.authors = [await author(self.house, 1000 + n, name) for n, name in enumerate(NAMES)]
        self.operators = [await joins(self.house, 2000 + n, name) for n, name in enumerate(STAFF)]

    async def step(self) -> None:
        """One of them does one thing; now and then everything starts anew, or an update comes twice."""
        chance = self.dice.random()
        if chance < 0.02:
            await self.house.restart()
        elif chance < 0.08 and self.updates:
            await self.hands(self.dice.choice(self.updates))
        elif chance < 0.5:
            await self._author(self.dice.randrange(len(self.authors)))
        else:
            await self._operator(self.dice.randrange(len(self.operators)))
        if self.dice.random() < 0.6:
            await self.house.settle()
        self.house.clock.goes(seconds=self.dice.choice((1, 20, 400)))

    async def hands(self, update: dict[str, Any] | None) -> None:
        """Give an update to the bot; what is due afterwards may wait."""
        if update:
            self.updates = [*self.updates[-60:], update]
            await self.house.program.intake.take(update)
            self.house.check()

    async def _author(self, place: int) -> None:
        person = self.authors[place]
        text, deed = self.mark(f"a{place}"), self.dice.random()
        here = await self.house.rows("SELECT place FROM person WHERE telegram_id = :id", id=person.account.id)
        if deed < 0.65 and here == [("tickets",)]:
            self.owed.append(text)
        if deed < 0.25:
            await self.hands(person.account.says("/ask"))
            await self.presses(person, "Шағым")
            await self.hands(person.account.says(text))
        elif deed < 0.65:
            card = self.chosen(person, lambda message: "T-" in message.text)
            await self.hands(person.account.says(text, reply_to=card.id if card and deed < 0.5 else None))
        elif deed < 0.75:
            mine = [m for m in person.chat.messages if not m.from_bot and MARK.fullmatch(m.text)]
            if mine:
                await self.hands(person.account.edits(self.dice.choice(mine).id, text))
        else:
            await self.presses(person, self.dice.choice(("Мәселе шешілді", "қайта ашу", "Қайта ашу", "T-", "5 ⭐")))

    async def _operator(self, place: int) -> None:
        person = self.operators[place]
        deed = self.dice.random()
        if deed < 0.25:
            await self.hands(person.account.says("/next"))
        elif deed < 0.55:
            await self._types(person, place)
        elif deed < 0.65:
            card = self.chosen(person, lambda message: bool(HEADER.search(message.text)))
            if card and (found := HEADER.search(card.text)):
                await self.hands(person.account.says(self.mark(f"o{place}", found[2]), reply_to=card.id))
        elif deed < 0.72:
            mine = [m for m in person.chat.messages if not m.from_bot and m.text in self.meant]
            if mine:
                one = self.dice.choice(mine)
                await self.hands(person.account.edits(one.id, self.mark(f"o{place}", self.meant[one.text])))
        elif deed < 0.8:
            last = self.dice.choice(("Закрыть без ответа", "👤", "Операторы"))
            for label in ("Открыть", "Закрыть" if "Закрыть" in last else "Передать", last, "Без заметки"):
                await self.presses(person, label)
        else:
            await self.presses(person, self.dice.choice(("Открыть", "Закрыть", "Закрыть без ответа", "Передать",
                "👤", "Операторы", "Без заметки", "Заметка", "Назад", "Не отправлять", "Отправить:")))  # fmt: skip

    async def _types(self, person: Person, place: int) -> None:
        """At the desk, for whoever the last header names."""
        headers = [found for m in person.chat.messages if m.from_bot and (found := HEADER.search(m.text))]
        await self.hands(person.account.says(self.mark(f"o{place}", headers[-1][2] if headers else "")))

    def mark(self, who: str, meant: str | None = None) -> str:
        self.said += 1
        text = f"{who}#{self.said}"
        if meant is not None:
            self.meant[text] = meant
        return text

    def chosen(self, person: Person, fits: Any) -> Message | None:
        found = [m for m in person.chat.messages if m.from_bot and fits(m)]
        return self.dice.choice(found) if found else None

    async def presses(self, person: Person, label: str) -> None:
        """A button whose label begins so, on any of the last screens."""
        shown = [m for m in person.chat.messages if m.from_bot][-4:]
        buttons = [(m, b) for m in shown for row in m.keyboard for b in row if b["text"].startswith(label)]
        if buttons:
            message, button = self.dice.choice(buttons)
            if label == "Отправить:" and (kept := MARK.search(message.text)):
                self.meant[kept[0]] = button["text"].split()[1]  # asked whose it is, the operator said so
            await self.hands(person.account.presses(message.id, button["callback_data"]))

    # The promises

    async def ends(self) -> None:
        """Everything is sent; then every chat is read, with all that its messages ever said."""
        self.house.clock.goes(hours=1)
        await in_batches(self.house.program.transactions, [partial(register_waiting, begun_by=begun_by)])
        await self.house.settle()
        every = await self._kept()
        await self._nothing_is_lost()
        for place, person in enumerate(self.authors):
            await self._author_saw_their_own(place, person, every)
        await self._operators_saw_what_they_held(every)
        await self._held_by_one()

    async def _kept(self) -> dict[str, tuple[int, str, int]]:
        """Mark -> ticket, side, message: every version of everything that stands in a ticket."""
        rows = await self.house.rows(
            "SELECT v.sealed, m.ticket_id, m.side, m.id FROM ticket_version v JOIN ticket_message m "
            "ON m.id = v.message_id WHERE m.ticket_id IS NOT NULL ORDER BY m.id, v.number"
        )
        vault = self.house.program.vault
        return {vault.open_data(sealed)["text"]: (ticket, side, message) for sealed, ticket, side, message in rows}

    async def _nothing_is_lost(self) -> None:
        """What an author wrote among their tickets stands in one: where they never said in which, in a new one."""
        vault = self.house.program.vault
        homeless = "SELECT id FROM ticket_message WHERE ticket_id IS NULL AND side = 'author'"
        assert await self.house.rows(homeless) == []
        sealed = "SELECT sealed FROM ticket_version UNION ALL SELECT rating_words FROM ticket"
        kept = {vault.open_data(row[0] or b"").get("text") for row in await self.house.rows(sealed)}
        assert not set(self.owed) - kept, f"{set(self.owed) - kept} are lost"

    async def _author_saw_their_own(self, place: int, person: Person, every: dict[str, tuple[int, str, int]]) -> None:
        owned = {row[0] for row in await self._tickets_of(person)}
        newest: dict[int, str] = {}
        for mark, (ticket, side, message) in every.items():
            if side == "operator" and ticket in owned:
                newest[message] = mark
        seen = [mark for m in person.chat.messages if m.from_bot and m.text.startswith("💬")
                for mark in MARK.findall(m.text)]  # fmt: skip
        assert sorted(seen) == sorted(newest.values()), f"{NAMES[place]}: not each answer once"
        by_ticket: dict[int, list[int]] = defaultdict(list)
        sent = await self._sent_in_order()
        for mark in seen:
            by_ticket[every[mark][0]].append(sent.index(every[mark][2]))
        assert all(order == sorted(order) for order in by_ticket.values()), f"{NAMES[place]}: out of order"
        wrong = [mark for mark in newest.values() if self.meant[mark] != NAMES[place]]
        assert not wrong, f"{wrong} were meant for somebody else than {NAMES[place]}"
        strange = {mark for mark in _ever(person) if mark.startswith("a") and not mark.startswith(f"a{place}#")}
        assert not strange, f"{NAMES[place]} saw {strange}"

    async def _sent_in_order(self) -> list[int]:
        """Operators' messages in the order in which they were sent: what was kept first may have gone later."""
        rows = await self.house.rows("SELECT facts FROM notification WHERE kind = 'ticket_reply' ORDER BY id")
        facts = (json.loads(row[0]) if isinstance(row[0], str) else row[0] for row in rows)
        return list(dict.fromkeys(one["message"] for one in facts))

    async def _operators_saw_what_they_held(self, every: dict[str, tuple[int, str, int]]) -> None:
        events = await self.house.rows("SELECT ticket_id, what, who_id, facts FROM ticket_event ORDER BY id")
        people = {row[0]: row[1] for row in await self.house.rows("SELECT telegram_id, id FROM person")}
        for person in self.operators:
            me = people[person.account.id]
            held = {ticket for ticket, what, who, facts in events if _got(what, who, str(facts), me)}
            seen = {mark for mark in _ever(person) if mark.startswith("a")}
            assert {every[mark][0] for mark in seen} <= held, "an operator saw a ticket they never held"

    async def _held_by_one(self) -> None:
        """Between two takings somebody gave it back."""
        events = await self.house.rows("SELECT ticket_id, what FROM ticket_event ORDER BY ticket_id, id")
        free: dict[int, bool] = {}
        for ticket, what in events:
            if what == "taken":
                assert free.get(ticket, True), f"ticket {ticket} was taken twice"
                free[ticket] = False
            elif what in {"passed", "reopened", "released"}:
                free[ticket] = True
        rows = await self.house.rows("SELECT state, holder_id FROM ticket")
        assert all((holder is not None) == (state == "taken") for state, holder in rows if state in {"open", "taken"})

    async def _tickets_of(self, person: Person) -> list[Any]:
        return await self.house.rows(
            "SELECT t.id FROM ticket t JOIN person p ON p.id = t.person_id WHERE p.telegram_id = :id",
            id=person.account.id,
        )


def _got(what: str, who: int | None, facts: str, me: int) -> bool:
    """Whether this line of a ticket's history put it into my hands."""
    return (what == "taken" and who == me) or (what == "passed" and bool(re.search(rf"['\"]to['\"]: ?{me}\b", facts)))


def _ever(person: Person) -> set[str]:
    """Every mark that any message of the bot in this chat shows or ever showed."""
    found = set()
    for message in person.chat.everything.values():
        if message.from_bot:
            for data in (message.data, *message.versions):
                found |= set(MARK.findall(str(data.get("text", data.get("caption", "")))))
    return found
