"""Webhook: Telegram brings updates, and gets its 200 only after the transaction has committed.

The address belongs to the installation, not to a process: each process that starts tells it to Telegram, and
none takes it away when it stops, since others may serve behind it and the next version will. It is taken away by
`bot webhook remove`, or by starting with UPDATES=polling.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from functools import partial
from typing import Any

import structlog
from aiogram import Bot
from aiohttp import web
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.intake.intake import Intake
from bot.intake.polling import KINDS
from bot.persistence import persistent
from domain.regions import LANGUAGES
from locales import catalogue
from usecases.work import Work

log = structlog.get_logger()
LARGEST = 1 << 20  # bytes of one update
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name (setWebhook, secret_token)
PATH = "/telegram"
CONNECTIONS = 100  # updates at the same moment, to all processes together: the most that Telegram allows
LAST_REPLIES = 1.0  # seconds for HTTP after the last answer; what waits for the machine gets none and comes again
PATIENCE = 2.0  # seconds in which a database that is well answers


class Webhook:
    """A small web server for Telegram, and for whoever watches the machine (/healthz, /readyz)."""

    def __init__(self, bot: Bot, intake: Intake, secret: str) -> None:
        self._bot, self._intake, self._secret = bot, intake, secret
        self._runner: web.AppRunner | None = None
        self._stopping = False

    async def start(self, url: str, port: int) -> None:
        """Listen on `port` and tell Telegram to bring updates to `url` (its public address)."""
        _texts_loaded()
        app = web.Application(client_max_size=LARGEST)
        app.router.add_post(PATH, self._receive)
        app.router.add_get("/healthz", _alive)
        app.router.add_get("/readyz", self._ready)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=LAST_REPLIES)
        await self._runner.setup()
        await web.TCPSite(self._runner, port=port).start()
        given: dict[str, Any] = {"secret_token": self._secret, "allowed_updates": KINDS, "max_connections": CONNECTIONS}
        await persistent(partial(self._bot.set_webhook, url + PATH, **given))

    async def stop(self) -> None:
        """No new updates (503: Telegram brings them again, or to another process); the running ones finish."""
        self._stopping = True
        await self._intake.finish()
        if self._runner:
            await self._runner.cleanup()

    async def _receive(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(errors="surrogateescape"), self._secret.encode()):
            return web.Response(status=403)
        try:
            raw: dict[str, Any] = json.loads(await request.read())
            int(raw["update_id"])
        except (ValueError, KeyError, TypeError, RecursionError):
            return web.Response(status=400)
        if self._stopping:
            return web.Response(status=503)
        await asyncio.shield(self._intake.take(raw))
        return web.Response()

    async def _ready(self, _request: web.Request) -> web.Response:
        """200 when this process can take updates, else 503; what was looked at, as JSON."""
        looked = {
            "database": await self._database_answers(),
            "texts": _texts_loaded(),
            "not stopping": not self._stopping,
        }
        return web.json_response(looked, status=200 if all(looked.values()) else 503)

    async def _database_answers(self) -> bool:
        try:
            async with asyncio.timeout(PATIENCE):
                await self._intake.transactions.run(_ask)
        except (SQLAlchemyError, OSError) as error:  # TimeoutError is an OSError
            log.warning("database does not answer", error=type(error).__name__)
            return False
        return True


async def _alive(_request: web.Request) -> web.Response:
    return web.Response(text="ok")


def _ask(work: Work) -> None:
    work.session.execute(text("SELECT 1"))


def _texts_loaded() -> bool:
    """Whether there are words in every language; reads them when nobody has yet."""
    return all(catalogue(language).gettext("") for language in LANGUAGES)
