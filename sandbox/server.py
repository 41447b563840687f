"""This Telegram over HTTP: the Bot API for the bot, the chat page and its control for people.

It listens on 127.0.0.1 only: everybody who reaches it can play anybody.
"""

from __future__ import annotations

import asyncio
import json
import pathlib
from typing import Any

from aiohttp import web

from sandbox.control import control_routes
from sandbox.errors import ApiError, Cut, Late
from sandbox.events import EVENTS, Events
from sandbox.faults import FaultKind
from sandbox.keys import POLLING, TELEGRAM
from sandbox.polling import Polling
from sandbox.requests import File
from sandbox.telegram import Telegram
from sandbox.webhook import Delivery

PAGE = pathlib.Path(__file__).parent / "page"
BODY = 60 * 1024 * 1024
CHUNK = 64 * 1024
HERE = {"127.0.0.1", "localhost"}


def application(telegram: Telegram) -> web.Application:
    """The whole server for one Telegram."""
    app = web.Application(client_max_size=BODY, middlewares=[only_from_here])
    app[TELEGRAM] = telegram
    app[POLLING] = Polling.of(telegram)
    app[EVENTS] = Events(telegram)
    app.add_routes(
        [
            web.route("*", "/bot{token:[^/]+}/{method}", bot_call),
            web.get("/file/bot{token:[^/]+}/{path:.+}", file_contents),
            web.get("/", index),
            web.static("/page", PAGE),
            *control_routes(),
        ]
    )
    app.cleanup_ctx.append(Delivery(telegram).run)
    app.on_shutdown.append(shut)
    return app


async def shut(app: web.Application) -> None:
    """Let go of those who wait, or the server would wait for them."""
    app[POLLING].stop()
    app[EVENTS].close()


@web.middleware
async def only_from_here(request: web.Request, handler: Any) -> web.StreamResponse:
    """A page of another site, open in the same browser, must not play people here."""
    origin = request.headers.get("Origin", "")
    foreign = bool(origin) and origin != f"http://{request.host}"
    if foreign or (request.url.host or "") not in HERE:
        raise web.HTTPForbidden(text="only for this machine\n")
    response: web.StreamResponse = await handler(request)
    return response


async def index(request: web.Request) -> web.StreamResponse:
    return web.FileResponse(PAGE / "index.html", headers={"Cache-Control": "no-store"})


async def bot_call(request: web.Request) -> web.StreamResponse:
    """One call of the Bot API: GET or POST; parameters in the address, as a form, as JSON."""
    telegram = request.app[TELEGRAM]
    try:
        telegram.adopt(request.match_info["token"])
        params, files = await parameters(request)
        await on_the_way(telegram)
        result = await carry_out(request, params, files)
        await on_the_way(telegram)
    except Late as late:
        await asyncio.sleep(late.seconds)
        result = late.result
    except Cut as cut:
        return await hang_up(request, cut)
    except ApiError as refusal:
        await on_the_way(telegram)
        return web.json_response(refusal.payload(), status=refusal.code, headers=waiting(refusal))
    return web.json_response({"ok": True, "result": result})


async def on_the_way(telegram: Telegram) -> None:
    if seconds := telegram.latency.one_way():
        await asyncio.sleep(seconds)


def waiting(refusal: ApiError) -> dict[str, str]:
    return {"Retry-After": str(refusal.retry_after)} if refusal.retry_after else {}


async def carry_out(request: web.Request, params: dict[str, Any], files: dict[str, File]) -> Any:
    method = request.match_info["method"]
    if method.lower() == "getupdates":
        return await request.app[POLLING].get(params)
    return request.app[TELEGRAM].call(method, params, files)


async def parameters(request: web.Request) -> tuple[dict[str, Any], dict[str, File]]:
    params: dict[str, Any] = dict(request.query)
    files: dict[str, File] = {}
    if request.content_type == "application/json":
        params |= await json_body(request)
    elif request.can_read_body:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = (value.filename, value.file.read())
            else:
                params[name] = value
    return params, files


async def json_body(request: web.Request) -> dict[str, Any]:
    try:
        body = json.loads(await request.read() or b"{}")
    except ValueError:
        raise ApiError(400, "Bad Request: can't parse JSON object") from None
    if not isinstance(body, dict):
        raise ApiError(400, "Bad Request: object expected")
    return body


async def hang_up(request: web.Request, cut: Cut) -> web.StreamResponse:
    """Break the connection off without an answer, at once or after a while."""
    await asyncio.sleep(cut.seconds)
    if request.transport:
        request.transport.abort()
    return web.Response(status=502)


async def file_contents(request: web.Request) -> web.StreamResponse:
    telegram = request.app[TELEGRAM]
    slow = telegram.faults.take(FaultKind.SLOW_DOWNLOAD)
    path = request.match_info["path"]
    try:
        telegram.adopt(request.match_info["token"])
        data = telegram.download(path)
    except Cut as cut:
        if cut.accepted and path in telegram.files.by_path:
            return await half(request, telegram.files.by_path[path].data)
        return await hang_up(request, cut)
    except ApiError as refusal:
        return web.json_response(refusal.payload(), status=refusal.code)
    return await streamed(request, data, slow.seconds if slow else 0.0)


async def half(request: web.Request, data: bytes) -> web.StreamResponse:
    """The first half, and the connection breaks."""
    response = web.StreamResponse()
    response.content_length = len(data)
    await response.prepare(request)
    await response.write(data[: len(data) // 2])
    await asyncio.sleep(0)
    if request.transport:
        request.transport.abort()
    return response


async def streamed(request: web.Request, data: bytes, seconds: float) -> web.StreamResponse:
    """The contents in pieces, spread over so many seconds."""
    response = web.StreamResponse()
    response.content_length = len(data)
    response.content_type = "application/octet-stream"
    await response.prepare(request)
    pieces = [data[start : start + CHUNK] for start in range(0, len(data), CHUNK)]
    for piece in pieces:
        await asyncio.sleep(seconds / len(pieces))
        await response.write(piece)
    await response.write_eof()
    return response
