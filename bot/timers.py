"""Fixed jobs at fixed times. What is due for a person is never a timer here but a row with a due time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.log import where
from db.session import Database
from db.vault import Vault
from usecases import notify
from usecases.distribute import give_out_waiting
from usecases.forget_after_years import forget_after_years
from usecases.meet_person import forget_updates
from usecases.watch_clock import watch_clocks
from usecases.work import Work

log = structlog.get_logger()
Job = Callable[[Work], object]


def timers(database: Database, vault: Vault, clock: Clock) -> AsyncIOScheduler:
    """The scheduler with every fixed job; a missed run is made up once, and no job overlaps itself."""
    scheduler = AsyncIOScheduler(job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None})

    def every(period: timedelta, job: Job) -> None:
        scheduler.add_job(
            _guarded(database, vault, clock, job), "interval", seconds=period.total_seconds(), id=job.__name__
        )

    every(timedelta(minutes=1), notify.free_stuck)
    every(timedelta(hours=6), forget_updates)
    every(timedelta(hours=1), forget_after_years)
    every(timedelta(minutes=1), give_out_waiting)
    every(timedelta(minutes=1), watch_clocks)
    return scheduler


def _guarded(database: Database, vault: Vault, clock: Clock, job: Job) -> Callable[[], Awaitable[None]]:
    """The job in a transaction of its own; a failure is logged and the next run tries again."""

    async def run() -> None:
        try:
            await database.transaction(lambda session: _with_work(session, clock, vault, job))
        except Exception as error:
            log.error("timer failed", timer=job.__name__, error=where(error))

    return run


def _with_work(session: Session, clock: Clock, vault: Vault, job: Job) -> None:
    job(Work(session, clock(), vault))
