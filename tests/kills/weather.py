"""An announcement while everything goes wrong, and what became of it, in its own figures and in people's chats.

One administrator lets it go, another approves it; the program itself builds its ledger, feeds the outbox and sends.
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import text, update

from db.tables import NotificationRow
from domain.announcement import Fate, Stage
from domain.consent import ConsentKind
from domain.coverage import Channel
from domain.demonstration import shifted
from domain.local_time import local_day
from domain.notification import Kind, Outcome
from sandbox.errors import Cut
from sandbox.faults import Fault, FaultKind
from sandbox.limits import Latency
from sandbox.telegram import Telegram
from tests import announcing
from usecases.announce import known
from usecases.announcement_outcome import card_shown
from usecases.announcement_report import Row, page
from usecases.competitions import load_competition
from usecases.consent import answer_consent
from usecases.coverage import coverage_report
from usecases.demonstration import sample
from usecases.meet_person import known_person, mark_unreachable
from usecases.mute import mute
from usecases.reached import named_region
from usecases.staff import lots
from usecases.work import Work

FIRST = 20_000  # the Telegram number of the first recipient
AUTHOR, APPROVER = 11, 12
LOT, REGION = "19-5", "27"  # named by every third person, last year
ENDLESS = 10**9
WEATHER = (
    (FaultKind.TOO_MANY, 0.05),
    (FaultKind.SERVER_ERROR, 0.02),
    (FaultKind.CUT_BEFORE, 0.01),
    (FaultKind.CUT_AFTER, 0.01),
)
ON_THEIR_WAY = """
    SELECT person.telegram_id FROM notification JOIN person ON person.id = notification.person_id
    WHERE notification.state = 'sending' AND notification.kind = 'announcement'
