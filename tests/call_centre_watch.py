"""A model beside the call centre's walk: who holds what and since when, and which chat has shown whose words.

It is asked after every update and after every sending. A holder changes only by somebody who may do that; an author's
words appear in the chat of whoever holds their ticket at that moment (or of a supervisor, and then it is written
down); as news each comes once and in order; and nobody holds a ticket with words of which they were not told.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sandbox.chats import Message
from tests.person import House, Person

MARK = re.compile(r"\b[ao]\d+#\d+\b")
HEADER = re.compile(r"🎫 (T-\S+) .*\n👤 (\S+?),")
NEWS = re.compile(r"^👤 (T-\S+) ·")
WROTE = re.compile(r"^✉️ (T-\S+) .*: новое сообщение")
COMMENT = re.compile(r"⭐ Оценка: \d из 5\n(a\d+#\d+)")
LOOKED = "Вы видите это как старший оператор"
RECENT = 80  # messages of a chat that a press may still change

Known = dict[int, "Held"]


@dataclass(frozen=True)
class Held:
    """A ticket as the model saw it last."""

    number: str
    author: int  # person id
    holder: int | None
    state: str


@dataclass
class Watch:
    """What is known of everybody, from update to update."""

    house: House
    authors: list[Person]
    staff: list[Person]
    chiefs: set[int]  # Telegram numbers of those who may give anybody's ticket to anybody
    people: dict[int, int] = field(default_factory=dict)  # Telegram number -> person id
    tickets: Known = field(default_factory=dict)
    placed: dict[str, tuple[int, datetime]] = field(default_factory=dict)  # an author's mark -> ticket, since when
    saw: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))  # person id -> authors' marks
    shown: list[tuple[int, str, str]] = field(default_factory=list)  # person id, mark, the number it stood under
    undelivered: set[int] = field(default_factory=set)  # operators' messages that met a block, ever
    _news: dict[tuple[int, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    _named: dict[tuple[int, str], datetime] = field(default_factory=dict)  # person id, number -> last named in the chat
    _desk: dict[int, tuple[str, datetime]] = field(default_factory=dict)  # person id -> what lies there, since when
    _read: dict[int, tuple[int, dict[int, int]]] = field(default_factory=dict)
    _versions: dict[tuple[int, int], str] = field(default_factory=dict)
    _looks: int = 0

    async def begins(self) -> None:
        self.people = {row[0]: row[1] for row in await self.house.rows("SELECT telegram_id, id FROM person")}
        await self.after(None)

    async def after(self, actor: int | None) -> None:
        """An update of this person was handled (None: nothing that may change who holds what)."""
        rows = await self.house.rows("SELECT id, number, person_id, holder_id, state FROM ticket ORDER BY id")
        now = {row[0]: Held(*row[1:]) for row in rows}
        for key, one in now.items():
            held = one.holder is not None
            assert held == (one.state == "taken") or one.state in {"waiting", "closed"}, f"{one}"
            was = self.tickets.get(key)
            if one.holder != (was.holder if was else None):
                await self._handed(was, one, actor)
        self.tickets = now
        await self._look()
        await self._lies()

    async def settled(self) -> None:
        """What was due has been sent: who holds what is as before, and nobody was forgotten."""
        await self.after(None)
        await self._place()
        await self._blocked()
        streams = "SELECT stream FROM notification WHERE state IN ('due', 'sending') AND stream IS NOT NULL"
        waiting = {row[0] for row in await self.house.rows(streams)}
        for mark, (key, since) in self.placed.items():
            one = self.tickets[key]
            if one.holder is None or one.state == "closed" or mark in self.saw[one.holder]:
                continue
            if f"ticket:{key}:{one.holder}" in waiting:
                continue
            told = self._named.get((one.holder, one.number))
            assert told is not None, f"{mark}: {one.number} has never been seen by who holds it"
            assert told >= since, f"{mark}: the holder of {one.number} was never told"
            desk, begun = self._desk.get(one.holder, ("", since))
            assert desk != str(key) or begun >= since, f"{mark}: {one.number} lies on the desk, and it was not shown"

    async def _handed(self, was: Held | None, now: Held, actor: int | None) -> None:
        """Only who holds a ticket, or watches, gives it away; only what nobody holds is taken or given out."""
        assert actor is not None, f"{was} became {now} by nothing"
        me, before = self.people[actor], was.holder if was and was.state != "closed" else None
        if before == me or (before is None and now.holder == me) or actor in self.chiefs:
            return
        assert before is None or now.author == me, f"{actor} took {was} from its holder: {now}"
        if now.holder is not None:
            on_duty = "SELECT 1 FROM staff_member WHERE person_id = :id AND presence = 'on_duty'"
            assert await self.house.rows(on_duty, id=now.holder), f"{actor} made {was} {now}"

    async def _look(self) -> None:
        """Read what has appeared in the chats of the staff since."""
        looked = 0
        for person in self.staff:
            me = self.people[person.account.id]
            for text in self._appeared(person):
                looked += self._judge(person.account.id in self.chiefs, me, text)
        if looked:
            (count,) = (await self.house.rows("SELECT count(*) FROM opening WHERE what = 'ticket'"))[0]
            assert count > self._looks, "a supervisor looked, and that was not written down"
            self._looks = count

    def _judge(self, chief: bool, me: int, text: str) -> bool:
        """Whether these words may stand here; True for a supervisor's look at what others hold."""
        found, header, looks = NEWS.search(text), HEADER.search(text), chief and LOOKED in text
        number = (found or header or [None, ""])[1] or ""
        if named := re.search(r"T-[\d-]+", text):
            self._named[me, named[0]] = self.house.clock()
        marks = MARK.findall(text)
        rated = COMMENT.search(text)  # goes with the rating, so every supervisor of the lot reads it
        theirs = [mark for mark in marks if mark.startswith("a") and not (rated and mark == rated[1])]
        self.shown += [(me, mark, number) for mark in marks]
        holder = next((one.holder for one in self.tickets.values() if one.number == number), None)
        if wrote := WROTE.search(text):
            assert any((one.number, one.holder) == (wrote[1], me) for one in self.tickets.values()), f"{me}: {text}"
        if rated:
            assert holder == me or chief, f"{me} is shown what was written with the rating of {number}"
        if number and theirs:
            assert holder == me or looks, f"{me} is shown {theirs} of {number}, which {holder} holds"
        if found and theirs:
            came = self._news[me, number]
            came += [int(mark.partition("#")[2]) for mark in theirs]
            assert len(set(came)) == len(came), f"{theirs} came twice to {me}"
        if not looks:
            self.saw[me] |= set(theirs)
        return looks

    def _appeared(self, person: Person) -> Iterator[str]:
        """Every text that this chat shows and has not shown when it was read last."""
        last, versions = self._read.get(person.account.id, (0, {}))
        messages: list[Message] = [one for one in list(person.chat.everything.values())[-RECENT:] if one.from_bot]
        for one in messages:
            known = versions.get(one.id, -1 if one.id > last else len(one.versions))
            for data in [*one.versions, one.data][known + 1 :]:
                yield str(data.get("text", data.get("caption", "")))
        self._read[person.account.id] = (
            max((one.id for one in messages), default=last),
            {one.id: len(one.versions) for one in messages},
        )

    async def _lies(self) -> None:
        """Which ticket lies on whose desk, and since when."""
        staff = "SELECT id, focus FROM person WHERE place = 'desk'"
        now = {row[0]: row[1].split(":")[1] for row in await self.house.rows(staff) if ":" in row[1]}
        for me in self.people.values():
            if self._desk.get(me, ("",))[0] != now.get(me, ""):
                self._desk[me] = (now.get(me, ""), self.house.clock())

    async def _place(self) -> None:
        """Which ticket each of the authors' words stands in; that never changes."""
        sealed = await self.house.rows(
            "SELECT m.id, v.number, m.ticket_id, v.sealed, m.side FROM ticket_version v "
            "JOIN ticket_message m ON m.id = v.message_id WHERE m.ticket_id IS NOT NULL"
        )
        for message, number, ticket, words, side in sealed:
            if (message, number) not in self._versions:
                mark = self.house.program.vault.open_data(words).get("text", "")
                self._versions[message, number] = mark
                if side == "author" and mark:
                    assert mark not in self.placed, f"{mark} stands in two places"
                    self.placed[mark] = (ticket, self.house.clock())

    async def _blocked(self) -> None:
        """An answer does not arrive only while its author has blocked the bot, and its holder is told."""
        rows = await self.house.rows(
            "SELECT d.message_id, m.ticket_id FROM ticket_delivery d JOIN ticket_message m ON m.id = d.message_id "
            "WHERE d.state IN ('blocked', 'failed') AND m.side = 'operator'"
        )
        gone = {self.people[one.account.id] for one in self.authors if one.chat.bot_status == "kicked"}
        for message, ticket in rows:
            if message not in self.undelivered:
                one = self.tickets[ticket]
                assert one.author in gone, f"an answer in {one} did not arrive"
        self.undelivered |= {row[0] for row in rows}


def actor_of(update: dict[str, Any]) -> int:
    """Whose update it is."""
    return int(next(value["from"]["id"] for value in update.values() if isinstance(value, dict) and "from" in value))


__all__ = ["HEADER", "LOOKED", "MARK", "NEWS", "Held", "Watch", "actor_of"]
