"""Every role × every button of the office, through the whole bot: what is not allowed is refused and logged.

A button is pressed though it was never shown, as an old or forged one would be; the right that it needs is written
here by hand, once more than in the code. With things that there are: `test_rights_of_real_things.py`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import pytest
import pytest_asyncio
from aiogram.filters.callback_data import CallbackData
from structlog.testing import capture_logs

from bot.conversations import routes
from domain.staff import RIGHTS, Action, Presence, Role
from domain.ticket import TicketKind, TicketStep
from handlers import shared_buttons
from handlers.announcements import buttons as announcements
from handlers.announcements.showing import NoAnnouncements
from handlers.application import assisting_screens as assisting
from handlers.application.assisting import Theirs
from handlers.coverage import buttons as coverage
from handlers.desk import buttons as desk
from handlers.groups.buttons import EndGroup, TakeHere
from handlers.shared_buttons import FillFor, FillForCall, ToAnnouncements, ToCoverage, ToDesk, ToGroups, ToWork
from handlers.staff.buttons import (
    Invite,
    InviteAsked,
    ToInvitations,
    ToLeave,
    ToMember,
    ToStaff,
    WithdrawInvitation,
)
from handlers.staff.calls import NoteCall, OpenCall, RegisterCall, ToCalls
from handlers.staff.duty import ChangeCapacity, ChangeDuty, SwitchDistribution, ToRoster
from handlers.staff.figures import ToChart, ToFigures, ToSheets
from handlers.staff.ready_answer_screens import (
    DropReadyAnswer,
    NewReadyAnswer,
    ToReadyAnswer,
    ToReadyAnswers,
    UseReadyAnswer,
    WriteReadyAnswer,
)
from tests.person import House, Person, a_house
from tests.staff import works
from usecases.meet_person import known_person
from usecases.open_ticket import open_ticket
from usecases.staff import invite
from usecases.ticket_steps import step
from usecases.work import Work

NOBODY = 999_999
# Of each class of button data: one that is in order, and the right it needs (None: any work in the office).
BUTTONS: list[tuple[CallbackData, Action | None]] = [
    (ToWork(), None),
    (ToLeave(), None),
    (ToStaff(), Action.SEE_STAFF),
    (ToMember(id=NOBODY), Action.REMOVE_STAFF),
    (ToMember(id=NOBODY, sure=1), Action.REMOVE_STAFF),
    (ToMember(id=NOBODY, sure=2), Action.REMOVE_STAFF),
    (ToInvitations(), Action.INVITE_STAFF),
    (WithdrawInvitation(id=NOBODY), Action.INVITE_STAFF),
    (Invite(), Action.INVITE_STAFF),
    (Invite(role="operator"), Action.INVITE_STAFF),
    (InviteAsked(role="operator", lots=1 << 4), Action.INVITE_STAFF),
    (InviteAsked(role="operator", lots=1 << 4, plain=True), Action.INVITE_STAFF),
    (ChangeDuty(to=Presence.PAUSE), Action.GO_ON_DUTY),
    (ChangeCapacity(), Action.GO_ON_DUTY),
    (ChangeCapacity(to=3), Action.GO_ON_DUTY),
    (ToCalls(), Action.CALL_PEOPLE),
    (OpenCall(id=NOBODY), Action.CALL_PEOPLE),
    (NoteCall(id=NOBODY, outcome="reached", tries=0), Action.CALL_PEOPLE),
    (RegisterCall(), Action.REGISTER_CALL),
    (RegisterCall(kind="question", lot="19-5"), Action.REGISTER_CALL),
    (ToDesk(), Action.SEE_QUEUE),
    (desk.Queue(kind="-", lot="-", late=False, page=0), Action.SEE_QUEUE),
    (desk.Watch(page=0), Action.REASSIGN_TICKET),
    (desk.Watch(page=0, which="closed"), Action.REASSIGN_TICKET),
    (desk.Watch(page=0, which="whatever"), Action.REASSIGN_TICKET),
    (desk.Mine(page=0), Action.SEE_QUEUE),
    (desk.TakeNext(held=0), Action.TAKE_TICKET),
    (desk.Take(ticket=NOBODY), Action.TAKE_TICKET),
    (desk.Lay(ticket=NOBODY), Action.SEE_QUEUE),
    (desk.Page(ticket=NOBODY, page=0), Action.SEE_QUEUE),
    (desk.Write(ticket=NOBODY, what="note"), Action.NOTE_TICKET),
    (desk.Write(ticket=NOBODY, what="close"), Action.CLOSE_TICKET),
    (desk.CloseNow(ticket=NOBODY), Action.CLOSE_TICKET),
    (desk.Files(ticket=NOBODY), Action.SEE_QUEUE),
    (desk.PassOn(ticket=NOBODY), Action.SEE_QUEUE),
    (desk.PassTo(ticket=NOBODY, kind="r", target="supervisor"), Action.SEE_QUEUE),
    (desk.PassNow(ticket=NOBODY), Action.SEE_QUEUE),
    (desk.Ready(ticket=NOBODY, answer=0), Action.SEE_QUEUE),
    (desk.SendReady(ticket=NOBODY, answer=1, said=0), Action.ANSWER_TICKET),
    (desk.Card(ticket=NOBODY, full=True), Action.SEE_QUEUE),
    (desk.SendHeld(message=NOBODY, ticket=NOBODY), Action.ANSWER_TICKET),
    (desk.TakeInstead(message=NOBODY, number="T-19-5-2026-999999"), Action.ANSWER_TICKET),
    (FillFor(ticket=NOBODY), Action.FILL_FOR_CALLER),
    (FillForCall(task=NOBODY), Action.FILL_FOR_CALLER),
    (Theirs(id=NOBODY, data="ac|sex|female"), Action.FILL_FOR_CALLER),
    (assisting.Resume(id=NOBODY), Action.FILL_FOR_CALLER),
    (assisting.Overview(id=NOBODY), Action.FILL_FOR_CALLER),
    (assisting.ShowPage(id=NOBODY, page=1), Action.FILL_FOR_CALLER),
    (assisting.HandOver(id=NOBODY), Action.FILL_FOR_CALLER),
    (assisting.TakeBack(id=NOBODY), Action.FILL_FOR_CALLER),
    (assisting.Drop(id=NOBODY, sure=True), Action.FILL_FOR_CALLER),
    (assisting.ToTicketOf(id=NOBODY), Action.FILL_FOR_CALLER),
    (ToRoster(), Action.SEE_DUTY),
    (SwitchDistribution(lot="19-5", on=True), Action.SWITCH_DISTRIBUTION),
    (ToGroups(), Action.BIND_GROUP),
    (EndGroup(chat=-NOBODY, lot="19-5"), Action.BIND_GROUP),
    (EndGroup(chat=-NOBODY, lot="19-5", sure=True), Action.BIND_GROUP),
    (ToAnnouncements(), Action.ANNOUNCE),
    (announcements.New(), Action.ANNOUNCE),
    (announcements.New(id=NOBODY), Action.ANNOUNCE),
    (announcements.ToOne(id=NOBODY), Action.ANNOUNCE),
    (announcements.Do(id=NOBODY, what="delete"), Action.ANNOUNCE),
    (announcements.Decide(id=NOBODY, agree=True, mark=""), Action.APPROVE_ANNOUNCEMENT),
    (announcements.Decide(id=NOBODY, agree=False, mark=""), Action.APPROVE_ANNOUNCEMENT),
    (announcements.Group(id=NOBODY, part="include", place=0), Action.ANNOUNCE),
    (announcements.Pick(id=NOBODY, part="include", place=0, field="region"), Action.ANNOUNCE),
    (announcements.Tick(id=NOBODY, part="include", place=0, field="region", value="79", on=True), Action.ANNOUNCE),
    (announcements.Sample(id=NOBODY), Action.ANNOUNCE),
    (announcements.SendAt(id=NOBODY), Action.ANNOUNCE),
    (ToReadyAnswers(), Action.MAKE_READY_ANSWER),
    (ToReadyAnswer(id=NOBODY), Action.MAKE_READY_ANSWER),
    (NewReadyAnswer(lot="19-5"), Action.MAKE_READY_ANSWER),
    (WriteReadyAnswer(id=NOBODY, field="text_kk"), Action.MAKE_READY_ANSWER),
    (UseReadyAnswer(id=NOBODY), Action.MAKE_READY_ANSWER),
    (DropReadyAnswer(id=NOBODY, sure=True), Action.MAKE_READY_ANSWER),
    (ToFigures(), Action.SEE_FIGURES),
    (ToChart(period="week"), Action.SEE_FIGURES),
    (ToSheets(period="week"), Action.SEE_FIGURES),
]
BUTTONS += [
    (ToCoverage(), Action.SEE_COVERAGE),
    (coverage.ToChart(year=2026, lot="19-5"), Action.SEE_COVERAGE),
    (coverage.ToSheets(year=2026), Action.SEE_COVERAGE),
    (coverage.ToSources(lot="19-5"), Action.SEE_COVERAGE),
    (coverage.ToSource(id=NOBODY), Action.SEE_COVERAGE),
    (coverage.ToEntries(lot="19-5", year=2026), Action.SEE_COVERAGE),
    (coverage.ToEntry(id=NOBODY), Action.SEE_COVERAGE),
    (coverage.Fill(step="kk"), Action.SEE_COVERAGE),
    (coverage.MakeSource(), Action.MAKE_SOURCE),
    (coverage.Enter(), Action.REPORT_COVERAGE),
    (coverage.Correct(id=NOBODY, version=1, field="day"), Action.REPORT_COVERAGE),
    (coverage.TakeOut(id=NOBODY, version=1, out=True), Action.REPORT_COVERAGE),
]
# The same with something of another lot: for everybody but those who rule over that lot.
ELSEWHERE: list[tuple[CallbackData, Action]] = [
    (InviteAsked(role="administrator", lots=1 << 5, plain=True), Action.INVITE_STAFF),
    (InviteAsked(role="administrator", lots=-1, plain=True), Action.INVITE_STAFF),
    (SwitchDistribution(lot="19-6", on=True), Action.SWITCH_DISTRIBUTION),
    (RegisterCall(kind="question", lot="19-6"), Action.REGISTER_CALL),
    (ToReadyAnswers(lot="19-6"), Action.MAKE_READY_ANSWER),
    (ToReadyAnswers(lot="*"), Action.MAKE_READY_ANSWER),
    (NewReadyAnswer(lot="19-6"), Action.MAKE_READY_ANSWER),
    (NewReadyAnswer(lot="*"), Action.MAKE_READY_ANSWER),
    (ToCoverage(lot="19-6"), Action.SEE_COVERAGE),
    (coverage.ToSheets(year=2026, lot="19-6"), Action.SEE_COVERAGE),
    (coverage.ToSources(lot="19-6"), Action.SEE_COVERAGE),
    (coverage.ToEntries(lot="19-6", year=2026), Action.SEE_COVERAGE),
]
# With a ticket that there is: its kind, whether the presser holds it (None: nobody does), the button, the right.
WITH_TICKETS: list[tuple[TicketKind, bool | None, Callable[[int], CallbackData], Action]] = [
    (TicketKind.APPEAL, None, lambda ticket: desk.Take(ticket=ticket), Action.ANSWER_APPEAL),
    (TicketKind.QUESTION, True, lambda ticket: desk.Lay(ticket=ticket), Action.SEE_QUEUE),
    (TicketKind.QUESTION, True, lambda ticket: desk.Write(ticket=ticket, what="note"), Action.NOTE_TICKET),
    (TicketKind.QUESTION, True, lambda ticket: desk.Write(ticket=ticket, what="close"), Action.CLOSE_TICKET),
    (TicketKind.QUESTION, True, lambda ticket: desk.CloseNow(ticket=ticket), Action.CLOSE_TICKET),
    (TicketKind.QUESTION, True, lambda ticket: desk.Ready(ticket=ticket, answer=0), Action.SEE_QUEUE),
    (TicketKind.QUESTION, True, lambda ticket: desk.Card(ticket=ticket, full=False), Action.SEE_QUEUE),
    (TicketKind.QUESTION, True, lambda ticket: desk.Card(ticket=ticket, full=True), Action.OPEN_APPLICATION),
    (TicketKind.QUESTION, True, lambda ticket: desk.PassOn(ticket=ticket), Action.TRANSFER_TICKET),
    (TicketKind.QUESTION, False, lambda ticket: desk.Lay(ticket=ticket), Action.REASSIGN_TICKET),
    (TicketKind.QUESTION, False, lambda ticket: desk.Page(ticket=ticket, page=0), Action.REASSIGN_TICKET),
    (TicketKind.QUESTION, False, lambda ticket: desk.Files(ticket=ticket), Action.REASSIGN_TICKET),
    (TicketKind.QUESTION, False, lambda ticket: desk.Card(ticket=ticket, full=True), Action.REASSIGN_TICKET),
    (TicketKind.QUESTION, False, lambda ticket: desk.PassOn(ticket=ticket), Action.REASSIGN_TICKET),
    (
        TicketKind.QUESTION,
        False,
        lambda ticket: desk.PassTo(ticket=ticket, kind="r", target="mentor"),
        Action.REASSIGN_TICKET,
    ),
]
# Whose buttons are no matter of the office: every other module's need a line above.
APPLICANTS = frozenset(
    f"handlers.{name}"
    for name in (
        "start.screens",
        "eligibility.buttons",
        "consent.screens",
        "application.buttons",
        "application.takeover_screens",
        "documents.buttons",
        "review.screens",
        "status.screens",
        "tickets.buttons",
        "questions.screens",
        "my_data.screens",
        "my_data.notification_screens",
        "my_data.leaving_screens",
        "reminders.screens",
    )
)
FOR_ALL = frozenset(
    {
        shared_buttons.ToMenu,
        shared_buttons.ToLanguages,
        shared_buttons.ToCheck,
        shared_buttons.ToApplication,
        shared_buttons.ToDocuments,
        shared_buttons.ToReview,
        shared_buttons.EditAnswer,
        shared_buttons.ToStatus,
        shared_buttons.ToQuestions,
        shared_buttons.ToData,
        shared_buttons.Ask,
        shared_buttons.ToTickets,
        shared_buttons.ToTicket,
        NoAnnouncements,
    }
)
# What can be pressed and said in a group.
IN_GROUP: list[tuple[CallbackData, Action]] = [(TakeHere(ticket=NOBODY), Action.TAKE_TICKET)]
GROUP_COMMANDS = {"bind": Action.BIND_GROUP, "unbind": Action.BIND_GROUP}
REFUSED = "Ваша роль этого не позволяет."


async def was_refused(person: Person, data: CallbackData) -> bool:
    """Press, and say whether it was refused for want of a right; each such refusal stands in the log, once."""
    before = len(person.alerts)
    with capture_logs() as logs:
        await person.presses_old(person.screen, data.pack())
    refused = REFUSED in person.alerts[before:]
    assert [one["event"] for one in logs if one["event"] == "not allowed"] == ["not allowed"] * refused, data
    return refused


@dataclass
class Office:
    """A house with somebody in every role, and a person who does not work there."""

    house: House
    people: dict[Role | None, Person]

    async def press(self, role: Role | None, data: CallbackData) -> bool:
        """Press, and say whether it was refused for want of a right; each such refusal stands in the log."""
        return await was_refused(self.people[role], data)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def office() -> AsyncIterator[Office]:
    async with a_house() as house:
        await house.opens_competition()
        people: dict[Role | None, Person] = {
            role: await works(house, role, number) for number, role in enumerate(Role, 1)
        }
        people[None] = house.person(99, "ru", "Данила")
        await people[None].speaks("ru")
        yield Office(house, people)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("role", [*Role, None])
async def test_every_button(office: Office, role: Role | None) -> None:
    rights = RIGHTS[role] if role else frozenset[Action]()
    for data, action in BUTTONS:
        may = role is not None if action is None else action in rights
        assert await office.press(role, data) is not may, data


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("role", [*Role, None])
async def test_every_button_of_another_lot(office: Office, role: Role | None) -> None:
    for data, _action in ELSEWHERE:
        assert await office.press(role, data), data


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("role", [*Role, None])
async def test_every_command(office: Office, role: Role | None) -> None:
    """Those of applicants stay everybody's; /work is of those who work here, /desk of those who answer."""
    person = office.people[role]
    for command in office.house.program.turns.routes.commands:
        with capture_logs() as logs:
            await person.says(f"/{command}")
        refused = [one["event"] for one in logs] == ["not allowed"]
        rights = RIGHTS[role] if role else frozenset[Action]()
        needed = {
            "work": role is not None,
            "desk": Action.SEE_QUEUE in rights,
            "next": Action.TAKE_TICKET in rights,
            "bind": Action.BIND_GROUP in rights,
            "coverage": Action.SEE_COVERAGE in rights,
        }
        assert refused is not needed.get(command, True), command


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("role", [*Role, None])
async def test_everything_in_a_group(office: Office, role: Role | None) -> None:
    person = office.people[role]
    group = office.house.telegram.group(f"Кеңсе {role}", owner=person.account.user)
    inside = person.account.inside(group)
    await office.house.deliver(inside.adds_bot())
    rights = RIGHTS[role] if role else frozenset[Action]()
    for data, action in IN_GROUP:
        with capture_logs() as logs:
            await office.house.deliver(inside.presses(0, data.pack(), stale=True))
        assert (
            ("not allowed" in [one["event"] for one in logs])
            is (REFUSED in group.alerts[-1:])
            is not (action in rights)
        )
    for command, action in GROUP_COMMANDS.items():
        with capture_logs() as logs:
            await office.house.deliver(inside.says(f"/{command} 19-5"))
        refused = group.last.text == REFUSED
        assert ("not allowed" in [one["event"] for one in logs]) is refused is not (action in rights), command


