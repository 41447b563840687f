"""The bot of the demonstration: on its own database, with an invented competition, at the sandbox's address."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.assembly import assemble
from bot.clock import clock_ahead
from bot.loop import settle_memory
from bot.run import run
from bot.settings import Settings, load_settings
from db.migrate import migrate
from db.vault import Vault
from domain.local_time import ALMATY
from usecases.demonstration import load_demonstration
from usecases.demonstration_coverage import load_coverage
from usecases.demonstration_office import load_office
from usecases.work import Work

GREETING = """
The bot is at work. Open {url} in a browser.

  Choose Айгерім (Kazakh) or Данила (Russian) on the left, press Start, and apply for a grant.
  Or be the office: Сәуле and Ерлан (operators), Ләззат (supervisor), Айсұлу (coordinator: announcements to many),
  Данияр (administrator): Start, then Work.
  What you write is kept in {folder}; the next `make demo` goes on from there.
  Ctrl-C ends it.
"""
TIME = "  It is {moment:%Y-%m-%d %H:%M} in Almaty.\n"


async def run_demo(folder: Path, url: str, ahead: timedelta) -> None:
    """Run the bot until Ctrl-C; say where the page is once it answers."""
    clock = clock_ahead(ahead)
    program = assemble(demo_settings(folder, url), clock=clock)
    await migrate(program.database)
    await program.transactions.run(_load)
    greeting = GREETING.format(url=url, folder=folder)
    if ahead:
        greeting += TIME.format(moment=clock().astimezone(ALMATY))
    settle_memory()
    await run(program, ready=lambda: print(greeting, flush=True))


def demo_settings(folder: Path, url: str) -> Settings:
    """Settings of the demonstration; a key is made at its first start."""
    key = folder / "data.key"
    if not key.exists():
        key.write_text(Vault.new_key())
        key.chmod(0o600)
    return load_settings(
        _env_file=None,
        bot_token="4242:the-sandbox-takes-any-token",  # noqa: S106
        bot_api_url=url,
        database_url=f"sqlite:///{folder}/bot.db",
        files_url=f"file:{folder}/files",
        data_key=key.read_text(),
        updates="polling",
    )


def _load(work: Work) -> None:
    lot = load_demonstration(work).competition.lot
    load_office(work, lot)
    load_coverage(work, lot)
