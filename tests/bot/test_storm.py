"""Every fault of the sandbox's by chance, all at once, while people go from their last questions to their receipts."""

from __future__ import annotations

import asyncio

import pytest

from sandbox.faults import FaultKind
from tests.applicant import PDF, Applicant
from tests.at_work import AtWork, at_the_paper
from tests.crowd import Somebody
from tests.kills.aftermath import counted
from tests.person import Upload

CALLS = (FaultKind.SERVER_ERROR, FaultKind.CUT_BEFORE, FaultKind.CUT_AFTER, FaultKind.TIMEOUT)
MANY = 100_000


@pytest.mark.parametrize("seed", [7])
async def test_a_storm_on_every_call_loses_nothing(bot: AtWork, seed: int) -> None:
    await a_storm(bot, seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 140))
async def test_many_storms(bot: AtWork, seed: int) -> None:
    await a_storm(bot, seed)


async def a_storm(bot: AtWork, seed: int) -> None:
    """One call in four meets trouble, and so do presses, the order of updates, an album and downloads."""
    bot.faults.dice.seed(seed)
    for kind in CALLS:
        bot.fault(kind, times=MANY, chance=0.05, seconds=0.01)
        bot.fault(kind, "getUpdates", times=MANY, chance=0.02, seconds=0.01)
        bot.fault(kind, "download", times=MANY, chance=0.05)
    bot.fault(FaultKind.TOO_MANY, times=MANY, chance=0.02, retry_after=1)
    bot.fault(FaultKind.SLOW, times=MANY, chance=0.05, seconds=0.1)
    bot.fault(FaultKind.SLOW_DOWNLOAD, times=MANY, chance=0.2, seconds=0.2)
    bot.fault(FaultKind.EXPIRED_CALLBACK, times=MANY, chance=0.1)
    bot.fault(FaultKind.DUPLICATE, times=MANY, chance=0.1)
    if (
        bot.server.telegram.webhook.url
    ):  # by polling, an answer of Telegram's that is cut off could take a held one along
        bot.fault(FaultKind.REORDER, times=MANY, chance=0.1, seconds=0.2)
    bot.fault(FaultKind.SPLIT_ALBUM, seconds=0.3)
    [first, *others] = bot.people
    await asyncio.gather(with_an_album(first), *(one.goes_on() for one in others))
    numbers = await bot.work(lambda work: counted(work, "SELECT number FROM application"))
    assert sorted(numbers) == [f"79-2026-{number:06d}" for number in (1, 2, 3)]
    assert await bot.work(lambda work: counted(work, "SELECT 1 FROM document")) == {1: 10}
    assert bot.program.intake.failed == 0
    assert all(fault.kind is not FaultKind.SPLIT_ALBUM for fault in bot.faults.waiting)


async def with_an_album(one: Somebody) -> None:
    """As the others, but the first paper is an album of two, and one file more: too many, and refused."""
    await at_the_paper(one)
    await one.phone.sends_album([Upload(f"{n}.pdf", PDF + b"album" + bytes([n])) for n in range(2)])
    await one.phone.presses("Все документы")
    applicant = Applicant(one.story, one.phone)
    await applicant.sends_documents()
    await applicant.sends_application()