"""


def fate_of(number: int) -> Fate:
    """What becomes of it for the person with this Telegram number."""
    if number % 10 == 0:
        return Fate.BLOCKED  # before it began: of every second of them the bot has heard it
    return Fate.MUTED if number % 10 == 7 else Fate.SENT  # the consent refused, or announcements switched off


@dataclass
class Announcement:
    """So many recipients of one announcement; half of them read Kazakh, half Russian."""

    telegram: Telegram
    many: int
    faults: list[Fault] = field(default_factory=list)
    at_deaths: Counter[int] = field(default_factory=Counter)  # how often it was on its way to whom when a process died
    number: int = 0
    card: int = 0

    def __post_init__(self) -> None:
        for number in (AUTHOR, APPROVER, *self.chats):
            self.telegram.person(number).starts()
        for number in self.chats:
            self.telegram.chat(number).bot_status = "kicked" if fate_of(number) is Fate.BLOCKED else "member"
        self.telegram.updates.drop()
        self.telegram.calls = deque()  # all of them
        shown = self.telegram.call("sendMessage", {"chat_id": AUTHOR, "text": "How far it is: shown here"})
        self.card = shown["message_id"]

    @property
    def chats(self) -> range:
        return range(FIRST, FIRST + self.many)

    def let_go(self, work: Work) -> None:
        """Two people decide, some recipients do not want it, the bot knows of some who have blocked it."""
        file, rules = sample()
        small = file.replace("[call_centre]", "[announcements]\nsecond_person_above = 20\n\n[call_centre]")
        load_competition(work, shifted(small, local_day(work.now)), rules)
        announcing.people(work, self.many, FIRST)
        one = announcing.let_go(work, AUTHOR, APPROVER)
        assert one.approved_by == known_person(work, APPROVER).id
        card_shown(work, one, self.card)
        self.number = one.id
        for number in self.chats:
            self._about(work, number)

    def _about(self, work: Work, number: int) -> None:
        person = known_person(work, number)
        if number % 3 == 0:
            named_region(replace(work, now=work.now - timedelta(days=365)), person.id, REGION)
        match fate_of(number):
            case Fate.BLOCKED if number % 20 == 0:
                mark_unreachable(work, person.id)
            case Fate.MUTED if number % 20 == 7:
                answer_consent(work, person, ConsentKind.PROCESSING, agreed=False, language="kk")
            case Fate.MUTED:
                mute(work, person, Kind.ANNOUNCEMENT, muted=True)

    def bad_weather(self) -> None:
        """5 of 100 sendings 429, 2 a server's fault, 1 cut off before and 1 after Telegram took it; a slow network."""
        self.telegram.latency = Latency(0.06, 0.02)
        for kind, chance in WEATHER:
            fault = Fault(kind, method="sendMessage", times=ENDLESS, chance=chance, retry_after=1)
            self.faults.append(self.telegram.faults.add(fault))

    def somebody_died(self, work: Work) -> None:
        """Before anything else is changed: whose message was on its way may come twice."""
        self.at_deaths.update(work.session.scalars(text(ON_THEIR_WAY)))

    def hurry(self, work: Work) -> None:
        """What is to be tried again later is tried now."""
        row = NotificationRow
        work.session.execute(update(row).where(row.state == Outcome.DUE, row.due_at > work.now).values(due_at=work.now))

    def messages(self) -> int:
        return sum(map(self.times, self.chats))

    def times(self, number: int) -> int:
        """How often this recipient has it."""
        return sum(message.from_bot for message in self.telegram.chat(number).everything.values())

    def stage(self, work: Work) -> Stage:
        return known(work, self.number).stage

    def standing(self, work: Work) -> dict[str, int]:
        """How many rows of the outbox stand in each state; `waiting`: lines of the ledger that are not in it yet."""
        rows = work.session.execute(text("SELECT state, count(*) FROM notification GROUP BY state"))
        states = {row[0]: row[1] for row in rows}
        return states | {"waiting": announcing.fates(work, self.number).get(Fate.WAITING, 0)}

    # What is promised

    def everybody_has_it(self, work: Work) -> dict[str, Any]:
        """It is over, all its figures say what the chats say, and nobody has it twice without a reason. The figures."""
        assert self.stage(work) is Stage.DONE
        told = Counter(map(fate_of, self.chats))
        self._every_line_is_true(work)
        assert announcing.fates(work, self.number) == told
        self._coverage_is_true(work)
        self._author_is_told(told)
        return {"recipients": self.many, **{fate.value: told[fate] for fate in told}, **self._repeats(), **self._hits()}

    def _every_line_is_true(self, work: Work) -> None:
        """The table that the author can have, line by line, against the chats."""
        numbers = {row.id: row.telegram_id for row in work.session.execute(text("SELECT id, telegram_id FROM person"))}
        lines, after = dict[int, Row](), 0
        while rows := page(work, self.number, after):
            lines |= {numbers[row.person_id]: row for row in rows}
            after = rows[-1].person_id
        assert lines.keys() == set(self.chats)
        wrong = {number: (row.fate, row.error) for number, row in lines.items() if row.fate is not fate_of(number)}
        assert wrong == {}, wrong
        has = {number for number in self.chats if self.times(number)}
        assert has == {number for number, row in lines.items() if row.fate is Fate.SENT}

    def _coverage_is_true(self, work: Work) -> None:
        """Who was reached, by whom it was delivered to, each once: in the lot they named last year, or in none."""
        view = coverage_report(work, local_day(work.now).year, lots())
        has = [number for number in self.chats if self.times(number)]
        there = {one.lot: one.people for one in view.lots if one.people}
        assert there == {LOT: sum(number % 3 == 0 for number in has)}
        assert view.unplaced == sum(number % 3 != 0 for number in has)
        assert {tally.channel for one in view.lots for tally in one.tallies} == {Channel.ANNOUNCEMENT}

    def _author_is_told(self, told: Counter[Fate]) -> None:
        """That it is over; and the message that showed how far it is shows the same figures."""
        chat = self.telegram.chat(AUTHOR)
        card = chat.everything[self.card].text
        for words, fate in (
            ("отправлено", Fate.SENT),
            ("заблокировали бота", Fate.BLOCKED),
            ("отказались", Fate.MUTED),
        ):
            assert f"• {words}: {told[fate]:,}".replace(",", "\u00a0") in card, card
        assert any(f"№{self.number}: закончено" in message.text for message in chat.messages if message.from_bot)

    def _repeats(self) -> dict[str, int]:
        """Whoever has it more than once: each time it was on its way at a death, or cut off after Telegram took it."""
        cut = self._cut_after()
        repeats = {number: times - 1 for number in self.chats if (times := self.times(number)) > 1}
        assert all(more <= self.at_deaths[number] + cut[number] for number, more in repeats.items()), repeats
        of_cut = sum(min(more, cut[number]) for number, more in repeats.items())
        came = {"came twice": sum(repeats.values()), "of them at most cut off after": of_cut}
        return {**came, "on their way at a death": self.at_deaths.total(), "cut off after": cut.total()}

    def _cut_after(self) -> Counter[int]:
        taken = [call for call in self.telegram.calls if isinstance(call.error, Cut) and call.error.accepted]
        return Counter(int(call.params["chat_id"]) for call in taken if int(call.params["chat_id"]) in self.chats)

    def _hits(self) -> dict[str, int]:
        return {fault.kind.value: ENDLESS - fault.times for fault in self.faults}
