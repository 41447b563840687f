"""How the pace learns: step by step, back at the first refusal, and what was refused is left alone for long."""

from __future__ import annotations

import asyncio
from itertools import count

import pytest
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramRetryAfter

from bot import earliness as earliness_module
from bot.earliness import CALM, FIRST_PAUSE, Earliness, Step
from bot.pace import Limits, Pace, lane
from bot.paced import Paced
from bot.requests import Requests
from domain.notification import Lane
from sandbox.limits import Counting, Latency, Rate
from sandbox.limits import Limits as Allowed
from tests.over_http import Server

PERMITS = 5


def full(one: Earliness, now: float, windows: int = CALM) -> bool:
    """So many windows full of messages, while others wait; whether a new step begins."""
    return sum(one.lent(PERMITS, now) for _ in range(windows * PERMITS)) > 0


def at(one: Earliness) -> Step:
    return one.step


def test_it_goes_up_step_by_step_after_a_calm_time() -> None:
    one = Earliness(1.0)
    one.went(0.08)
    one.went(0.05)
    one.went(0.06)
    assert (at(one), one.gap) == (Step.AFTER_ANSWER, 1.0)
    assert not full(one, 0.0, CALM - 1)
    assert full(one, 0.0, 1)
    assert at(one) is Step.ON_THE_WAY
    assert one.gap == pytest.approx(0.96)
    assert full(one, 0.0)
    assert (at(one), one.gap) == (Step.BY_CLOCK, 0.0)
    assert not full(one, 0.0)
    assert at(one) is Step.BY_CLOCK


def test_a_refused_step_is_given_up_and_tried_again_after_ever_longer_pauses() -> None:
    one = Earliness(1.0)
    for now, refused_until in ((0.0, FIRST_PAUSE), (FIRST_PAUSE, 3 * FIRST_PAUSE)):
        while at(one) is not Step.BY_CLOCK:
            full(one, now)
        one.refused(Step.BY_CLOCK, now)
        one.refused(Step.BY_CLOCK, now)  # of the same moment: nobody else is to blame for it
        assert at(one) is Step.ON_THE_WAY
        assert not full(one, refused_until - 1)
    assert full(one, 3 * FIRST_PAUSE)


def test_a_refusal_of_what_left_at_another_step_changes_nothing_and_ends_the_calm() -> None:
    one = Earliness(1.0)
    full(one, 0.0, CALM - 1)
    one.refused(Step.AFTER_ANSWER, 0.0)
    assert at(one) is Step.AFTER_ANSWER
    assert not full(one, 0.0, 1)
    full(one, 0.0, CALM - 1)
    assert at(one) is Step.ON_THE_WAY
    one.refused(Step.AFTER_ANSWER, 0.0)
    assert at(one) is Step.ON_THE_WAY


@pytest.mark.parametrize("counting", Counting)
async def test_over_http_it_learns_how_the_server_counts(
    counting: Counting, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bucket is used up to its rate without a refusal; a window refuses the trial, and then nothing more."""
    monkeypatch.setattr(earliness_module, "CALM", 1)
    server.telegram.limits = Allowed(on=True, counting=counting, overall=Rate(50, 0.5))
    server.telegram.latency = Latency(0.06, 0.02)
    pace, refused, chats = Pace(Limits(permits=50, window=0.5)), list[int](), count(1)
    session = Requests(api=TelegramAPIServer.from_base(server.url))
    session.middleware(Paced(pace))
    bot = Bot("4242:tests-have-no-token", session=session)

    async def speak() -> None:
        lane.set(Lane.BROADCAST)
        while (chat := next(chats)) <= 350:
            server.telegram.person(chat).starts()
            while True:
                try:
                    await bot.send_message(chat, "x")
                    break
                except TelegramRetryAfter as refusal:
                    refused.append(chat)
                    await asyncio.sleep(refusal.retry_after)

    await asyncio.gather(*(speak() for _ in range(70)))
    await session.close()
    if counting is Counting.BUCKET:
        assert (pace.earliness.step, refused) == (Step.BY_CLOCK, [])
    else:
        assert pace.earliness.step < Step.BY_CLOCK
        assert 0 < len(refused) < 50
        assert max(refused) < 300
