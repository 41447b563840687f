"""Fixed jobs at fixed times. What is due for a person is never a timer here but a row with a due time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.log import where
from bot.transactions import Transactions
from handlers.tickets.position import begun_by
from usecases import notify
from usecases.assistances import end_expired
from usecases.distribute import give_out_waiting
from usecases.forget_after_years import forget_after_years
from usecases.meet_person import forget_updates
from usecases.plan_reminders import STEPS
from usecases.waiting_words import register_waiting
from usecases.watch_clock import watch_clocks
from usecases.work import Work

log = structlog.get_logger()
Job = Callable[[Work], object]
Step = Callable[[Work], bool]  # whether there is more to do
EVERY_MINUTE = timedelta(minutes=1)
REGISTER: Sequence[Step] = (partial(register_waiting, begun_by=begun_by),)


def timers(transactions: Transactions) -> AsyncIOScheduler:
    """The scheduler with every fixed job; a missed run is made up once, and no job overlaps itself."""
    scheduler = AsyncIOScheduler(job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None})

    def add(name: str, period: timedelta, run: Callable[[], Awaitable[object]]) -> None:
        scheduler.add_job(_guarded(run, name), "interval", seconds=period.total_seconds(), id=name)

    def every(period: timedelta, job: Job) -> None:
        add(job.__name__, period, partial(transactions.run, job))

    every(EVERY_MINUTE, notify.free_stuck)
    every(timedelta(hours=6), forget_updates)
    every(timedelta(hours=1), forget_after_years)
    every(EVERY_MINUTE, give_out_waiting)
    every(EVERY_MINUTE, watch_clocks)
    every(EVERY_MINUTE, notify.put_off_unasked)
    add("remind", EVERY_MINUTE, partial(in_batches, transactions, STEPS))
    add("register_waiting", EVERY_MINUTE, partial(in_batches, transactions, REGISTER))
    every(timedelta(hours=1), end_expired)
    return scheduler


def _guarded(run: Callable[[], Awaitable[object]], name: str) -> Callable[[], Awaitable[None]]:
    """A failure is logged and the next run tries again."""

    async def guarded() -> None:
        try:
            await run()
        except Exception as error:
            log.error("timer failed", timer=name, error=where(error))

    return guarded


async def in_batches(transactions: Transactions, steps: Sequence[Step]) -> None:
    """One step after another, each as long as it says that there is more; every batch in a transaction of its own."""
    for step in steps:
        while await transactions.run(step):
            pass
