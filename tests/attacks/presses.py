"""One button pressed in every way that people, phones and strangers have, each time from the same moment.

Twice, one after the other and both at once; after the program has started anew; by people whom it does not concern.
Whatever it is, each press is answered exactly once, nothing breaks, the second press changes nothing that the first
did not, and strangers see and change nothing of others.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from sqlalchemy import select

from db import personal_data
from db.personal_tables import IMPERSONAL
from db.tables import DiscardedFileRow, NumberSeriesRow, PersonRow, StaffInvitationRow, UpdateRow
from handlers.screen import STAYS
from sandbox.chats import Message
from sandbox.errors import ApiError
from tests.attacks.moments import CHANCE, Moment, Rows, back_to, moment_of
from tests.person import House, Person
from tests.walk import REFUSALS_ALLOWED
from usecases.work import Work

# After a start the answer is a new message, so these may be other ones.
CARDS = frozenset({"ticket_card", "card"})  # what was shown once more is known once more
OWN_DOING = frozenset({DiscardedFileRow, NumberSeriesRow, UpdateRow})  # what strangers do for themselves counts there
NEXT = "dn"  # names no request: other staff take what is theirs, or what has no lot yet (rights: test_rights.py)
OFFICE = sorted(IMPERSONAL - OWN_DOING | {StaffInvitationRow}, key=str)
OF_MESSAGES = frozenset({"chat_message_id", "chat_messages", "message_id", "messages"}) | CARDS


@dataclass(frozen=True)
class Pressable:
    """A button under a message."""

    message: int
    label: str
    data: str

    @property
    def carried(self) -> str:
        """What it says; whether its message stays as it is has no part in that."""
        return self.data.removeprefix(STAYS)

    @property
    def prefix(self) -> str:
        return self.carried.partition(":")[0]


@dataclass
class Presses:
    """Attacks buttons in a house; `strangers` may learn and change nothing of the others."""

    house: House
    strangers: Sequence[Person]
    secrets: set[str] = field(default_factory=set)
    pressed: int = 0
    buttons: int = 0
    prefixes: Counter[str] = field(default_factory=Counter)
    complaints: list[str] = field(default_factory=list)

    def nothing_to_complain_of(self, least: int = 1) -> None:
        """Fails with everything that went wrong, or with too little done; else prints what was (`pytest -s`)."""
        print(f"{self.buttons} buttons, {self.pressed} presses: {dict(self.prefixes.most_common())}")
        assert not self.complaints, "\n\n".join(self.complaints)
        assert self.buttons >= least

    async def attack(self, owner: Person, button: Pressable) -> Moment:
        """Press it in every way; the moment after one press. Afterwards nothing is as before."""
        self.buttons += 1
        self.prefixes[button.prefix] += 1
        before = await moment_of(self.house)
        once = await self._twice(owner, button)
        for restarted in (False, True):
            await back_to(self.house, before)
            await self._otherwise(owner, button, once, restarted=restarted)
        await back_to(self.house, before)
        theirs = await self._owned()
        for stranger in self.strangers:
            await self._by(stranger, button, theirs)
        return once

    async def _twice(self, owner: Person, button: Pressable) -> Moment:
        await self.press(owner, button)
        once = await moment_of(self.house)
        await self.press(owner, button)
        self._same(once, await moment_of(self.house), f"the second press of {button}", CARDS | noted(button))
        return once

    async def _otherwise(self, owner: Person, button: Pressable, once: Moment, *, restarted: bool) -> None:
        """At once twice, or after a start: as pressed once."""
        if restarted:
            await self.house.restart()
        await self.press(owner, button, times=1 if restarted else 2)
        told = f"{button} after a start" if restarted else f"{button} twice at once"
        self._same(once, await moment_of(self.house), told, by_chance(button) | of_messages(button) | noted(button))

    async def _by(self, stranger: Person, button: Pressable, theirs: Rows) -> None:
        if button.prefix == NEXT and await self._works(stranger):
            return
        seen = Counter(_shown(stranger))
        await self.press(stranger, Pressable(stranger.screen.id, button.label, button.data))
        changed = list(differing(theirs, await self._owned()))
        assert not changed, f"{button} by {stranger.account.id} changed another's rows: {changed}"
        shown = "\n".join(Counter(_shown(stranger)) - seen)
        assert not (found := {word for word in self.secrets if word in shown}), f"{button} showed {found}"

    async def press(self, who: Person, button: Pressable, times: int = 1) -> None:
        """Press so many times at once; each gets its one answer, and nothing breaks."""
        calls, intake = len(self.house.telegram.calls), self.house.program.intake
        failed = intake.failed
        updates = [who.account.presses(button.message, button.data, stale=True) or {} for _ in range(times)]
        await asyncio.gather(*(intake.take(update) for update in updates))
        assert intake.failed == failed, f"{button} by {who.account.id} broke"
        await self.house.settle()
        for update in updates:
            answers = [one for one in who.chat.answers if one.query_id == update["callback_query"]["id"]]
            assert len(answers) == 1, f"{len(answers)} answers to {button} by {who.account.id}"
        for call in islice(self.house.telegram.calls, calls, None):
            refused = isinstance(call.error, ApiError) and not any(ok in str(call.error) for ok in REFUSALS_ALLOWED)
            assert not refused, f"{button}: {call.method} {call.params}: {call.error}"
        self.pressed += times

    def _same(self, one: Moment, other: Moment, what: str, without: frozenset[str]) -> None:
        vault = self.house.program.vault
        changed = list(differing(one.read(vault, without), other.read(vault, without)))
        assert not changed, f"{what} changed {changed}"

    async def _works(self, stranger: Person) -> bool:
        [(staff,)] = await self.house.rows("SELECT staff FROM person WHERE telegram_id = :id", id=stranger.account.id)
        return bool(staff)

    async def _owned(self) -> Rows:
        """Everything about everybody but the strangers."""
        strangers = [one.account.id for one in self.strangers]

        def all_rows(work: Work) -> Rows:
            found: Rows = {}
            theirs = PersonRow.telegram_id.in_(strangers)
            their_own = set(work.session.scalars(select(PersonRow.id).where(theirs)))
            for owner in work.session.scalars(select(PersonRow.id).where(~theirs)).all():
                kept = personal_data.rows_of(work.session, owner)
                found |= {f"{table} of {owner}": rows for table, rows in kept.items()}
            for one in OFFICE:
                every = [dict(row._mapping) for row in work.session.execute(select(one.__table__))]
                found[one.__tablename__] = [row for row in every if row.get("author_id") not in their_own]
            return found

        return await self.house.work(all_rows)


def by_chance(button: Pressable) -> frozenset[str]:
    """Columns filled at random; a ready answer written in the chat has such a key."""
    return CHANCE | ({"key"} if button.prefix in {"w_ran", "w_raw"} else set())


def of_messages(button: Pressable) -> frozenset[str]:
    """Columns with numbers of messages; a test of an announcement keeps those of its parts among its facts."""
    return OF_MESSAGES | ({"facts"} if ":trial:" in button.data else set())


def noted(button: Pressable) -> frozenset[str]:
    """Where each showing of a file is noted, the second one, too (law 94-V); of an application in its request, too."""
    return frozenset({"opening", "ticket_event"} if button.prefix == "da" else {"opening"})


def differing(before: Rows, after: Rows) -> Iterator[str]:
    """What differs between two readings of all tables."""
    for table in before | after:
        were, are = before.get(table, []), after.get(table, [])
        if len(were) != len(are):
            yield f"{table}: {len(were)} rows, then {len(are)}"
        for one, other in zip(were, are, strict=False):
            changed = (name for name in one if one[name] != other[name])
            yield from (f"{table}.{name}: {one[name]!r}, then {other[name]!r}" for name in changed)


def buttons_of(message: Message) -> Iterator[Pressable]:
    """Those that send something to the bot."""
    for row in message.keyboard:
        for button in row:
            if "callback_data" in button:
                yield Pressable(message.id, button["text"], button["callback_data"])


def _shown(person: Person) -> list[str]:
    """Everything that was ever shown to them, each version of each message, and the answers to their presses."""
    messages = [m for m in person.chat.everything.values() if m.from_bot]
    return [repr(data) for m in messages for data in (*m.versions, m.data)] + person.alerts
