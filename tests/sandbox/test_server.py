"""Over real HTTP: aiogram's own session cannot tell the difference."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import BufferedInputFile, InputMediaPhoto, KeyboardButton, ReplyKeyboardMarkup
from aiohttp import web
from aiohttp.test_utils import TestServer

from sandbox import Fault, FaultKind, Telegram
from sandbox.person import Person, Upload
from sandbox.server import application
from tests.sandbox.conftest import TOKEN, Clock
from tests.sandbox.test_sending import PNG


@pytest.fixture
async def server(telegram: Telegram, aigerim: Person) -> AsyncIterator[TestServer]:
    server = TestServer(application(telegram))
    async with server:
        yield server


@pytest.fixture
async def remote(server: TestServer) -> AsyncIterator[Bot]:
    api = TelegramAPIServer.from_base(str(server.make_url("")).rstrip("/"))
    async with Bot(TOKEN, session=AiohttpSession(api=api)) as bot:
        yield bot


@pytest.fixture
async def page(server: TestServer) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(server.make_url("")) as client:
        yield client


async def test_sending_and_files(remote: Bot, aigerim: Person) -> None:
    keyboard = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Мәзір")]])
    sent = await remote.send_message(1001, "<b>Сәлем</b>", parse_mode="HTML", reply_markup=keyboard)
    assert (sent.html_text, aigerim.chat.labels) == ("<b>Сәлем</b>", ["Мәзір"])
    album = [InputMediaPhoto(media=BufferedInputFile(PNG, f"{n}.png")) for n in "ab"]
    photos = await remote.send_media_group(1001, list(album))
    assert photos[0].photo is not None
    assert (photos[0].photo[-1].width, photos[0].photo[-1].height) == (1600, 1200)
    target = BytesIO()
    await remote.download(photos[0].photo[-1].file_id, target)
    assert target.getvalue() == PNG


async def test_a_waiting_poller_is_woken_and_a_second_ends_it(remote: Bot, aigerim: Person) -> None:
    first = asyncio.ensure_future(remote.get_updates(timeout=20))
    await asyncio.sleep(0.05)
    aigerim.says("сәлем")
    updates = await first
    assert [update.message.text for update in updates if update.message] == ["сәлем"]
    waiting = asyncio.ensure_future(remote.get_updates(offset=updates[-1].update_id + 1, timeout=20))
    await asyncio.sleep(0.05)
    assert await remote.get_updates(offset=updates[-1].update_id + 1, timeout=0) == []
    with pytest.raises(TelegramConflictError):
        await waiting


async def test_refusals(remote: Bot, telegram: Telegram, server: TestServer) -> None:
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await remote.send_message(5, "x")
    telegram.faults.add(Fault(FaultKind.TOO_MANY, retry_after=3))
    with pytest.raises(TelegramRetryAfter) as caught:
        await remote.send_message(1001, "x")
    assert caught.value.retry_after == 3
    api = TelegramAPIServer.from_base(str(server.make_url("")).rstrip("/"))
    async with Bot("7:OTHER", session=AiohttpSession(api=api)) as stranger:
        with pytest.raises(TelegramUnauthorizedError):
            await stranger.get_me()


@pytest.mark.parametrize("kind", [FaultKind.CUT_BEFORE, FaultKind.CUT_AFTER, FaultKind.TIMEOUT])
async def test_a_cut_connection(remote: Bot, telegram: Telegram, aigerim: Person, kind: FaultKind) -> None:
    telegram.faults.add(Fault(kind))
    with pytest.raises(TelegramNetworkError):
        await remote.send_message(1001, "x")
    assert (aigerim.chat.last.text == "x") is (kind is FaultKind.CUT_AFTER)


async def test_all_forms_of_a_call(page: aiohttp.ClientSession) -> None:
    path, params = f"/bot{TOKEN}/sendMessage", {"chat_id": "1001", "text": "x"}
    answers = [
        await page.get(path, params=params),
        await page.post(path, data=params),
        await page.post(path, json={**params, "reply_markup": {"remove_keyboard": True}}),
        await page.post(f"/bot{TOKEN}/SENDMESSAGE", params=params),
    ]
    assert [(await answer.json())["ok"] for answer in answers] == [True] * 4
    wrong = await page.post(path, data=b"{", headers={"Content-Type": "application/json"})
    assert (wrong.status, (await wrong.json())["description"]) == (400, "Bad Request: can't parse JSON object")


async def test_people_act_over_http(page: aiohttp.ClientSession, telegram: Telegram) -> None:
    async def act(name: str, **body: Any) -> Any:
        async with page.post(f"/sandbox/chats/1001/{name}", json=body) as answer:
            return await answer.json() if answer.status == 200 else answer.status

    assert (await act("say", text="сәлем"))["message"]["text"] == "сәлем"
    assert (await act("start", payload="lot7"))["message"]["text"] == "/start lot7"
    markup = {"inline_keyboard": [[{"text": "Иә", "callback_data": "yes"}]]}
    sent = telegram.call("sendMessage", {"chat_id": 1001, "text": "?", "reply_markup": markup})
    pressed = await act("press", message_id=sent["message_id"], button="Иә")
    assert pressed["callback_query"]["data"] == "yes"
    assert await act("press", message_id=sent["message_id"], button="Жоқ") == 409
    assert await act("say") == 400
    assert await act("dance") == 404
    form = aiohttp.FormData({"caption": "құжаттар"})
    for name in ("a.pdf", "b.pdf"):
        form.add_field("files", b"%PDF", filename=name, content_type="application/pdf")
    async with page.post("/sandbox/chats/1001/upload", data=form) as answer:
        album = await answer.json()
    assert [update["message"]["document"]["file_name"] for update in album] == ["a.pdf", "b.pdf"]
    async with page.get("/sandbox/chats/1001", params={"limit": 2}) as answer:
        part = await answer.json()
    assert ([m["message_id"] for m in part["messages"]], part["more"]) == (
        [update["message"]["message_id"] for update in album],
        True,
    )


async def test_events_reach_an_open_page(page: aiohttp.ClientSession, telegram: Telegram) -> None:
    async with page.get("/sandbox/events") as stream:
        assert (await stream.content.readline()).startswith(b"retry:")
        telegram.call("sendMessage", {"chat_id": 1001, "text": "сәлем"})
        line = b""
        while not line.startswith(b"data:"):
            line = await stream.content.readline()
    assert b'"type": "message", "chat_id": 1001' in line


async def test_other_sites_may_not_play_people(page: aiohttp.ClientSession) -> None:
    foreign = {"Origin": "https://evil.example"}
    async with page.post("/sandbox/chats/1001/say", json={"text": "x"}, headers=foreign) as answer:
        assert answer.status == 403
    async with page.get("/sandbox/state", headers={"Host": "evil.example"}) as answer:
        assert answer.status == 403


async def test_faults_and_limits_over_http(page: aiohttp.ClientSession, telegram: Telegram) -> None:
    fault = {"kind": "too_many", "method": "sendMessage", "times": 2, "retry_after": 9}
    async with page.post("/sandbox/faults", json=fault) as answer:
        assert (await answer.json())[0]["retry_after"] == 9
    assert telegram.faults.waiting[0].kind is FaultKind.TOO_MANY
    async with page.delete("/sandbox/faults") as answer:
        assert await answer.json() == []
    async with page.post("/sandbox/faults", json={"kind": "nonsense"}) as answer:
        assert answer.status == 400
    limits = {"on": True, "counting": "window", "chat": {"count": 1, "per": 1}}
    async with page.post("/sandbox/limits", json=limits) as answer:
        assert await answer.json() == {"on": True, "counting": "window"}
    assert telegram.limits.on


async def test_who_ends_the_faults_lets_go_of_what_they_hold(
    remote: Bot, page: aiohttp.ClientSession, telegram: Telegram, aigerim: Person
) -> None:
    telegram.faults.add(Fault(FaultKind.REORDER))
    polled = asyncio.ensure_future(remote.get_updates(timeout=20))
    aigerim.says("бір")
    await asyncio.sleep(0.05)
    assert not polled.done()
    async with asyncio.timeout(5), page.delete("/sandbox/faults"):
        [update] = await polled
    assert update.message
    assert update.message.text == "бір"


async def test_a_webhook_is_delivered_again_until_it_is_taken(
    remote: Bot, server: TestServer, telegram: Telegram, aigerim: Person
) -> None:
    seen: list[tuple[str, str]] = []
    done = asyncio.Event()

    async def hook(request: web.Request) -> web.Response:
        update = await request.json()
        seen.append((update["message"]["text"], request.headers["X-Telegram-Bot-Api-Secret-Token"]))
        if len(seen) == 1:
            return web.Response(status=500)
        if len(seen) == 3:
            done.set()
            return web.json_response({"method": "sendMessage", "chat_id": 1001, "text": "қабылдандым"})
        return web.Response()

    app = web.Application()
    app.router.add_post("/", hook)
    async with TestServer(app) as bot_side:
        url = str(bot_side.make_url("/"))
        await remote.set_webhook(url, secret_token="құпия-емес".encode().hex())
        aigerim.says("бір")
        aigerim.says("екі")
        await asyncio.wait_for(done.wait(), 10)
        await remote.get_me()
    assert [text for text, _ in seen] == ["бір", "бір", "екі"]
    assert {secret for _, secret in seen} == {"құпия-емес".encode().hex()}
    assert aigerim.chat.last.text == "қабылдандым"
    assert "500 Internal Server Error" in (await remote.get_webhook_info()).last_error_message  # type: ignore[operator]


async def test_an_album_comes_to_a_webhook_in_pieces(
    remote: Bot, telegram: Telegram, aigerim: Person, clock: Clock
) -> None:
    seen: list[str] = []

    async def hook(request: web.Request) -> web.Response:
        content = (await request.json())["message"]
        seen.append(content.get("text") or content["document"]["file_name"])
        return web.Response()

    app = web.Application()
    app.router.add_post("/", hook)
    async with TestServer(app) as bot_side:
        await remote.set_webhook(str(bot_side.make_url("/")))
        telegram.faults.add(Fault(FaultKind.SPLIT_ALBUM, seconds=1.5))
        aigerim.sends_album([Upload(name, b"x") for name in ("1.pdf", "2.pdf", "3.pdf")])
        aigerim.says("бәрі")
        for expected in ([], ["1.pdf"], ["1.pdf", "2.pdf"], ["1.pdf", "2.pdf", "3.pdf", "бәрі"]):
            async with asyncio.timeout(2):
                while seen != expected:
                    await asyncio.sleep(0.01)
            clock.time += 1.5


async def test_a_slow_answer_is_an_answer(remote: Bot, telegram: Telegram, aigerim: Person) -> None:
    telegram.faults.add(Fault(FaultKind.SLOW, "sendMessage", seconds=0.2))
    asked = asyncio.ensure_future(remote.send_message(1001, "x"))
    while aigerim.chat.last.text != "x":
        await asyncio.sleep(0.01)
    assert not asked.done()
    assert (await asked).text == "x"


async def test_a_download_that_breaks_off_half_way(remote: Bot, telegram: Telegram, aigerim: Person) -> None:
    said = aigerim.sends_document("куәлік.pdf", b"%PDF" * 500_000)["message"]["document"]
    file = await remote.get_file(said["file_id"])
    assert file.file_path
    telegram.faults.add(Fault(FaultKind.CUT_AFTER, "download"))
    with pytest.raises(aiohttp.ClientError):
        await remote.download_file(file.file_path, BytesIO())
    target = BytesIO()
    await remote.download_file(file.file_path, target)
    assert target.getvalue() == b"%PDF" * 500_000
