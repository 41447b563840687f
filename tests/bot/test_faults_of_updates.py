"""Updates that come twice, in pieces or out of order, a second poller, files that come slowly: over real HTTP."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from aiohttp import ClientSession
from sqlalchemy import select, update
from structlog.testing import capture_logs

from bot.clock import system_clock
from db.tables import DocumentRow
from sandbox.faults import FaultKind
from sandbox.polling import Polling
from tests.applicant import PDF
from tests.at_work import AtWork, at_the_paper
from tests.files import a_pdf
from tests.kills.aftermath import counted
from tests.over_http import until
from tests.person import Upload

LARGE = a_pdf() + b"%" + bytes(3 << 20)
BY_POLLING = pytest.mark.parametrize("by", ["polling"])


async def test_what_comes_twice_counts_once(bot: AtWork) -> None:
    one = bot.people[0]
    await one.phone.says("/apply")
    bot.fault(FaultKind.DUPLICATE, times=3)
    for words in ("Instagram парақшасы", "Труба", "12"):
        await one.phone.says(words)
    await until(bot.acknowledged)
    assert one.phone.glance.cursor(one.phone.account.id) == "budget.0.price"


@BY_POLLING
async def test_what_comes_out_of_order_in_one_answer_of_telegrams_is_put_in_order(bot: AtWork) -> None:
    one = bot.people[0]
    await one.phone.says("/apply")
    bot.fault(FaultKind.REORDER, size=3)
    for words in ("Instagram парақшасы", "Труба", "12"):
        last = one.phone.account.says(words)
    await until(lambda: one.phone.glance.handled(last["update_id"]))
    assert one.phone.glance.cursor(one.phone.account.id) == "budget.0.price"


@BY_POLLING
async def test_a_second_poller_is_outlasted(bot: AtWork) -> None:
    """It ends our question with 409; ours is asked again, which ends the other's."""
    line, url = Polling.of(bot.server.telegram), f"{bot.server.url}/bot{bot.program.bot.token}/getUpdates"
    await until(lambda: line.waiting)
    with capture_logs() as logs:
        async with ClientSession() as other, asyncio.timeout(5), other.post(url, json={"timeout": 20}) as answer:
            assert answer.status == 409
    failed = [log for log in logs if log["event"] == "getUpdates failed"]
    assert [log["conflict"] for log in failed] == [True]
    await bot.people[0].phone.says("/apply")
    bot.fault(FaultKind.CONFLICT, times=3)
    await bot.people[1].phone.says("/apply")
    await until(lambda: not bot.faults.waiting)
    await bot.people[2].phone.says("/apply")


async def test_an_album_in_pieces_over_more_than_three_seconds_arrives_whole(bot: AtWork) -> None:
    one = bot.people[0]
    await at_the_paper(one, "Справка о")
    bot.fault(FaultKind.SPLIT_ALBUM, seconds=1.7)
    said = one.phone.account.sends_album([Upload(f"{n}.pdf", PDF + bytes([n])) for n in range(3)])
    assert len(said) == 3
    await until(lambda: one.phone.glance.handled(said[0]["update_id"]))
    first = asyncio.get_running_loop().time()
    await until(lambda: one.phone.glance.handled(said[-1]["update_id"]), seconds=10)
    assert asyncio.get_running_loop().time() - first > 3
    assert await bot.work(lambda work: counted(work, "SELECT slot FROM document")) == {"registration": 3}
    await until(lambda: "3" in one.phone.sees and bot.acknowledged())


async def test_a_slow_download_holds_up_nobody_and_comes_whole(bot: AtWork) -> None:
    one, other, _third = bot.people
    await at_the_paper(one)
    bot.fault(FaultKind.SLOW_DOWNLOAD, seconds=3)
    await one.phone.attaches("scan.pdf", LARGE)
    await until(lambda: not bot.faults.waiting)  # it has begun
    await other.phone.says("/apply")
    assert "stored" not in await bot.documents()  # the neighbour is answered, and it goes on
    await bot.stored(1)


async def test_a_download_that_breaks_half_way_is_fetched_again(bot: AtWork) -> None:
    one = bot.people[0]
    await at_the_paper(one)
    bot.fault(FaultKind.CUT_AFTER, "download")
    await one.phone.attaches("scan.pdf", LARGE)
    row, soon = DocumentRow, system_clock() + timedelta(minutes=2)  # not the lease of five minutes: the next try
    put_off = select(row.id).where(row.tries == 1, row.fetch_at < soon)
    async with asyncio.timeout(10):
        while not await bot.work(lambda work: work.session.scalars(put_off).all()):
            await asyncio.sleep(0.05)
    await bot.work(lambda work: work.session.execute(update(row).values(fetch_at=work.now)))
    await bot.stored(1)
