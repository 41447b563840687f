"""Webhook: Telegram brings updates, and gets its 200 only after the transaction has committed."""

from __future__ import annotations

import hmac
import json
from typing import Any

import structlog
from aiogram import Bot
from aiohttp import web

from bot.intake.intake import Intake
from bot.intake.polling import KINDS

log = structlog.get_logger()
LARGEST = 1 << 20  # bytes of one update
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name (setWebhook, secret_token)
PATH = "/telegram"


class Webhook:
    """A small web server for Telegram, and for whoever watches the machine (/healthz)."""

    def __init__(self, bot: Bot, intake: Intake, secret: str) -> None:
        self._bot, self._intake, self._secret = bot, intake, secret
        self._runner: web.AppRunner | None = None

    async def start(self, url: str, port: int) -> None:
        """Listen on `port` and tell Telegram to bring updates to `url` (its public address)."""
        app = web.Application(client_max_size=LARGEST)
        app.router.add_post(PATH, self._receive)
        app.router.add_get("/healthz", _healthy)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=30)
        await self._runner.setup()
        await web.TCPSite(self._runner, port=port).start()
        await self._bot.set_webhook(url + PATH, secret_token=self._secret, allowed_updates=KINDS)

    async def stop(self) -> None:
        """No new updates; the running ones finish."""
        if self._runner:
            await self._runner.cleanup()

    async def _receive(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(errors="surrogateescape"), self._secret.encode()):
            return web.Response(status=403)
        try:
            raw: dict[str, Any] = json.loads(await request.read())
            int(raw["update_id"])
        except (ValueError, KeyError, TypeError):
            return web.Response(status=400)
        await self._intake.take(raw)
        return web.Response()


async def _healthy(_request: web.Request) -> web.Response:
    return web.Response(text="ok")
