"""The outbox: everything is sent once, whatever Telegram does; a bad row never stops the rest."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot import persistence, show
from bot import room as room_module
from bot import sender as sender_module
from bot.pace import lane
from db.tables import NotificationRow
from domain.notification import Kind, Lane
from handlers.language import _, speaking
from sandbox.faults import Fault, FaultKind
from tests.person import House, Person
from usecases import notify as notify_module
from usecases.notify import claim_due, free_stuck, notify
from usecases.work import Work


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(persistence, "PAUSES", (0.0, 0.0, 0.0))


async def owe(house: House, person: Person, subject: str, kind: Kind = Kind.BROKEN, **about: Any) -> bool:
    """Put a notification for this person into the outbox."""

    def put(session: Any) -> bool:
        work = Work(session, house.clock(), house.program.vault)
        [(key,)] = session.execute(text("SELECT id FROM person WHERE telegram_id = :id"), {"id": person.account.id})
        return notify(work, key, kind, subject, **about)

    return await house.database.transaction(put)


async def states(house: House) -> list[tuple[str, str | None]]:
    return [tuple(row) for row in await house.rows("SELECT state, error FROM notification ORDER BY id")]


@pytest.fixture
async def aigerim(house: House) -> Person:
    person = house.person()
    await person.speaks("kk")
    return person


async def test_the_same_notification_cannot_exist_twice(house: House, aigerim: Person) -> None:
    assert await owe(house, aigerim, "1")
    assert not await owe(house, aigerim, "1")
    shown = len(aigerim.chat.messages)
    await house.settle()
    await house.settle()
    assert len(aigerim.chat.messages) == shown + 1
    assert await states(house) == [("sent", None)]


async def test_two_senders_never_send_the_same_row(house: House, aigerim: Person) -> None:
    for number in range(10):
        await owe(house, aigerim, str(number))
    shown = len(aigerim.chat.messages)
    sender = house.program.sender
    taken = await asyncio.gather(sender.send_due(), sender.send_due())
    assert sorted(taken) == [0, 10]
    assert len(aigerim.chat.messages) == shown + 10


async def test_nothing_is_sent_before_its_time(house: House, aigerim: Person) -> None:
    await owe(house, aigerim, "later", at=house.clock() + timedelta(hours=1))
    shown = len(aigerim.chat.messages)
    await house.settle()
    assert len(aigerim.chat.messages) == shown
    house.clock.goes(hours=1)
    await house.settle()
    assert len(aigerim.chat.messages) == shown + 1


async def test_who_blocked_the_bot_is_unreachable_until_they_write_again(house: House, aigerim: Person) -> None:
    aigerim.chat.bot_status = "kicked"  # blocked, and the news of it has not come
    await owe(house, aigerim, "1")
    await owe(house, aigerim, "2")
    await house.settle()
    assert [state for state, _ in await states(house)] == ["failed", "failed"]
    assert await house.rows("SELECT unreachable_since IS NULL FROM person") == [(0,)]
    await aigerim.says("/menu")
    assert await house.rows("SELECT unreachable_since IS NULL FROM person") == [(1,)]


async def test_retry_after_and_server_errors_come_back_later(house: House, aigerim: Person) -> None:
    house.telegram.faults.add(Fault(FaultKind.TOO_MANY, method="sendMessage", retry_after=40))
    await owe(house, aigerim, "1")
    await house.settle()
    assert await states(house) == [("due", "retry after")]
    house.program.sender.pace._paused_until = 0
    house.clock.goes(seconds=41)
    house.telegram.faults.add(Fault(FaultKind.SERVER_ERROR, method="sendMessage", times=4))
    await house.settle()
    assert [state for state, _ in await states(house)] == ["due"]
    house.clock.goes(minutes=5)
    await house.settle()
    assert await states(house) == [("sent", None)]


async def test_what_a_dead_sender_had_claimed_comes_back(house: House, aigerim: Person) -> None:
    def with_work(step: Any) -> Any:
        return lambda session: step(Work(session, house.clock(), house.program.vault))

    await owe(house, aigerim, "1")
    claimed = await house.database.transaction(with_work(lambda work: claim_due(work, 10)))
    assert len(claimed) == 1
    assert await house.program.sender.send_due() == 0
    house.clock.goes(minutes=6)
    assert await house.database.transaction(with_work(free_stuck)) == 1
    assert await house.program.sender.send_due() == 1


async def test_a_row_that_cannot_be_worded_fails_alone(
    house: House, aigerim: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot(_turn: Any, _facts: Any) -> Any:
        raise KeyError("personal")

    monkeypatch.setitem(house.program.sender.routes.notices, Kind.REDRAW, cannot)
    await owe(house, aigerim, "bad", kind=Kind.REDRAW)
    await owe(house, aigerim, "good", lane=Lane.BROADCAST)
    await house.settle()
    [bad, good] = await states(house)
    assert bad[0] == "failed"
    assert bad[1] is not None
    assert bad[1].startswith("KeyError test_sender.py")
    assert good == ("sent", None)


async def test_an_answer_that_could_not_be_shown_is_drawn_again_later(house: House, aigerim: Person) -> None:
    house.telegram.faults.add(Fault(FaultKind.SERVER_ERROR, method="sendMessage", times=4))
    shown = len(aigerim.chat.messages)
    await house.program.intake.take(aigerim.account.says("/menu"))
    assert len(aigerim.chat.messages) == shown + 1  # only their own words
    await house.settle()
    assert len(aigerim.chat.messages) == shown + 2
    assert "ZHAS PROJECT" in aigerim.sees


async def test_a_press_too_old_to_be_answered_still_gets_its_screen(house: House, aigerim: Person) -> None:
    house.telegram.faults.add(Fault(FaultKind.EXPIRED_CALLBACK))
    heard = aigerim.heard()
    await aigerim.presses_old(aigerim.screen, "nobody:knows:this")
    assert aigerim.heard() > heard
    assert aigerim.alerts == []


async def test_an_outcome_that_cannot_be_written_stops_neither_the_others_nor_the_sender(
    house: House, aigerim: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = notify_module.sent

    def fails_once(work: Work, notification: Any, message_id: int | None) -> None:
        monkeypatch.setattr(notify_module, "sent", sent)
        raise OperationalError("UPDATE", {}, Exception("server closed the connection"))

    monkeypatch.setattr(notify_module, "sent", fails_once)
    monkeypatch.setattr(sender_module, "LOOK_EVERY", 0.01)
    await owe(house, aigerim, "1")
    await owe(house, aigerim, "2")
    running = asyncio.ensure_future(house.program.sender.run())
    async with asyncio.timeout(5):
        while sorted(state for state, _ in await states(house)) != ["sending", "sent"]:
            await asyncio.sleep(0.01)
        await owe(house, aigerim, "3")
        while len([state for state, _ in await states(house) if state == "sent"]) != 2:
            await asyncio.sleep(0.01)
    assert not running.done()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


@pytest.mark.parametrize("error", [ValueError("x"), PoolTimeout("pool"), OSError("x")])
async def test_the_sender_outlives_whatever_claiming_raises(
    house: House, aigerim: Person, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    claim = notify_module.claim_due

    def fails_once(work: Work, most: int, lanes: Any) -> Any:
        monkeypatch.setattr(notify_module, "claim_due", claim)
        raise error

    monkeypatch.setattr(notify_module, "claim_due", fails_once)
    monkeypatch.setattr(sender_module, "LOOK_EVERY", 0.01)
    await owe(house, aigerim, "1")
    running = asyncio.ensure_future(house.program.sender.run())
    async with asyncio.timeout(5):
        while await states(house) != [("sent", None)]:
            await asyncio.sleep(0.01)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_a_kind_that_only_a_newer_program_knows_waits_and_stops_nobody(house: House, aigerim: Person) -> None:
    await owe(house, aigerim, "1")
    await house.database.transaction(lambda session: session.execute(text("UPDATE notification SET kind = 'new'")))
    await owe(house, aigerim, "2")
    await house.settle()
    assert [state for state, _ in await states(house)] == ["due", "sent"]


async def test_while_telegram_wants_silence_only_what_somebody_waits_for_is_claimed(
    house: House, aigerim: Person
) -> None:
    await owe(house, aigerim, "1", lane=Lane.REMINDER)
    await owe(house, aigerim, "2", lane=Lane.REPLY)
    house.program.sender.pace.pause(3600)
    assert await house.program.sender.send_due() == 1
    assert await house.program.sender.send_due() == 0
    assert await states(house) == [("due", None), ("sent", None)]
    house.program.sender.pace._paused_until = 0
    assert await house.program.sender.send_due() == 1


async def test_without_a_share_of_the_pace_everything_is_left_to_another_process(house: House, aigerim: Person) -> None:
    await owe(house, aigerim, "receipt", Kind.BROKEN)
    house.program.sender.pace.hold(0)
    assert await house.program.sender.send_due() == 0
    assert [state for state, _ in await states(house)] == ["due"]
    house.program.sender.pace.hold(1)
    assert await house.program.sender.send_due() == 1


async def test_a_slow_sending_that_was_taken_for_dead_is_not_sent_again(house: House, aigerim: Person) -> None:
    await owe(house, aigerim, "1")
    [(mine, _person)] = await house.work(lambda work: claim_due(work, 10))
    house.clock.goes(minutes=6)
    assert await house.work(free_stuck) == 1
    await house.work(lambda work: notify_module.sent(work, mine, [5]))
    assert await states(house) == [("sent", None)]


async def test_an_outcome_is_not_written_over_a_later_claim(house: House, aigerim: Person) -> None:
    await owe(house, aigerim, "1")
    [(mine, _person)] = await house.work(lambda work: claim_due(work, 10))
    house.clock.goes(minutes=6)
    await house.work(free_stuck)
    [(_theirs, _person)] = await house.work(lambda work: claim_due(work, 10))
    await house.work(lambda work: notify_module.not_sent(work, mine, "late"))
    assert await states(house) == [("sending", None)]


async def test_what_telegram_quotes_of_a_person_is_not_kept(house: House, aigerim: Person) -> None:
    words = 'Bad Request: can\'t parse entities: Unsupported start tag "айгерім" at byte offset 5'
    house.telegram.faults.add(Fault(FaultKind.SERVER_ERROR, method="sendMessage", code=400, description=words))
    await owe(house, aigerim, "1")
    await house.settle()
    [(state, error)] = await states(house)
    assert state == "failed"
    assert error is not None
    assert "can't parse entities" in error
    assert "айгерім" not in error


async def test_one_slow_message_holds_up_no_other(
    house: House, aigerim: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More than a batch goes out while the first message of it is still on its way; then it goes, too."""
    gate, sent, usual = asyncio.Event(), [0], show.show

    async def slow(bot: Any, chat: int, *rest: Any) -> Any:
        sent[0] += 1
        if sent[0] == 1:
            await gate.wait()
        return await usual(bot, chat, *rest)

    monkeypatch.setattr(sender_module, "show", slow)
    monkeypatch.setattr(room_module, "AT_ONCE", 3)
    monkeypatch.setattr(sender_module, "LOOK_EVERY", 0.01)
    for number in range(10):
        await owe(house, aigerim, str(number))
    running = asyncio.ensure_future(house.program.sender.run())
    async with asyncio.timeout(5):
        while [state for state, _ in await states(house)].count("sent") < 9:
            await asyncio.sleep(0.01)
        gate.set()
        while ("sending", None) in await states(house):
            await asyncio.sleep(0.01)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_announcements_on_their_way_leave_room_for_receipts(
    house: House, aigerim: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All the room of the patient lanes waits for Telegram; a receipt goes at once. Then they go, too, once each."""
    gate, usual, shown = asyncio.Event(), show.show, len(aigerim.chat.messages)

    async def slow(*all_of_it: Any) -> Any:
        if lane.get() == Lane.BROADCAST:
            await gate.wait()
        return await usual(*all_of_it)

    monkeypatch.setattr(sender_module, "show", slow)
    monkeypatch.setattr(room_module, "AT_ONCE", 4)
    monkeypatch.setattr(sender_module, "LOOK_EVERY", 0.01)
    for number in range(10):
        await owe(house, aigerim, str(number), lane=Lane.BROADCAST)
    running = asyncio.ensure_future(house.program.sender.run())
    async with asyncio.timeout(5):
        while [state for state, _ in await states(house)].count("sending") < 4:
            await asyncio.sleep(0.01)
        await owe(house, aigerim, "receipt")
        while (await states(house))[-1] != ("sent", None):
            await asyncio.sleep(0.01)
        assert [state for state, _ in await states(house)].count("sending") == 4
        gate.set()
        while set(await states(house)) != {("sent", None)}:
            await asyncio.sleep(0.01)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert len(aigerim.chat.messages) == shown + 11


async def test_what_a_living_sender_still_sends_is_not_taken_for_a_dead_ones(
    house: House, aigerim: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, usual = asyncio.Event(), show.show

    async def slow(*all_of_it: Any) -> Any:
        await gate.wait()
        return await usual(*all_of_it)

    def claimed_at(work: Work) -> Any:
        return work.session.scalar(select(NotificationRow.claimed_at))

    monkeypatch.setattr(sender_module, "show", slow)
    monkeypatch.setattr(sender_module, "LOOK_EVERY", 0.01)
    await owe(house, aigerim, "1")
    running = asyncio.ensure_future(house.program.sender.run())
    async with asyncio.timeout(5):
        for _time in range(4):
            while await house.work(claimed_at) != house.clock():
                await asyncio.sleep(0.01)
            house.clock.goes(minutes=2)
        assert await house.work(free_stuck) == 0
        gate.set()
        while await states(house) != [("sent", None)]:
            await asyncio.sleep(0.01)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_what_is_being_sent_when_the_program_stops_is_sent_to_its_end(
    house: House, aigerim: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, usual = asyncio.Event(), show.show

    async def slow(*all_of_it: Any) -> Any:
        begun.set()
        await asyncio.sleep(0.05)
        return await usual(*all_of_it)

    monkeypatch.setattr(sender_module, "show", slow)
    await owe(house, aigerim, "1")
    running = asyncio.ensure_future(house.program.sender.run())
    await begun.wait()
    house.program.sender.stop()
    await running
    assert await states(house) == [("sent", None)]


async def test_who_erased_everything_is_not_kept_again_for_an_answer_that_could_not_be_shown(house: House) -> None:
    aigerim = house.person()
    await aigerim.speaks("kk")
    await aigerim.says("/data")
    with speaking("kk"):
        await aigerim.presses(_("Erase my data"), _("Erase"))
        message, data = aigerim._button(_("Yes, erase for ever"))
    house.telegram.faults.add(Fault(FaultKind.SERVER_ERROR, method="editMessageText", times=4))
    await house.program.intake.take(aigerim.account.presses(message.id, data) or {})
    assert await house.rows("SELECT * FROM person") == []
    assert await house.rows("SELECT * FROM notification") == []


async def test_what_is_meant_for_a_group_goes_there_whatever_became_of_the_person(
    house: House, aigerim: Person
) -> None:
    group = house.telegram.group("Кеңсе", owner=aigerim.account.user, supergroup=False)
    inside = aigerim.account.inside(group)
    await house.deliver(inside.adds_bot())
    await aigerim.sends(aigerim.account.blocks())
    assert await owe(house, aigerim, "1", chat=group.id)
    await house.settle()
    assert [message.from_bot for message in group.messages] == [False, True]
    inside.removes_bot()
    await aigerim.starts()
    assert await owe(house, aigerim, "2", chat=group.id)
    await house.settle()
    assert await states(house) == [("sent", None), ("failed", "unreachable")]
    assert await house.rows("SELECT unreachable_since FROM person") == [(None,)]


async def test_what_is_meant_for_a_group_follows_it_into_its_supergroup(house: House, aigerim: Person) -> None:
    group = house.telegram.group("Кеңсе", owner=aigerim.account.user, supergroup=False)
    aigerim.account.inside(group).adds_bot()
    big = house.telegram.upgraded(group)
    assert await owe(house, aigerim, "1", chat=group.id)
    await house.settle()
    assert [message.from_bot for message in big.messages] == [True]
    assert await house.rows("SELECT chat_id, state FROM notification") == [(big.id, "sent")]
