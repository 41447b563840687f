"""Documents fetched over real HTTP: the client's own errors, and bytes that come in pieces."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiohttp import web

from bot.fetch import Fetcher
from sandbox.faults import Fault, FaultKind
from sandbox.server import application
from tests.files import a_pdf
from tests.in_force import PutInForce
from tests.papers import at_documents
from tests.person import House, Person

LARGE = a_pdf() + b"%" + bytes(3 << 20)  # in many pieces


@pytest.fixture
async def fetcher(house: House) -> AsyncIterator[Fetcher]:
    """The house's fetcher, but over HTTP."""
    runner = web.AppRunner(application(house.telegram), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    api = TelegramAPIServer.from_base(f"http://127.0.0.1:{runner.addresses[0][1]}")
    async with Bot(house.program.bot.token, session=AiohttpSession(api=api)) as bot:
        yield replace(house.program.fetcher, bot=bot)
    await runner.cleanup()


@pytest.fixture
async def waiting(house: House, put_in_force: PutInForce) -> Person:
    """Somebody whose file waits to be fetched: the first try was cut."""
    person = await at_documents(house, put_in_force)
    await person.presses("ID card")
    house.telegram.faults.add(Fault(FaultKind.CUT_BEFORE, "getFile"))
    await person.sends_document("scan.pdf", LARGE)
    house.clock.goes(minutes=1)
    return person


async def state(house: House) -> tuple[str, int]:
    ((found, tries),) = await house.rows("SELECT state, tries FROM document")
    return found, tries


async def test_a_large_file_comes_whole(house: House, waiting: Person, fetcher: Fetcher) -> None:
    assert await fetcher.fetch_due() == 1
    assert await state(house) == ("stored", 2)
    ((key,),) = await house.rows("SELECT storage_key FROM document")
    assert await house.program.files.get(key) == LARGE


@pytest.mark.parametrize(
    "fault",
    [
        Fault(FaultKind.SERVER_ERROR, "download", code=404, description="Not Found"),
        Fault(FaultKind.CUT_BEFORE, "download", times=2),  # aiohttp itself asks once more
        Fault(FaultKind.SERVER_ERROR, "getFile", code=500),
        Fault(FaultKind.CUT_BEFORE, "getFile"),
    ],
    ids=lambda fault: f"{fault.method}-{fault.kind}",
)
async def test_the_clients_own_errors_are_tried_again(
    house: House, waiting: Person, fetcher: Fetcher, fault: Fault
) -> None:
    house.telegram.faults.add(fault)
    await fetcher.fetch_due()
    if await state(house) == ("stored", 2):  # aiohttp asks once more itself when a connection it had kept breaks
        assert fault.kind is FaultKind.CUT_BEFORE
        return
    assert await state(house) == ("fetching", 2)
    house.clock.goes(minutes=1)
    await fetcher.fetch_due()
    assert await state(house) == ("stored", 3)
