"""Audiences as SQL against the plain reading of their conditions, over people of every kind."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, select

from db.audience import Known, fitting
from db.tables import (
    AnnouncementListedRow,
    AnnouncementListRow,
    AnnouncementRow,
    ApplicationRow,
    CheckRow,
    DraftRow,
    PersonRow,
    TicketRow,
)
from domain.application import State
from domain.audience import AGES, CHOICES, NONE, SEEN, Audience, Condition, Field, Group, Part, ticked, within
from domain.staff import Member, Role
from tests.factories import NOW, in_force
from usecases.work import Work

LOTS = {"19-5": ("27", "79"), "19-7": ("31", "62")}
SOURCES = ("poster", "school", None)
STATES = (State.SENT, State.TECHNICAL_SELECTION, State.WINNER, State.WITHDRAWN)
TICKETS = ("open", "taken", "closed")


@dataclass
class Somebody:
    """What a test knows of a person."""

    id: int
    language: str | None
    born: int | None
    source: str | None
    seen_at: datetime
    member: Member | None = None
    checks: list[str | None] = field(default_factory=list)  # regions
    drafts: list[tuple[str, str, str]] = field(default_factory=list)  # state, lot, region
    applications: list[tuple[State, str, str]] = field(default_factory=list)  # state, lot, region
    tickets: list[tuple[str, str]] = field(default_factory=list)  # state, lot
    listed: bool = False

    @property
    def standing(self) -> list[tuple[str, str, str]]:
        return [one for one in self.drafts if one[0] != "discarded"]


CLOSED_LOT = "19-7"  # its intake is over: what was sent is in technical selection


def _lots(one: Somebody) -> set[str]:
    regions = {region for region in one.checks if region}
    named = {lot for lot, katos in LOTS.items() if regions & set(katos)}
    work = set(one.member.lots or {*LOTS, "19-9"}) if one.member else set()
    return named | {lot for _s, lot, _r in [*one.standing, *one.applications]} | work


def _states(one: Somebody, lots: frozenset[str]) -> set[str]:
    found = [(state, lot) for state, lot, _r in one.applications if not lots or lot in lots]
    late = {s if (s, lot) != (State.SENT, CLOSED_LOT) else State.TECHNICAL_SELECTION for s, lot in found}
    return {str(state) for state in late} | (set() if any(s != State.WITHDRAWN for s, _l in found) else {NONE})


def _age(one: Somebody, band: str) -> bool:
    least, most = band.split("-")
    return one.born is not None and int(least) <= NOW.year - one.born <= int(most)


def _seen(one: Somebody, days: int) -> bool:
    recently = one.seen_at >= NOW - timedelta(days=abs(days))
    return recently if days > 0 else not recently


def _regions(one: Somebody) -> set[str | None]:
    return {*one.checks, *(region for _s, _l, region in [*one.standing, *one.applications])}


def _roles(one: Somebody, lots: frozenset[str]) -> set[str]:
    if one.member is None:
        return {NONE}
    there = not lots or not one.member.lots or one.member.lots & lots
    return {str(one.member.role)} if there else set()


def _drafts(one: Somebody, lots: frozenset[str]) -> set[str]:
    return {"open"} if any(s == "open" and (not lots or lot in lots) for s, lot, _r in one.drafts) else {NONE}


def _tickets(one: Somebody, lots: frozenset[str]) -> set[str]:
    found = [state for state, lot in one.tickets if not lots or lot in lots]
    return ({"ever"} if found else {NONE}) | ({"open"} if set(found) - {"closed"} else set())


PLAIN: Mapping[Field, Callable[[Somebody, tuple[str, ...], frozenset[str]], bool]] = {
    Field.LOT: lambda one, values, lots: bool(_lots(one) & set(values)),
    Field.REGION: lambda one, values, lots: bool(_regions(one) & set(values)),
    Field.LANGUAGE: lambda one, values, lots: (one.language or "kk") in values,
    Field.AGE: lambda one, values, lots: any(_age(one, band) for band in values),
    Field.STATE: lambda one, values, lots: bool(_states(one, lots) & set(values)),
    Field.DRAFT: lambda one, values, lots: bool(_drafts(one, lots) & set(values)),
    Field.SOURCE: lambda one, values, lots: one.source in values,
    Field.SEEN: lambda one, values, lots: any(_seen(one, int(days)) for days in values),
    Field.ROLE: lambda one, values, lots: bool(_roles(one, lots) & set(values)),
    Field.TICKETS: lambda one, values, lots: bool(_tickets(one, lots) & set(values)),
    Field.LIST: lambda one, values, lots: one.listed and "1" in values,
}


def _holds(group: Group, one: Somebody, lots: frozenset[str]) -> bool:
    return all(PLAIN[c.field](one, c.values, within(group, lots)) for c in group)


def belongs(audience: Audience, one: Somebody, lots: frozenset[str]) -> bool:
    among = not audience.include or any(_holds(group, one, lots) for group in audience.include)
    out = any(_holds(group, one, lots) for group in audience.exclude)
    return among and not out and (not lots or bool(_lots(one) & lots))


class World:
    """Random people in the database, and as values."""

    def __init__(self, work: Work, chance: random.Random, many: int) -> None:
        self.work, self.chance = work, chance
        first = in_force(work)
        second = in_force(
            work,
            ('code = "19-5-demo"', 'code = "19-7-demo"'),
            ('lot = "19-5"', 'lot = "19-7"'),
            ("27 = 8 ", "31 = 8 "),
            ("79 = 20", "62 = 20"),
        )
        self.competitions = {"19-5": first, "19-7": second}
        self._list()
        self.everybody = [self._somebody(number) for number in range(many)]
        members = tuple(one.member for one in self.everybody if one.member)
        self.known = Known(NOW, NOW.year, LOTS, (second.id,), members, frozenset())

    def _list(self) -> None:
        session = self.work.session
        same = {"stage": "draft", "doing": "send", "operation": 0, "made_at": NOW, "touched_at": NOW, "built_to": 0}
        session.execute(insert(AnnouncementRow).values(id=1, lots=[], content={}, audience={}, samples=[], **same))
        counted = {"given": 0, "found": 0, "tries": 0, "added_at": NOW}
        session.execute(insert(AnnouncementListRow).values(id=1, announcement_id=1, name="", state="ready", **counted))

    def _add(self, table: type, **values: object) -> int:
        return int(self.work.session.execute(insert(table).values(values).returning(table.id)).scalar_one())  # type: ignore[attr-defined]

    def _somebody(self, number: int) -> Somebody:
        chance = self.chance
        about = {
            "language": chance.choice(("kk", "ru", None)),
            "source": chance.choice(SOURCES),
            "seen_at": NOW - timedelta(days=chance.choice((0, 1, 3, 7, 20, 60, 200)), seconds=chance.choice((0, 5))),
        }
        born = chance.choice((None, *(NOW.year - age for age in (14, 17, 18, 24, 25, 29, 30, 35, 36, 50))))
        same = {"place": "menu", "focus": "", "muted": [], "met_at": NOW, "birth_year": born}
        person = self._add(PersonRow, telegram_id=7_000 + number, **about, **same)
        one = Somebody(person, born=born, **about)  # type: ignore[arg-type]
        if chance.random() < 0.2:
            of = chance.choice(((), ("19-5",), ("19-7",), ("19-5", "19-7")))
            one.member = Member(person, person, chance.choice(list(Role)), frozenset(of), "")
        for _ in range(chance.randrange(3)):
            chance.choice((self._check, self._draft, self._application, self._ticket, self._listed))(one)
        return one

    def _place(self) -> tuple[str, str]:
        lot = self.chance.choice(list(LOTS))
        return lot, self.chance.choice(LOTS[lot])

    def _check(self, one: Somebody) -> None:
        region = self.chance.choice((None, self._place()[1]))
        one.checks.append(region)
        answers = {"region": region} if region else {}
        self._add(CheckRow, person_id=one.id, answers=answers, sealed=b"", begun_at=NOW)

    def _draft(self, one: Somebody, state: str = "") -> int:
        if any(known == "open" for known, _lot, _region in one.drafts):
            state = state or "discarded"
        (lot, region), state = self._place(), state or self.chance.choice(("open", "discarded", "sent"))
        of = self.competitions[lot]
        one.drafts.append((state, lot, region))
        ids = {"person_id": one.id, "competition_id": of.id, "version_id": of.version_id}
        same = {"cursor": "", "sealed": b"", "pending": b"", "begun_at": NOW, "touched_at": NOW}
        return self._add(DraftRow, state=state, answers={"region": region}, **ids, **same)

    def _application(self, one: Somebody) -> None:
        if any(state != State.WITHDRAWN for state, _lot, _region in one.applications):
            return
        draft = self._draft(one, "sent")
        _state, lot, region = one.drafts[-1]
        state, of = self.chance.choice(STATES), self.competitions[lot]
        one.applications.append((state, lot, region))
        ids = {"person_id": one.id, "competition_id": of.id, "version_id": of.version_id, "draft_id": draft}
        same = {"language": "kk", "answers": {}, "sealed": b"", "sent_at": NOW, "iin_hash": f"{draft}"}
        withdrawn = NOW if state is State.WITHDRAWN else None
        self._add(ApplicationRow, number=f"{draft}", region=region, state=state, withdrawn_at=withdrawn, **ids, **same)

    def _ticket(self, one: Somebody) -> None:
        state, (lot, _region) = self.chance.choice(TICKETS), self._place()
        one.tickets.append((state, lot))
        number = f"T{one.id}-{len(one.tickets)}"
        self._add(
            TicketRow, number=number, kind="question", person_id=one.id, lot=lot, state=state, context={}, opened_at=NOW
        )

    def _listed(self, one: Somebody) -> None:
        if not one.listed:
            one.listed = True
            self.work.session.execute(insert(AnnouncementListedRow).values(list_id=1, person_id=one.id))

    def audience(self) -> Audience:
        chance, found = self.chance, Audience()
        for part in (Part.INCLUDE, Part.INCLUDE, Part.EXCLUDE):
            for place in range(chance.randrange(3)):
                for field_ in chance.sample(list(Field), chance.randrange(1, 4)):
                    for value in chance.sample(values(field_), chance.randrange(1, 3)):
                        found = ticked(found, part, place, field_, value, on=chance.random() < 0.9)
        return found


def values(of: Field) -> list[str]:
    other = {
        Field.LOT: [*LOTS, "19-9"],
        Field.REGION: [kato for katos in LOTS.values() for kato in katos],
        Field.SOURCE: ["poster", "school", "nobody"],
        Field.LIST: ["1", "2"],
    }
    return other[of] if of in other else list(CHOICES[of])


@pytest.mark.parametrize(
    "seed", [0, 1, pytest.param(2, marks=pytest.mark.soak), pytest.param(3, marks=pytest.mark.soak)]
)
def test_sql_finds_whom_the_plain_reading_finds(work: Work, seed: int) -> None:
    world = World(work, random.Random(seed), 60)
    audiences = [Audience(), *(world.audience() for _ in range(30 if seed < 2 else 300))]
    audiences += [
        ticked(Audience(), Part.EXCLUDE, 0, of, value, on=True) for of in Field for value in values(of)[seed % 2 :: 2]
    ]
    sizes = set()
    for audience in audiences:
        lots = world.chance.choice((frozenset[str](), frozenset({"19-5"}), frozenset(LOTS)))
        clause = fitting(audience, replace(world.known, lots=lots))
        found = list(work.session.scalars(select(PersonRow.id).where(clause).order_by(PersonRow.id)))
        assert found == [one.id for one in world.everybody if belongs(audience, one, lots)], (audience, lots)
        sizes.add(len(found))
        assert Audience.of(audience.kept()) == audience
    assert len(sizes) > 12  # neither nobody nor everybody all the time


def test_a_value_goes_out_as_it_came_in() -> None:
    def tick(audience: Audience, field: Field, value: str, *, on: bool) -> Audience:
        return ticked(audience, Part.INCLUDE, 0, field, value, on=on)

    both = tick(tick(Audience(), Field.AGE, AGES[1], on=True), Field.SEEN, SEEN[0], on=True)
    assert tick(both, Field.SEEN, SEEN[0], on=True) == both
    assert both.include == ((Condition(Field.AGE, ("18-24",)), Condition(Field.SEEN, ("1",))),)
    assert tick(tick(both, Field.AGE, AGES[1], on=False), Field.SEEN, "1", on=False) == Audience()