def test_nothing_in_groups_is_left_out() -> None:
    assert {type(data).__prefix__ for data, _action in IN_GROUP} == set(routes().group_presses)
    assert set(GROUP_COMMANDS) == set(routes().group_commands)


def test_no_button_of_the_office_is_left_out() -> None:
    known = {type(data) for data, _action in BUTTONS}
    every = {data for data, _press in routes().presses.values()}
    assert known == {data for data in every if data.__module__ not in APPLICANTS and data not in FOR_ALL}


def test_every_right_that_is_asked_for_is_asked_for_here() -> None:
    seen = {action for _data, action in [*BUTTONS, *ELSEWHERE, *IN_GROUP] if action} | set(GROUP_COMMANDS.values())
    seen |= {action for _kind, _holder, _make, action in WITH_TICKETS}
    assert set(Action) == seen


def a_ticket(work: Work, kind: TicketKind, holder: int | None) -> int:
    """A ticket of somebody outside, in the hands of the person with this Telegram number."""
    ticket = open_ticket(work, known_person(work, 900), kind)
    assert ticket
    if holder is not None:
        step(work, ticket, TicketStep.TAKE, holder_id=known_person(work, holder).id)
    return ticket.id


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("role", [*Role, None])
async def test_every_step_with_a_ticket_that_there_is(office: Office, role: Role | None) -> None:
    rights = RIGHTS[role] if role else frozenset[Action]()
    own = office.people[role].account.id
    for kind, mine, make, action in WITH_TICKETS:
        holder = {None: None, True: own, False: 2 if own == 1 else 1}[mine]
        number = await office.house.work(lambda work, kind=kind, holder=holder: a_ticket(work, kind, holder))  # type: ignore[misc]
        assert await office.press(role, make(number)) is not (action in rights), (kind, make)


@pytest.mark.asyncio(loop_scope="module")
async def test_what_is_anothers_lot_cannot_be_removed_or_withdrawn(office: Office) -> None:
    house, boss = office.house, office.people[Role.ADMINISTRATOR]
    await works(house, Role.OPERATOR, 50, "19-6", name="Бөтен")
    everywhere = await works(house, Role.ADMINISTRATOR, 51, "*")
    (number,) = await house.rows("SELECT id FROM staff_member WHERE name = 'Бөтен'")
    assert await office.press(Role.ADMINISTRATOR, ToMember(id=number[0], sure=2))
    await house.work(lambda work: invite(work, None, Role.MENTOR, frozenset({"19-6"})))
    (link,) = await house.rows("SELECT max(id) FROM staff_invitation")
    await boss.presses_old(boss.screen, WithdrawInvitation(id=link[0]).pack())
    assert await house.rows("SELECT withdrawn_at FROM staff_invitation WHERE id = :id", id=link[0]) == [(None,)]
    await everywhere.presses_old(everywhere.screen, ToMember(id=number[0], sure=2).pack())
    assert await house.rows("SELECT count(*) FROM staff_member WHERE left_at IS NOT NULL") == [(1,)]
