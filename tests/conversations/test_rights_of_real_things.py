"""Every role × every button that names something which there is: what is not allowed changes no row, and is logged.

`test_rights.py` presses buttons of things that are not there; a right asked for only after the thing was found would
seem to be asked for there. Here each press begins from the same moment of one office, in which there is one of each.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from functools import partial

import pytest
import pytest_asyncio
from aiogram.filters.callback_data import CallbackData
from structlog.testing import capture_logs

from bot.conversations import routes
from domain.staff import Role
from domain.ticket import TicketKind
from handlers.announcements import buttons as announcements
from handlers.application import assisting_screens as assisting
from handlers.application.assisting import Theirs
from handlers.coverage import buttons as coverage
from handlers.desk import buttons as desk
from handlers.groups.buttons import EndGroup, TakeHere
from handlers.shared_buttons import FillFor, FillForCall, ToTicket
from handlers.staff.buttons import ToLeave, ToMember, WithdrawInvitation
from handlers.staff.calls import NoteCall, OpenCall
from handlers.staff.ready_answer_screens import DropReadyAnswer, ToReadyAnswer, UseReadyAnswer, WriteReadyAnswer
from tests.attacks.moments import Moment, back_to, moment_of
from tests.attacks.presses import differing
from tests.conversations.test_rights import APPLICANTS, was_refused
from tests.office_of_things import COORDINATOR, GROUP, OPERATOR, Things, made, owned
from tests.person import House, Person, a_house
from tests.staff import LOT, works

_O, _S, _C, _M, _A, _R = (Role.OPERATOR, Role.SUPERVISOR, Role.COORDINATOR, Role.MENTOR, Role.ACCOUNTANT,
                          Role.ADMINISTRATOR)  # fmt: skip
HANDLE, DESK, QUEUE, WATCH = {_O, _S, _C, _M, _A}, {_O, _S}, {_O, _S, _C}, {_S, _C}
OF_ONESELF = {ToLeave, ToTicket}  # one's own membership, one's own ticket: no right is asked for
OWN_SCREEN = "ticket_card:"  # who is refused is shown their own desk once more, and where its header stands is noted
RULE, ANNOUNCE, COVERAGE = {_R}, {_C, _R}, {_S, _C, _R}


Make = Callable[[Things], CallbackData]


def same(may: set[Role], *buttons: Make) -> list[tuple[Make, set[Role]]]:
    """Buttons that the same roles may press."""
    return [(one, may) for one in buttons]


BUTTONS: list[tuple[Make, set[Role]]] = [
    *same(
        HANDLE,
        lambda it: desk.Lay(ticket=it.mine),
        lambda it: desk.Page(ticket=it.mine, page=0),
        lambda it: desk.Files(ticket=it.mine),
        lambda it: desk.Card(ticket=it.mine, full=False),
        lambda it: desk.Write(ticket=it.mine, what="note"),
        lambda it: desk.Write(ticket=it.mine, what="close"),
        lambda it: desk.CloseNow(ticket=it.mine),
        lambda it: desk.PassOn(ticket=it.mine),
        lambda it: desk.PassTo(ticket=it.mine, kind="r", target="mentor"),
        lambda it: desk.PassNow(ticket=it.mine),
        lambda it: desk.Ready(ticket=it.mine, answer=1),
        lambda it: desk.SendReady(ticket=it.mine, answer=1, said=0),
        lambda it: desk.SendHeld(message=it.kept, ticket=it.mine),
        lambda it: desk.SendHeld(message=it.kept, ticket=0),
        lambda it: desk.Write(ticket=it.theirs, what="close"),
        lambda it: desk.CloseNow(ticket=it.theirs),
    ),
    *same(
        WATCH,
        lambda it: desk.Lay(ticket=it.theirs),
        lambda it: desk.Page(ticket=it.theirs, page=0),
        lambda it: desk.Files(ticket=it.theirs),
        lambda it: desk.Card(ticket=it.theirs, full=True),
        lambda it: desk.PassOn(ticket=it.theirs),
        lambda it: desk.PassTo(ticket=it.theirs, kind="r", target="mentor"),
        lambda it: desk.PassNow(ticket=it.theirs),
        lambda it: desk.Take(ticket=it.waiting[TicketKind.APPEAL]),
        lambda it: desk.Lay(ticket=it.waiting[TicketKind.APPEAL]),
        lambda it: ToReadyAnswer(id=it.answer),
        lambda it: WriteReadyAnswer(id=it.answer, field="text_kk"),
        lambda it: UseReadyAnswer(id=it.answer),
        lambda it: DropReadyAnswer(id=it.answer, sure=True),
    ),
    *same(
        QUEUE,
        lambda it: desk.Card(ticket=it.mine, full=True),
        *(lambda it, kind=kind: desk.Take(ticket=it.waiting[kind]) for kind in TicketKind if kind != "appeal"),
        lambda it: desk.Take(ticket=it.theirs),
        lambda it: desk.TakeInstead(message=it.kept, number="T-19-5-2026-000001"),
    ),
    *same(
        DESK,
        lambda it: FillFor(ticket=it.mine),
        lambda it: FillForCall(task=it.call),
        lambda it: OpenCall(id=it.call),
        lambda it: NoteCall(id=it.call, outcome="reached", tries=0),
        lambda it: Theirs(id=it.assistance, data="ac|sex|female"),
        lambda it: assisting.Resume(id=it.assistance),
        lambda it: assisting.Overview(id=it.assistance),
        lambda it: assisting.ShowPage(id=it.assistance, page=1),
        lambda it: assisting.HandOver(id=it.assistance),
        lambda it: assisting.TakeBack(id=it.assistance),
        lambda it: assisting.Drop(id=it.assistance, sure=True),
        lambda it: assisting.ToTicketOf(id=it.assistance),
    ),
    *same(
        RULE,
        *(lambda it, sure=sure: ToMember(id=it.member, sure=sure) for sure in range(3)),
        lambda it: WithdrawInvitation(id=it.invitation),
    ),
    *same(
        ANNOUNCE,
        lambda it: announcements.New(id=it.announcement),
        lambda it: announcements.ToOne(id=it.announcement),
        lambda it: announcements.Do(id=it.announcement, what="delete"),
        lambda it: announcements.Do(id=it.announcement, what="delete", sure=True),
        lambda it: announcements.Decide(id=it.announcement, agree=True, mark=""),
        lambda it: announcements.Decide(id=it.announcement, agree=False, mark=""),
        lambda it: announcements.Group(id=it.announcement, part="include", place=0),
        lambda it: announcements.Pick(id=it.announcement, part="include", place=0, field="region"),
        lambda it: announcements.Tick(id=it.announcement, part="include", place=0, field="region", value="79", on=True),
        lambda it: announcements.Sample(id=it.announcement),
        lambda it: announcements.SendAt(id=it.announcement),
        lambda it: EndGroup(chat=GROUP, lot=LOT),
        lambda it: EndGroup(chat=GROUP, lot=LOT, sure=True),
    ),
    *same(COVERAGE, lambda it: coverage.ToSource(id=it.source), lambda it: coverage.ToEntry(id=it.entry)),
    *same(
        {_C},
        lambda it: coverage.Correct(id=it.entry, version=1, field="day"),
        lambda it: coverage.TakeOut(id=it.entry, version=1, out=True),
    ),
]  # fmt: skip


@dataclass
class Office:
    """Somebody in every role, somebody from outside, and the moment from which every press begins."""

    house: House
    people: dict[Role | None, Person]
    things: dict[Role | None, Things]
    start: Moment

    async def press(self, role: Role | None, data: CallbackData) -> bool:
        """Whether it was refused for want of a right: then nothing has changed, and it is logged once."""
        refused = await was_refused(self.people[role], data)
        if not refused:
            await back_to(self.house, self.start)
            return False
        changed = differing(self.start.rows, (await moment_of(self.house)).rows)
        others = [one for one in changed if not one.startswith(OWN_SCREEN)]
        assert not others, f"{data} by {role} changed {others}"
        return True


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def office() -> AsyncIterator[Office]:
    async with a_house() as house:
        await house.opens_competition()
        people: dict[Role | None, Person] = {role: await works(house, role, n) for n, role in enumerate(Role, 1)}
        people[None] = house.person(99, "ru", "Данила")
        await people[None].speaks("ru")
        await works(house, Role.OPERATOR, OPERATOR)
        await works(house, Role.COORDINATOR, COORDINATOR)
        every = await house.work(made)
        things: dict[Role | None, Things] = {}
        for role, one in people.items():
            things[role] = await house.work(partial(owned, phone=one, every=every, at_desk=role in HANDLE))
        await house.settle()
        yield Office(house, people, things, await moment_of(house))


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("role", [*Role, None])
async def test_every_button_with_a_thing_that_there_is(office: Office, role: Role | None) -> None:
    for make, may in BUTTONS:
        data = make(office.things[role])
        assert await office.press(role, data) is (role not in may), data


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("role", [*Role, None])
@pytest.mark.parametrize("kind", [TicketKind.QUESTION, TicketKind.APPEAL])
async def test_a_card_in_a_group_gives_nobody_what_is_not_theirs(
    office: Office, role: Role | None, kind: TicketKind
) -> None:
    """The press of a real request's button: taken by whoever may, and for everybody else no row is another."""
    house, person, key = office.house, office.people[role], office.things[role].waiting[kind]
    group = house.telegram.group(f"Кеңсе {role} {kind}", owner=person.account.user)
    inside = person.account.inside(group)
    await house.deliver(inside.adds_bot())
    before = await moment_of(house)
    with capture_logs() as logs:
        await house.deliver(inside.presses(0, TakeHere(ticket=key).pack(), stale=True))
    [(state, holder)] = await house.rows("SELECT state, holder_id FROM ticket WHERE id = :id", id=key)
    changed = differing(before.rows, (await moment_of(house)).rows)
    await back_to(house, office.start)
    may = role in (WATCH if kind is TicketKind.APPEAL else QUEUE)
    assert (state == "taken") is (holder is not None) is may
    assert ("not allowed" in [one["event"] for one in logs]) is not may
    assert may or not [one for one in changed if not one.startswith(OWN_SCREEN)], changed


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("role", [*Role, None])
async def test_the_next_one_is_never_an_appeal_for_whoever_may_not_answer_it(office: Office, role: Role | None) -> None:
    """Only an appeal waits: the others are held already."""
    appeal = office.things[role].waiting[TicketKind.APPEAL]
    await office.house.rows(
        "UPDATE ticket SET state = 'taken', holder_id = (SELECT id FROM person WHERE telegram_id = :other) "
        "WHERE state = 'open' AND id <> :appeal RETURNING id",
        other=OPERATOR,
        appeal=appeal,
    )
    person = office.people[role]
    with capture_logs() as logs:
        await person.presses_old(person.screen, desk.TakeNext(held=1).pack())
    [(state, holder)] = await office.house.rows("SELECT state, holder_id FROM ticket WHERE id = :id", id=appeal)
    await back_to(office.house, office.start)
    assert (state == "taken") is (holder is not None) is (role in WATCH)
    assert ("not allowed" in [one["event"] for one in logs]) is (role not in HANDLE)


def test_no_button_that_names_a_thing_is_left_out() -> None:
    named = {"id", "ticket", "task", "message", "chat"}
    wanted = {data for data, _press in routes().presses.values() if named & set(data.model_fields)}
    nothing = Things(dict.fromkeys(TicketKind, 1), *[1] * 9)
    seen = {type(make(nothing)) for make, _may in BUTTONS}
    assert {one for one in wanted if one.__module__ not in APPLICANTS} - seen == OF_ONESELF
