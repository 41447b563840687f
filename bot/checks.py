"""`bot check`: what whoever runs the bot wants to know before and after the start."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from secrets import token_hex

from aiogram.exceptions import TelegramAPIError, TelegramUnauthorizedError
from sqlalchemy.exc import SQLAlchemyError

from bot.assembly import Program, assemble
from bot.fault_words import fault_line
from bot.files import StorageFault
from bot.log import where
from bot.settings import Settings
from db import migrate, notifications, people
from domain.competition_faults import Faults
from domain.regions import LANGUAGES
from locales import catalogue
from usecases.competitions import competitions_in_force
from usecases.paid_broadcast import stars_spent
from usecases.reminder_rules import loaded_rules
from usecases.work import Work


@dataclass(frozen=True)
class Finding:
    """One thing looked at; `words` say what was found."""

    what: str
    fine: bool
    words: str


async def look_over(settings: Settings) -> list[Finding]:
    """Look at everything, also after something was bad."""
    migrate.make_folder(settings.database_url)
    program = assemble(settings)
    looks: tuple[Callable[[Program], Awaitable[Finding]], ...] = (_database, _work, _reminders, _files, _token, _texts)
    looks += (_stars,) if settings.paid_broadcast_per_second else ()
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
    key, plain = f"check/{token_hex(8)}", b"check"
    try:
        await program.files.put(key, plain)
        found = await program.files.get(key)
        await program.files.delete([key])
    except StorageFault as error:
        return Finding("files", False, f"cannot be written and read ({where(error)})")
    return Finding("files", found == plain, "can be written and read")


async def _token(program: Program) -> Finding:
    try:
        me = await program.bot.get_me()
    except TelegramUnauthorizedError:
        return Finding("token", False, "Telegram does not know it")
    except TelegramAPIError as error:
        return Finding("token", False, f"Telegram cannot be asked ({where(error)})")
    return Finding("token", True, f"@{me.username}")


async def _texts(_program: Program) -> Finding:
    words = ", ".join(f"{language}: {len(catalogue(language)._catalog) - 1}" for language in LANGUAGES)  # type: ignore[attr-defined]
    return Finding("texts", True, words)
