"""`bot check`: what whoever runs the bot wants to know before and after the start."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from aiogram.exceptions import TelegramAPIError, TelegramUnauthorizedError
from sqlalchemy.exc import SQLAlchemyError

from bot.assembly import Program, assemble
from bot.clock import Clock, system_clock
from bot.disk import GB, LEAST, free_space, places
from bot.fault_words import fault_line
from bot.files import StorageFault
from bot.log import where
from bot.settings import Settings
from db import migrate, notifications, people
from domain.competition_faults import Faults
from domain.regions import LANGUAGES
from locales import catalogue
from usecases.competitions import competitions_in_force
from usecases.fetch_documents import all_that_wait_for_storage
from usecases.paid_broadcast import stars_spent
from usecases.reminder_rules import loaded_rules
from usecases.work import Work

LATE = timedelta(minutes=15)  # so long a notification that is due may wait
MANY = 100  # updates that wait with Telegram: as many as it brings at once
LATELY = timedelta(hours=1)


@dataclass(frozen=True)
class Finding:
    """One thing looked at; `words` say what was found."""

    what: str
    fine: bool
    words: str


async def look_over(settings: Settings, clock: Clock = system_clock) -> list[Finding]:
    """Look at everything, also after something was bad."""
    migrate.make_folder(settings.database_url)
    program = assemble(settings, clock=clock)
    looks = LOOKS + ((_stars,) if settings.paid_broadcast_per_second else ())
    try:
        return [Finding("settings", True, "complete")] + [await look(program) for look in looks]
    finally:
        await program.bot.session.close()
        await program.database.close()


async def _database(program: Program) -> Finding:
    try:
        current = await migrate.up_to_date(program.database)
    except (SQLAlchemyError, OSError) as error:
        return Finding("database", False, f"cannot be reached ({where(error)})")
    return Finding("database", current, "up to date" if current else "run `python -m bot migrate`")


async def _work(program: Program) -> Finding:
    """Competitions, updates set aside, notifications that failed."""

    def count(work: Work) -> tuple[int, int, int]:
        failed = notifications.counts(work.session).get("failed", 0)
        return len(competitions_in_force(work)), len(people.updates_set_aside(work.session)), failed

    try:
        known, aside, failed = await program.transactions.run(count)
    except SQLAlchemyError as error:
        return Finding("work", False, f"cannot be counted ({where(error)})")
    words = f"{known} competition(s) in force, {aside} update(s) set aside, {failed} notification(s) failed"
    return Finding("work", aside == 0, words)


async def _outbox(program: Program) -> Finding:
    """Since when the oldest notification waits that should have gone out."""
    try:
        oldest = await program.transactions.run(lambda work: notifications.oldest_due(work.session, work.now))
    except SQLAlchemyError as error:
        return Finding("outbox", False, f"cannot be read ({where(error)})")
    if oldest is None:
        return Finding("outbox", True, "nothing waits")
    age = program.clock() - oldest
    late = ": is the bot running, and does Telegram answer?" if age > LATE else ""
    return Finding("outbox", not late, f"the oldest due notification has waited {_span(age)}{late}")


async def _reminders(program: Program) -> Finding:
    """The rules in force: those of the file that was loaded, or the program's own."""
    try:
        rules = await program.transactions.run(loaded_rules)
    except SQLAlchemyError as error:
        return Finding("reminders", False, f"cannot be read ({where(error)})")
    except Faults as bad:
        return Finding("reminders", False, "; ".join(map(fault_line, bad.faults)))
    hours = f"{rules.quiet.since:%H:%M}-{rules.quiet.until:%H:%M}"
    return Finding("reminders", True, f"{len(rules.all)} rule(s), quiet hours {hours}")


async def _stars(program: Program) -> Finding:
    """What announcements faster than the free pace have cost at most."""
    try:
        spent = await program.transactions.run(stars_spent)
    except SQLAlchemyError as error:
        return Finding("stars", False, f"cannot be counted ({where(error)})")
    ceiling = program.settings.paid_broadcast_stars
    return Finding("stars", True, f"{spent:.1f} of {ceiling} spent on announcements")


async def _files(program: Program) -> Finding:
    """Whether what is put into the storage comes back."""
    try:
        fine = await program.files.prove()
    except StorageFault as error:
        return Finding("files", False, f"cannot be written and read ({where(error)})")
    return Finding("files", fine, "can be written and read")


async def _documents(program: Program) -> Finding:
    """Documents that the storage could not take: they wait with Telegram."""
    try:
        waits = await program.transactions.run(all_that_wait_for_storage)
    except SQLAlchemyError as error:
        return Finding("documents", False, f"cannot be counted ({where(error)})")
    ever = f"{waits.ever} had to wait so far"
    if waits.since is None:
        return Finding("documents", True, f"none waits for the storage, {ever}")
    age = _span(program.clock() - waits.since)
    return Finding("documents", False, f"{waits.now} wait(s) for the storage, the oldest for {age}; {ever}")


async def _disk(program: Program) -> Finding:
    kept = places(program.settings)
    if not kept:
        return Finding("disk", True, "nothing is kept on this machine")
    try:
        free = free_space(kept)
    except OSError as error:
        return Finding("disk", False, f"cannot be looked at ({where(error)})")
    words = ", ".join(f"{size / GB:.1f} GB free for {what}" for what, size in free.items())
    short = min(free.values()) < LEAST
    return Finding("disk", not short, f"{words}: make room, a full disk stops the bot" if short else words)


async def _token(program: Program) -> Finding:
    try:
        me = await program.bot.get_me()
    except TelegramUnauthorizedError:
        return Finding("token", False, "Telegram does not know it")
    except TelegramAPIError as error:
        return Finding("token", False, f"Telegram cannot be asked ({where(error)})")
    return Finding("token", True, f"@{me.username}")


async def _updates(program: Program) -> Finding:
    """How many wait with Telegram, and what went wrong with the webhook within the last hour."""
    try:
        told = await program.bot.get_webhook_info()
    except TelegramAPIError as error:
        return Finding("updates", False, f"Telegram cannot be asked ({where(error)})")
    words, fine = f"{told.pending_update_count} wait with Telegram", told.pending_update_count <= MANY
    if told.last_error_date and program.clock() - told.last_error_date < LATELY:
        words, fine = f"{words}, last error {told.last_error_date:%H:%M} UTC: {told.last_error_message}", False
    return Finding("updates", fine, words)


async def _texts(_program: Program) -> Finding:
    words = ", ".join(f"{language}: {len(catalogue(language)._catalog) - 1}" for language in LANGUAGES)  # type: ignore[attr-defined]
    return Finding("texts", True, words)


def _span(age: timedelta) -> str:
    minutes = int(age.total_seconds()) // 60
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h" if minutes < 2880 else f"{minutes // 1440} days"


LOOKS: tuple[Callable[[Program], Awaitable[Finding]], ...] = (
    _database,
    _work,
    _outbox,
    _reminders,
    _files,
    _documents,
    _disk,
    _token,
    _updates,
    _texts,
)
