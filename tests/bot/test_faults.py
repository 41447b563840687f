"""Every fault the sandbox can bring about, over real HTTP, against the program: each is survived and answered."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from sqlalchemy import select, update

from bot import persistence
from bot.assembly import Program
from bot.clock import system_clock
from bot.intake import polling
from db.tables import DocumentRow
from db.vault import Vault
from sandbox.faults import Fault, FaultKind
from tests.applicant import PDF
from tests.crowd import Somebody, somebody
from tests.factories import DATA_KEY
from tests.files import a_pdf
from tests.keeper import SqliteGlance
from tests.kills.aftermath import counted, near_the_end
from tests.over_http import Server, polled, the_bot, until
from tests.person import Upload
from usecases.demonstration import load_demonstration
from usecases.work import Work

LARGE = a_pdf() + b"%" + bytes(3 << 20)


class AtWork:
    """A program that polls, sends and fetches, and people at the end of their form."""

    def __init__(self, server: Server, program: Program, people: list[Somebody]) -> None:
        self.server, self.program, self.people = server, program, people
        self.faults = server.telegram.faults

    async def work(self, step: Callable[[Work], Any]) -> Any:
        def run(session: Any) -> Any:
            return step(Work(session, system_clock(), Vault(DATA_KEY)))

        return await self.program.database.transaction(run)

    def fault(self, kind: FaultKind, method: str | None = None, **more: Any) -> Fault:
        return self.faults.add(Fault(kind, method, **more))


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(persistence, "PAUSES", (0.01, 0.02, 0.05))
    monkeypatch.setattr(polling, "PAUSE_AFTER_ERROR", 0.05)


@pytest.fixture
async def bot(server: Server, tmp_path: Path) -> AsyncIterator[AtWork]:
    async with the_bot(server, tmp_path) as program:
        glance = SqliteGlance(tmp_path / "bot.db")
        people = [somebody(server.telegram, glance, number) for number in range(1, 4)]
        one = AtWork(server, program, people)
        await one.work(load_demonstration)
        await one.work(lambda work: near_the_end(work, people))
        async with beside(program.sender.run(), program.fetcher.run()), polled(program):
            yield one
        glance.close()


@asynccontextmanager
async def beside(*work: Any) -> AsyncIterator[None]:
    tasks = [asyncio.ensure_future(each) for each in work]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def shown(one: Somebody) -> list[str]:
    return [message.text for message in one.phone.chat.messages if message.from_bot]


@pytest.mark.parametrize(
    ("fault", "copies"),
    [
        (Fault(FaultKind.TOO_MANY, "sendMessage", retry_after=1), 1),
        (Fault(FaultKind.SERVER_ERROR, "sendMessage", code=502, times=3), 1),
        (Fault(FaultKind.TIMEOUT, "sendMessage", seconds=0.1), 1),
        (Fault(FaultKind.TIMEOUT, "sendMessage", seconds=0.1, accepted=True), 2),
        (Fault(FaultKind.CUT_BEFORE, "sendMessage", times=3), 1),
        (Fault(FaultKind.CUT_AFTER, "sendMessage"), 2),
        (Fault(FaultKind.SLOW, "sendMessage", seconds=0.3), 1),
    ],
    ids=lambda value: f"{value.kind}{'-accepted' * value.accepted}" if isinstance(value, Fault) else "",
)
async def test_an_answer_is_shown_whatever_befalls_it(bot: AtWork, fault: Fault, copies: int) -> None:
    """Twice only where Telegram had taken it and the news of that was lost: nobody could know."""
    [one, other, _third] = bot.people
    fault.chat_id = one.phone.account.id
    await one.phone.says("/apply")
    before = len(shown(one))
    bot.faults.add(fault)
    said = one.phone.account.says("Instagram парақшасы")
    await other.phone.says("/apply")
    await until(lambda: not bot.server.telegram.updates.queue)
    assert (shown(one)[-1] == shown(one)[-copies], len(shown(one)) - before) == (True, copies)
    assert one.phone.glance.handled(said["update_id"])
    assert one.phone.glance.cursor(one.phone.account.id).startswith("budget")


@pytest.mark.parametrize("method", ["answerCallbackQuery", "editMessageText"])
@pytest.mark.parametrize("kind", [FaultKind.TOO_MANY, FaultKind.SERVER_ERROR, FaultKind.CUT_AFTER])
async def test_a_press_is_answered_once_whatever_befalls_it(bot: AtWork, method: str, kind: FaultKind) -> None:
    one = bot.people[0]
    await one.phone.says("/apply")
    before = len(shown(one))
    bot.fault(kind, method, retry_after=1)
    await one.phone.presses("Пауза")
    await until(lambda: not bot.server.telegram.updates.queue)
    assert len(shown(one)) == before


async def test_a_press_too_old_to_be_answered_shows_its_screen(bot: AtWork) -> None:
    one = bot.people[0]
    await one.phone.says("/apply")
    bot.fault(FaultKind.EXPIRED_CALLBACK)
    await one.phone.presses("Пауза")
    refused = [call for call in bot.server.telegram.calls if call.method == "answerCallbackQuery"][-1]
    assert "query is too old" in str(refused.error)


async def test_what_comes_twice_counts_once(bot: AtWork) -> None:
    one = bot.people[0]
    await one.phone.says("/apply")
    bot.fault(FaultKind.DUPLICATE, times=3)
    for words in ("Instagram парақшасы", "Труба", "12"):
        await one.phone.says(words)
    await until(lambda: not bot.server.telegram.updates.queue)
    assert one.phone.glance.cursor(one.phone.account.id) == "budget.0.price"


async def test_what_comes_out_of_order_in_one_answer_of_telegrams_is_put_in_order(bot: AtWork) -> None:
    one = bot.people[0]
    await one.phone.says("/apply")
    bot.fault(FaultKind.REORDER, size=3)
    for words in ("Instagram парақшасы", "Труба", "12"):
        last = one.phone.account.says(words)
    await until(lambda: one.phone.glance.handled(last["update_id"]))
    assert one.phone.glance.cursor(one.phone.account.id) == "budget.0.price"


async def test_a_second_poller_is_outlasted(bot: AtWork) -> None:
    bot.fault(FaultKind.CONFLICT, times=3)
    url = f"{bot.server.url}/bot{bot.program.bot.token}/getUpdates"
    async with ClientSession() as other:
        for _ in range(2):
            async with other.post(url, json={"timeout": 0}) as answer:
                assert answer.status in (200, 409)
    await bot.people[0].phone.says("/apply")


async def test_an_album_in_pieces_over_more_than_three_seconds_arrives_whole(bot: AtWork) -> None:
    one = bot.people[0]
    await at_the_paper(one)
    bot.fault(FaultKind.SPLIT_ALBUM, seconds=1.7)
    said = one.phone.account.sends_album([Upload(f"{n}.pdf", PDF + bytes([n])) for n in range(2)])
    assert len(said) == 2
    await until(lambda: one.phone.glance.handled(said[-1]["update_id"]), seconds=8)
    assert await bot.work(lambda work: counted(work, "SELECT slot FROM document")) == {"id_card": 2}
    await until(lambda: "2" in one.phone.sees and not bot.server.telegram.updates.queue)


async def test_a_slow_download_holds_up_nobody_and_comes_whole(bot: AtWork) -> None:
    one, other, _third = bot.people
    await at_the_paper(one)
    bot.fault(FaultKind.SLOW_DOWNLOAD, seconds=1.5)
    await one.phone.attaches("scan.pdf", LARGE)
    await other.phone.says("/apply")
    await asyncio.sleep(0)
    await stored(bot, 1)


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
    await stored(bot, 1)


async def test_a_storm_on_every_call_loses_nothing(bot: AtWork) -> None:
    """One call in five fails, in every way there is, while three people go to their receipts."""
    bot.faults.dice.seed(7)
    for kind in (FaultKind.SERVER_ERROR, FaultKind.CUT_BEFORE, FaultKind.CUT_AFTER, FaultKind.TIMEOUT):
        bot.fault(kind, times=1000, chance=0.05, seconds=0.01)
        bot.fault(kind, "getUpdates", times=1000, chance=0.02, seconds=0.01)
        bot.fault(kind, "download", times=1000, chance=0.05)
    bot.fault(FaultKind.DUPLICATE, times=1000, chance=0.1)
    await asyncio.gather(*(one.goes_on() for one in bot.people))
    numbers = await bot.work(lambda work: counted(work, "SELECT number FROM application"))
    assert sorted(numbers) == [f"79-2026-{number:06d}" for number in (1, 2, 3)]
    assert bot.program.intake.failed == 0


async def at_the_paper(one: Somebody) -> None:
    """From the form's last questions to the screen of the identity card."""
    await one.ends_form()
    await one.phone.presses("Удостоверение")


async def stored(bot: AtWork, files: int) -> None:
    async with asyncio.timeout(10):
        while await bot.work(lambda work: counted(work, "SELECT state FROM document")) != {"stored": files}:
            await asyncio.sleep(0.05)
