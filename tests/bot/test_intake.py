"""An update from its raw form to the end: in order, once, never silent, never in anybody's way."""

from __future__ import annotations

import asyncio
import json
from functools import partial
from itertools import count
from random import Random
from typing import Any

import pytest
from aiogram import Bot
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot import turns as turns_module
from bot.intake import intake as intake_module
from bot.intake import line as line_module
from bot.intake import machine
from bot.show import show
from bot.transactions import Transactions
from bot.turns import Turns
from handlers.conversation import Turn
from tests.person import House
from tests.pouring import kept, pour, writers
from usecases.set_aside import waiting


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake_module, "PAUSES", (0.0, 0.0, 0.0))


def breaks(house: House, monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    """From now on, whoever says this word makes a handler fail."""
    routes = house.program.turns.routes
    usual = routes.message

    def message(turn: Turn, said: Any) -> Any:
        if said.text == word:
            raise RuntimeError("a secret that must not be logged")
        return usual(turn, said)

    monkeypatch.setattr(type(routes), "message", lambda self, turn, said: message(turn, said))


async def test_one_failing_update_is_set_aside_told_and_harms_nobody(
    house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    aigerim, danila = house.person(1001), house.person(1002, "ru", "Данила")
    await aigerim.speaks("kk")
    await danila.speaks("ru")
    breaks(house, monkeypatch, "boom")
    intake = house.program.intake
    await asyncio.gather(intake.take(aigerim.account.says("boom")), intake.take(danila.account.says("/menu")))
    await house.settle()
    assert intake.failed == 1
    assert "ZHAS PROJECT" in danila.sees
    assert aigerim.sees != danila.sees
    [(error, tries, sealed)] = await house.rows("SELECT error, tries, sealed FROM set_aside_update")
    assert error.startswith("RuntimeError test_intake.py:")
    assert tries == 3
    assert b"boom" not in sealed
    assert "secret" not in capsys.readouterr().err


async def test_an_update_that_no_type_can_read_is_set_aside(house: House) -> None:
    raw = {"update_id": 77, "message": {"message_id": "not a number", "from": {"id": 1001}}}
    await house.program.intake.take(raw)
    assert await house.rows("SELECT update_id, telegram_id FROM set_aside_update") == [(77, 1001)]


async def test_one_persons_updates_keep_their_order(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    aigerim = house.person()
    await aigerim.speaks("kk")
    seen: list[str] = []
    usual = Turns.take

    async def slow_first(self: Turns, bot: Bot, raw: dict[str, Any]) -> None:
        await asyncio.sleep(0.02 if not seen else 0)
        seen.append(raw["message"]["text"])
        await usual(self, bot, raw)

    monkeypatch.setattr(Turns, "take", slow_first)
    await house.restart()
    said = [aigerim.account.says(str(number)) for number in range(20)]
    await asyncio.gather(*(house.program.intake.take(update) for update in said))
    assert seen == [str(number) for number in range(20)]


async def test_a_slow_person_holds_up_nobody_else(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    aigerim, danila = house.person(1001), house.person(1002)
    await danila.speaks("kk")
    gate = asyncio.Event()
    usual = Turns.take

    async def wait(self: Turns, bot: Bot, raw: dict[str, Any]) -> None:
        if raw["message"]["from"]["id"] == 1001:
            await gate.wait()
        await usual(self, bot, raw)

    monkeypatch.setattr(Turns, "take", wait)
    await house.restart()
    slow = asyncio.ensure_future(house.program.intake.take(aigerim.account.starts()))
    heard = danila.heard()
    await house.program.intake.take(danila.account.says("/menu"))
    assert danila.heard() == heard + 1
    assert not slow.done()
    gate.set()
    await slow


async def test_a_blocked_bot_marks_the_person_unreachable_until_they_write_again(house: House) -> None:
    aigerim = house.person()
    await aigerim.speaks("kk")
    await aigerim.sends(aigerim.account.blocks())
    assert (await house.rows("SELECT unreachable_since IS NOT NULL FROM person")) == [(1,)]
    await aigerim.says("/menu")
    assert (await house.rows("SELECT unreachable_since IS NOT NULL FROM person")) == [(0,)]


async def test_in_a_group_only_who_addresses_the_bot_is_declined_and_nobody_is_stored(house: House) -> None:
    aigerim = house.person()
    group = house.telegram.group("Достар", owner=aigerim.account.user)
    inside = aigerim.account.inside(group)
    await house.deliver(inside.adds_bot(), inside.says("/start"))
    said = [message.text for message in group.messages if message.from_bot]
    assert len(said) == 1
    await house.deliver(inside.says("сәлем"))
    assert len([message for message in group.messages if message.from_bot]) == 1
    assert await house.rows("SELECT * FROM person") == []


async def test_a_failing_update_waits_while_no_connection_is_free_to_set_it_aside(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    aigerim = house.person(1001)
    await aigerim.speaks("kk")
    breaks(house, monkeypatch, "boom")
    monkeypatch.setattr(machine, "PAUSE", 0.0)
    usual, refusals = Transactions.run, [PoolTimeout("QueuePool limit reached"), OSError("no such host")]

    async def crowded(self: Transactions, usecase: Any, *args: Any, **kwargs: Any) -> Any:
        if usecase.__name__ == "set_aside" and refusals:
            raise refusals.pop()
        return await usual(self, usecase, *args, **kwargs)

    monkeypatch.setattr(Transactions, "run", crowded)
    await house.program.intake.take(aigerim.account.says("boom"))
    assert not refusals
    assert len(await house.rows("SELECT * FROM set_aside_update")) == 1


async def until_committed(house: House, least: int) -> None:
    async with asyncio.timeout(5):
        while (await house.rows("SELECT count(*) FROM handled_update"))[0][0] < least:
            await asyncio.sleep(0.01)


async def test_by_polling_only_what_lies_far_behind_is_acknowledged_before_its_answer(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram gives the hundred from the oldest that is not acknowledged on."""
    gate, usual = asyncio.Event(), show

    async def slow(bot: Any, chat: int, *rest: Any) -> Any:
        if chat == 1001:
            await gate.wait()
        return await usual(bot, chat, *rest)

    monkeypatch.setattr(turns_module, "show", slow)
    intake = house.program.intake
    intake.polled = True
    waiting = intake.take(house.person(1001).account.says("/menu"))
    for number in range(intake_module.BEHIND):
        await intake.take(house.person(2000 + number % 7).account.says("/menu"))
    assert not waiting.done()
    await intake.take(house.person(2000).account.says("/menu"))
    assert waiting.done()
    gate.set()
    await intake.finish()


async def test_while_answers_wait_the_next_updates_are_decided_and_all_are_shown_in_order(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    aigerim = house.person()
    await aigerim.speaks("kk")
    gate = asyncio.Event()
    shown: list[str] = []

    async def slow(bot: Any, chat: int, reply: Any, *rest: Any) -> Any:
        await gate.wait()
        shown.append(reply.screens[0].text)
        return await show(bot, chat, reply, *rest)

    monkeypatch.setattr(turns_module, "show", slow)
    monkeypatch.setattr(intake_module, "LOOK_EVERY", 0.01)
    words = ["/status", "/data", "/questions", "/menu"] * 6
    updates = [aigerim.account.says(word) for word in words]
    taking = [house.program.intake.take(update) for update in updates]
    async with asyncio.timeout(5):
        while sum(one.done() for one in taking) < 4:  # committed, and in such a crowd that is enough for the oldest
            await asyncio.sleep(0.01)
    await until_committed(house, 2 + len(words))
    assert [one.done() for one in taking] == [True] * 4 + [False] * 20
    assert await house.rows("SELECT place FROM person") == [("menu",)]
    assert shown == []
    gate.set()
    await house.program.intake.finish()
    assert all(one.done() for one in taking)
    assert len(shown) == len(words)
    assert shown == shown[:4] * 6


async def test_few_updates_are_acknowledged_only_once_they_are_answered(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    aigerim = house.person()
    await aigerim.speaks("kk")
    gate = asyncio.Event()

    async def never(*_all: Any) -> None:
        await gate.wait()

    monkeypatch.setattr(turns_module, "show", never)
    monkeypatch.setattr(intake_module, "LOOK_EVERY", 0.01)
    taking = asyncio.ensure_future(house.program.intake.take(aigerim.account.says("/data")))
    while await house.rows("SELECT place FROM person") != [("data",)]:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.05)
    assert not taking.done()
    gate.set()
    await taking


async def test_waiting_for_the_answers_before_is_no_slowness(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else whoever writes much at once would be told that their words were not taken."""
    aigerim = house.person()
    await aigerim.speaks("kk")
    monkeypatch.setattr(intake_module, "LONGEST", 0.15)
    monkeypatch.setattr(line_module, "LONGEST", 0.15)

    async def slow(*all_of_it: Any) -> Any:
        await asyncio.sleep(0.1)
        return await show(*all_of_it)

    monkeypatch.setattr(turns_module, "show", slow)
    updates = [aigerim.account.says("/menu") for _ in range(5)]
    await asyncio.gather(*(house.program.intake.take(update) for update in updates))
    assert house.program.intake.failed == 0
    assert len([one for one in aigerim.chat.messages if one.from_bot]) == 1 + 5


def unreadable(number: int, sender: int) -> dict[str, Any]:
    """An update of a kind that no type can read."""
    return {"update_id": number, "message": {"message_id": "not a number", "from": {"id": sender}}}


@pytest.mark.parametrize(("people", "rounds"), [(4, 2), pytest.param(30, 60, marks=pytest.mark.soak)])
async def test_poison_among_ordinary_updates_harms_none_of_them_and_can_be_replayed(
    house: House, monkeypatch: pytest.MonkeyPatch, people: int, rounds: int
) -> None:
    authors, dice, numbers = await writers(house, people), Random(people), count(10**6)
    fail, strange = set[int](), set[int]()
    with monkeypatch.context() as broken:
        breaks(house, broken, "boom")
        for _ in range(rounds):
            said: list[Any] = [
                one.account.says(dice.choice(("boom", "Ещё", "Ещё", "Ещё"))) for _ in range(4) for one in authors
            ]
            fail |= {update["update_id"] for update in said if update["message"]["text"] == "boom"}
            odd = [unreadable(next(numbers), one.account.id) for one in authors if dice.random() < 0.2]
            strange |= {update["update_id"] for update in odd}
            await pour(house, said + odd)
    await house.settle()
    poison = fail | strange
    assert {row[0] for row in await house.rows("SELECT update_id FROM set_aside_update")} == poison
    broken_news = "SELECT state, count(*) FROM notification WHERE kind = 'broken' GROUP BY state"
    assert (house.program.intake.failed, await house.rows(broken_news)) == (len(poison), [("sent", len(poison))])
    taken = await kept(house)
    assert sum(map(len, taken.values())) == people * (1 + 4 * rounds) - len(fail)
    assert all(messages == sorted(messages) for messages in taken.values())

    for number in sorted(poison):
        raw = await house.work(partial(waiting, update_id=number))
        assert raw
        await house.program.intake.take(json.loads(raw))
    assert house.program.intake.failed == len(poison) + len(strange), "what nobody can read fails again"
    assert sum(map(len, (await kept(house)).values())) == people * (1 + 4 * rounds)
