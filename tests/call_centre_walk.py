"""A call centre on a random day: ten authors, four operators and two supervisors do anything, in any order.

Meanwhile things break: the program starts anew, updates come twice, authors block the bot and come back. Every text
has a mark of its own. What an operator types is meant for the ticket that the last header in their chat names; the
walk knows that from what they see, not from the database. After every update `call_centre_watch` compares who holds
what, and what each chat shows of it, with who may; at the end `call_centre_end` reads every chat and every ticket.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from domain.staff import Role
from handlers.desk.buttons import Lay
from sandbox.chats import Message
from sandbox.person import Upload
from tests.call_centre import author, joins
from tests.call_centre_watch import HEADER, MARK, Watch, actor_of
from tests.person import House, Person

NAMES = ("Айгерім", "Дана", "Ерлан", "Жанар", "Қайрат", "Ләззат", "Мадина", "Нұрлан", "Сымбат", "Тимур")
STAFF = ("Ольга", "Павел", "Рита", "Сергей")
CHIEFS = ("Тамара", "Ульяна")
AT_DESK = ("Открыть", "Закрыть", "Закрыть без ответа", "Передать", "👤", "Операторы", "Без заметки", "Заметка", "Назад",
           "Не отправлять", "Отправить:", "Файлы", "Открыть")  # fmt: skip
DUTIES = ("▶️ Выйти на смену", "▶️ Выйти на смену", "⏸ Перерыв", "⏹ Закончить смену")
SWITCHES = ("⬜️ Без раздачи", "⬜️ Без раздачи", "✅ Раздача")


@dataclass
class Day:
    """Everybody, and what was said."""

    house: House
    dice: random.Random
    watch: Watch = field(init=False)
    authors: list[Person] = field(default_factory=list)
    operators: list[Person] = field(default_factory=list)  # the supervisors are the last of them
    said: int = 0
    # An operator's mark -> the ticket's number and the author's name on their screen; and what was asked about first.
    meant: dict[str, tuple[str, str]] = field(default_factory=dict)
    kept_back: set[str] = field(default_factory=set)
    updates: list[dict[str, Any]] = field(default_factory=list)
    owed: list[str] = field(default_factory=list)  # what authors wrote among their tickets: none of it may be lost

    async def begins(self) -> None:
        await self.house.opens_competition()
        self.authors = [await author(self.house, 1000 + n, name) for n, name in enumerate(NAMES)]
        self.operators = [await joins(self.house, 2000 + n, name) for n, name in enumerate(STAFF)]
        chiefs = [await joins(self.house, 2100 + n, name, Role.SUPERVISOR) for n, name in enumerate(CHIEFS)]
        self.operators += chiefs
        self.watch = Watch(self.house, self.authors, self.operators, {one.account.id for one in chiefs})
        await self.watch.begins()

    async def step(self) -> None:
        """One of them does one thing; now and then everything starts anew, or an update comes twice."""
        chance = self.dice.random()
        if chance < 0.02:
            await self.house.restart()
        elif chance < 0.08 and self.updates:
            await self.hands(self.dice.choice(self.updates), again=True)
        elif chance < 0.13:
            await self._crosses()
        elif chance < 0.5:
            await self._author(self.dice.randrange(len(self.authors)))
        else:
            await self._operator(self.dice.randrange(len(self.operators)))
        if self.dice.random() < 0.6:
            await self.house.settle()
            await self.watch.settled()
        self.house.clock.goes(seconds=self.dice.choice((1, 20, 400)))

    async def hands(self, *updates: dict[str, Any] | None, again: bool = False) -> None:
        """Give updates to the bot; what is due afterwards may wait."""
        for update in updates:
            if update:
                self.updates = [*self.updates[-60:], update]
                await self.house.program.intake.take(update)
                self.house.check()
                await self.watch.after(None if again else actor_of(update))

    async def _crosses(self) -> None:
        """While an author's words are on their way to whoever holds their ticket, it is given to somebody else."""
        held = [
            (key, one) for key, one in self.watch.tickets.items() if one.holder is not None and one.state != "closed"
        ]
        if not held:
            return
        key, one = self.dice.choice(held)
        author = next(who for who in self.authors if self.watch.people[who.account.id] == one.author)
        holder = next(who for who in self.operators if self.watch.people[who.account.id] == one.holder)
        card = self.chosen(author, lambda message: one.number in message.text)
        if author.chat.bot_status == "kicked" or card is None:
            return
        data = Lay(ticket=key).pack()
        await self.hands(holder.account.presses(holder.chat.last.id, data, stale=True))
        await self._says(author, self.mark(f"a{self.authors.index(author)}"), reply_to=card.id)
        await self.presses(holder, "Передать", self.dice.choice(("👤", "Операторы")), "Без заметки")

    async def _author(self, place: int) -> None:
        person = self.authors[place]
        if person.chat.bot_status == "kicked":
            if self.dice.random() < 0.5:
                return
            await self.hands(person.account.unblocks())
        text, deed = self.mark(f"a{place}"), self.dice.random()
        if deed < 0.25:
            await self.hands(person.account.says("/ask"))
            await self.presses(person, "Шағым")
            await self._says(person, text)
        elif deed < 0.65:
            card = self.chosen(person, lambda message: "T-" in message.text)
            await self._says(person, text, reply_to=card.id if card and deed < 0.5 else None)
        elif deed < 0.73:
            await self._edits(person, text)
        elif deed < 0.79:
            await self._owes(person, text)
            await self.hands(*person.account.sends_album(photos(text), text))
        elif deed < 0.83:
            await self.hands(person.account.blocks())
        else:
            await self.presses(person, self.dice.choice(("Мәселе шешілді", "қайта ашу", "Қайта ашу", "T-", "5 ⭐")))

    async def _says(self, person: Person, text: str, reply_to: int | None = None) -> None:
        await self._owes(person, text)
        await self.hands(person.account.says(text, reply_to=reply_to))

    async def _owes(self, person: Person, text: str) -> None:
        """What is written among one's tickets must come into one of them."""
        here = await self.house.rows("SELECT place FROM person WHERE telegram_id = :id", id=person.account.id)
        if here == [("tickets",)]:
            self.owed.append(text)

    async def _edits(self, person: Person, text: str) -> None:
        """Any of one's messages; the change of one that stands in a ticket, or waits for one, may not be lost."""
        mine = [m for m in person.chat.messages if not m.from_bot and MARK.fullmatch(m.text)]
        if mine:
            one = self.dice.choice(mine)
            known = "SELECT 1 FROM ticket_message WHERE writer_id = :me AND chat_message_id = :id"
            if await self.house.rows(known, me=self.watch.people[person.account.id], id=one.id):
                self.owed.append(text)
            await self.hands(person.account.edits(one.id, text))

    async def _operator(self, place: int) -> None:
        person = self.operators[place]
        deed = self.dice.random()
        if deed < 0.2:
            await self.hands(person.account.says("/next"))
        elif deed < 0.47:
            await self._types(person, place)
        elif deed < 0.56:
            card = self.chosen(person, lambda message: bool(HEADER.search(message.text)))
            if card and (found := HEADER.search(card.text)):
                await self.hands(person.account.says(self.mark(f"o{place}", found), reply_to=card.id))
        elif deed < 0.62:
            await self._corrects(person, place)
        elif deed < 0.69:
            last = self.dice.choice(("Закрыть без ответа", "👤", "Операторы"))
            await self.presses(person, "Открыть", "Закрыть" if "Закрыть" in last else "Передать", last, "Без заметки")
        elif deed < 0.74 and self.watch.tickets:  # an old button of any ticket, also of one that was passed on
            data = Lay(ticket=self.dice.choice(list(self.watch.tickets))).pack()
            await self.hands(person.account.presses(person.chat.last.id, data, stale=True))
        elif deed < 0.83:
            await self._at_work(person)
        else:
            await self.presses(person, self.dice.choice(AT_DESK))

    async def _at_work(self, person: Person) -> None:
        """Duty; a supervisor also gives a ticket of anybody's to somebody else, and switches distribution."""
        deed = self.dice.random()
        if person.account.id in self.watch.chiefs and deed < 0.75:
            if deed < 0.5:
                await self.hands(person.account.says("/desk"))
                await self.presses(person, "Всё в моих лотах", "Открыть T-", "Передать", "👤", "Без заметки")
            else:
                await self.hands(person.account.says("/work"))
                await self.presses(person, "🕘", self.dice.choice(SWITCHES))
        else:
            await self.hands(person.account.says("/work"))
            await self.presses(person, self.dice.choice(DUTIES))
            await self.hands(person.account.says("/desk"))

    async def _corrects(self, person: Person, place: int) -> None:
        mine = [m for m in person.chat.messages if not m.from_bot and m.text in self.meant]
        if mine:
            one = self.dice.choice(mine)
            new = self.mark(f"o{place}")
            self.meant[new] = self.meant[one.text]
            if one.text in self.kept_back:
                self.kept_back.add(new)
            await self.hands(person.account.edits(one.id, new))

    async def _types(self, person: Person, place: int) -> None:
        """At the desk, for whoever the last header names; sometimes pictures with words."""
        headers = [found for m in person.chat.messages if m.from_bot and (found := HEADER.search(m.text))]
        text = self.mark(f"o{place}", headers[-1] if headers else ("", "", ""))
        if self.dice.random() < 0.15:
            await self.hands(*person.account.sends_album(photos(text), text))
        else:
            await self.hands(person.account.says(text))

    def mark(self, who: str, header: Any = None) -> str:
        self.said += 1
        text = f"{who}#{self.said}"
        if header is not None:
            self.meant[text] = (header[1], header[2])
        return text

    def chosen(self, person: Person, fits: Callable[[Message], bool]) -> Message | None:
        found = [m for m in person.chat.messages if m.from_bot and fits(m)]
        return self.dice.choice(found) if found else None

    async def presses(self, person: Person, *labels: str) -> None:
        """Buttons one after another: each one whose label begins so, on any of the last screens, or much further up."""
        for label in labels:
            shown = [m for m in person.chat.messages if m.from_bot][-4 if self.dice.random() < 0.75 else -60 :]
            buttons = [(m, b) for m in shown for row in m.keyboard for b in row if b["text"].startswith(label)]
            if buttons:
                message, button = self.dice.choice(buttons)
                if label == "Отправить:" and (kept := MARK.search(message.text)):
                    _send, name, _dot, number = button["text"].split()  # asked whose it is, the operator said so
                    self.meant[kept[0]] = (number, name)
                    self.kept_back.add(kept[0])
                await self.hands(person.account.presses(message.id, button["callback_data"]))


def photos(text: str) -> list[Upload]:
    """Two pictures of their own."""
    return [Upload(f"{n}.jpg", f"{text}:{n}".encode(), "photo") for n in range(2)]
