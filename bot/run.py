"""Starts the program, keeps it going until it is told to stop, and stops it in order."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress

import structlog

from bot import detached
from bot.assembly import Program
from bot.intake.polling import Poller
from bot.intake.webhook import Webhook
from bot.loop import run_in_loop, settle_memory
from bot.persistence import persistent
from bot.profile import set_profile
from bot.timers import timers

log = structlog.get_logger()
LAST_SENDING = 25.0  # seconds that notifications on their way may still take when the program stops


def run_to_the_end(make: Callable[[], Program]) -> None:
    """Make the program and run it until SIGINT or SIGTERM, in an event loop of its own."""

    async def main() -> None:
        program = make()
        settle_memory()
        await run(program)

    run_in_loop(main())


async def run(program: Program, *, ready: Callable[[], None] | None = None) -> None:
    """Run until SIGINT or SIGTERM: no new updates after that, the running ones finish."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with _background(program):
        serve = _webhook if program.settings.updates == "webhook" else _polling
        await serve(program, stop, ready or (lambda: log.info("running", updates=program.settings.updates)))
        await program.intake.finish()
    log.info("stopped")


@asynccontextmanager
async def _background(program: Program) -> AsyncIterator[None]:
    """Timers and the sender beside the updates; everything is closed at the end."""
    scheduler = timers(program.transactions)
    scheduler.start()
    workers = [*_sharing(program)]
    sending = detached.start(program.sender.run(), "sender")
    workers += [
        sending,
        detached.start(program.fetcher.run(), "fetcher"),
        detached.start(program.announcer.run(), "announcer"),
        detached.start(set_profile(program.bot, program.turns.routes.commands), "profile"),
    ]
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)
        program.sender.stop()
        await asyncio.wait({sending}, timeout=LAST_SENDING)
        for worker in workers:
            worker.cancel()
            with suppress(asyncio.CancelledError):
                await worker
        if program.database.several:
            await program.shares.leave()
        await program.bot.session.close()
        await program.database.close()


def _sharing(program: Program) -> Iterator[asyncio.Task[None]]:
    """Of several processes with one database each has a share of the pace."""
    if program.database.several:
        program.shares.begin()
        yield detached.start(program.shares.run(), "shares")


async def _polling(program: Program, stop: asyncio.Event, ready: Callable[[], None]) -> None:
    await persistent(program.bot.delete_webhook)
    poller = Poller(program.bot, program.intake)
    polling = detached.start(poller.run(), "polling")
    ready()
    stopped = detached.start(stop.wait(), "stop")
    await asyncio.wait({polling, stopped}, return_when=asyncio.FIRST_COMPLETED)
    log.info("stopping")
    poller.stop()
    await polling
    stopped.cancel()


async def _webhook(program: Program, stop: asyncio.Event, ready: Callable[[], None]) -> None:
    settings = program.settings
    assert settings.webhook_url
    assert settings.webhook_secret
    webhook = Webhook(program.bot, program.intake, settings.webhook_secret.get_secret_value())
    await webhook.start(settings.webhook_url, settings.port)
    ready()
    await stop.wait()
    log.info("stopping")
    await webhook.stop()
