"""What the parts of the web application find each other by."""

from __future__ import annotations

from aiohttp import web

from sandbox.polling import Polling
from sandbox.telegram import Telegram

TELEGRAM: web.AppKey[Telegram] = web.AppKey("telegram", Telegram)
POLLING: web.AppKey[Polling] = web.AppKey("polling", Polling)
