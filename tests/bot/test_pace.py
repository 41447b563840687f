"""The pace: no window sees more than its permits, and who matters more goes first. Time is a scaled-down second."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest

from bot.pace import ANSWER, Limits, Pace, Silence, lane
from domain.notification import Lane

WINDOW = 0.2


async def speak(pace: Pace, chat: int, whose: int, log: list[tuple[float, int, int]], delay: float = 0.0) -> None:
    lane.set(whose)
    async with pace.permit(chat):
        log.append((asyncio.get_running_loop().time(), chat, whose))
        await asyncio.sleep(delay)


async def test_no_window_sees_more_than_the_permits() -> None:
    pace, log = Pace(Limits(permits=5, window=WINDOW)), list[tuple[float, int, int]]()
    await asyncio.gather(*(speak(pace, chat, 3, log, delay=0.01) for chat in range(1, 21)))
    times = sorted(at for at, *_ in log)
    assert all(later - earlier >= WINDOW for earlier, later in zip(times, times[5:], strict=False))


@pytest.mark.parametrize("permits", [7, 2])
async def test_an_album_takes_a_permit_a_file(permits: int) -> None:
    """With a share smaller than the album it goes when nothing else does, and others wait for all of it."""
    pace, log = Pace(Limits(permits=permits, window=WINDOW)), list[tuple[float, int]]()

    async def album(chat: int, files: int) -> None:
        async with pace.permit(chat, files):
            log.append((asyncio.get_running_loop().time(), files))

    lane.set(Lane.BROADCAST)
    await asyncio.gather(*(album(chat, 1 if chat % 3 else 5) for chat in range(1, 13)))
    most = max(sum(files for at, files in log if begun <= at < begun + WINDOW) for begun, _files in log)
    assert (len(log), most <= max(permits, 5 + permits - 2)) == (12, True), log


async def test_an_album_to_a_group_takes_up_its_minute() -> None:
    pace = Pace(Limits(window=WINDOW / 3))
    begun = asyncio.get_running_loop().time()
    for cost in (2, 1):
        async with pace.permit(-7, cost):
            pass
    assert asyncio.get_running_loop().time() - begun >= 2 * WINDOW * 0.95


async def test_an_answer_overtakes_a_queue_of_announcements() -> None:
    pace, log = Pace(Limits(permits=2, window=WINDOW)), list[tuple[float, int, int]]()
    announcements = [asyncio.ensure_future(speak(pace, chat, 3, log)) for chat in range(1, 9)]
    await asyncio.sleep(0)
    await speak(pace, 100, ANSWER, log)
    assert [chat for _, chat, _ in log].index(100) <= 2
    await asyncio.gather(*announcements)


async def test_one_chat_gets_one_notification_a_window() -> None:
    pace, log = Pace(Limits(permits=30, window=WINDOW)), list[tuple[float, int, int]]()
    await asyncio.gather(*(speak(pace, 7, 2, log) for _ in range(3)))
    times = [at for at, *_ in log]
    assert all(later - earlier >= WINDOW * 0.95 for earlier, later in pairwise(times))


async def test_answers_in_one_chat_may_borrow_a_short_burst_and_no_more() -> None:
    pace, log = Pace(Limits(permits=30, window=WINDOW, burst=3)), list[tuple[float, int, int]]()
    begun = asyncio.get_running_loop().time()
    await asyncio.gather(*(speak(pace, 7, ANSWER, log) for _ in range(6)))
    at_once = [at for at, *_ in log if at - begun < WINDOW * 0.5]
    assert len(at_once) == 4


async def test_retry_after_silences_all_that_nobody_waits_for() -> None:
    pace, log = Pace(Limits(permits=30, window=WINDOW)), list[tuple[float, int, int]]()
    pace.pause(WINDOW)
    begun = asyncio.get_running_loop().time()
    await asyncio.gather(*(speak(pace, whose + 10, whose, log) for whose in (ANSWER, *Lane)))
    delays = {whose: at - begun for at, _chat, whose in log}
    assert max(delays[whose] for whose in (ANSWER, Lane.RECEIPT, Lane.REPLY)) < WINDOW * 0.5
    assert min(delays[whose] for whose in (Lane.REMINDER, Lane.BROADCAST)) >= WINDOW * 0.95


async def test_who_waits_when_a_long_silence_begins_is_told_to_come_again() -> None:
    pace, log = Pace(Limits(permits=1, window=WINDOW)), list[tuple[float, int, int]]()
    waiting = [asyncio.ensure_future(speak(pace, chat, whose, log)) for chat, whose in ((1, ANSWER), (2, 3), (3, 0))]
    await asyncio.sleep(0)
    pace.pause(3600)
    assert [type(one).__name__ for one in await asyncio.gather(*waiting, return_exceptions=True)] == [
        "NoneType", "Silence", "NoneType",
    ]  # fmt: skip
    with pytest.raises(Silence, match="3600 s"):
        await speak(pace, 4, 3, log)
