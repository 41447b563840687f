"""The chat page in a real Chromium: what a person sees and does reaches the bot, and back."""

from __future__ import annotations

import asyncio
import pathlib
import shutil
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, async_playwright, expect

from sandbox import Telegram
from sandbox.faults import FaultKind
from sandbox.person import Person
from sandbox.server import application
from tests.sandbox.test_sending import PNG

pytestmark = [pytest.mark.chromium, pytest.mark.asyncio(loop_scope="module")]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
expect.set_options(timeout=10_000)
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
BUTTONS = {"inline_keyboard": [[{"text": "Иә", "callback_data": "yes"}, {"text": "Жоқ", "callback_data": "no"}]]}
KEYBOARD = {"keyboard": [[{"text": "Нөмірімді жіберу", "request_contact": True}], [{"text": "Мәзір"}]]}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """One for all tests here: to start it takes seconds."""
    if CHROMIUM is None:
        pytest.skip("NO CHROMIUM: the chat page was not looked at (Debian: apt-get install chromium)")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser, telegram: Telegram) -> AsyncIterator[Page]:
    """The page with two people, at the width of a laptop; an error in it fails the test."""
    telegram.person(1001, first_name="Айгерім", language_code="kk", phone="77010000001")
    telegram.person(1002, first_name="Данила", language_code="ru")
    server, errors = TestServer(application(telegram)), []
    async with server:
        page = await browser.new_page(viewport={"width": 1280, "height": 800}, locale="kk")
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.set_default_timeout(10_000)
        await page.goto(str(server.make_url("/")))
        yield page
        await page.close()
    assert errors == []


def bot_says(telegram: Telegram, text: str, **params: Any) -> int:
    return int(telegram.call("sendMessage", {"chat_id": 1001, "text": text, **params})["message_id"])


async def test_start_and_a_formatted_answer(telegram: Telegram, page: Page) -> None:
    chat = page.get_by_test_id("chat-1001")
    await chat.get_by_test_id("start").click()
    await expect(chat.locator("[data-from=me] .text")).to_have_text("/start")
    bot_says(telegram, "<b>Сәлем</b>, <a href='https://x.kz/'>сайт</a> &lt;i&gt;", parse_mode="HTML")
    shown = chat.locator("[data-from=bot]")
    await expect(shown.locator(".text")).to_have_text("Сәлем, сайт <i>")
    await expect(shown.locator("b")).to_have_text("Сәлем")
    await expect(shown.locator("a")).to_have_attribute("href", "https://x.kz/")


async def test_buttons_edits_deletions_and_toasts(telegram: Telegram, page: Page) -> None:
    aigerim = telegram.person(1001)
    aigerim.starts()
    asked = bot_says(telegram, "Дайынсыз ба?", reply_markup=BUTTONS)
    chat = page.get_by_test_id("chat-1001")
    await chat.get_by_test_id("inline-button").nth(1).click()
    query = await last_update(telegram, "callback_query")
    assert query["data"] == "no"
    telegram.call("answerCallbackQuery", {"callback_query_id": query["id"], "text": "Жарайды"})
    await expect(chat.get_by_test_id("toast")).to_have_text("Жарайды")
    telegram.call("editMessageText", {"chat_id": 1001, "message_id": asked, "text": "Кейін"})
    message = chat.locator(f"[data-message-id='{asked}']")
    await expect(message.locator(".text")).to_have_text("Кейін")
    await expect(message.locator(".edited")).to_be_visible()
    await expect(message.get_by_test_id("inline-button")).to_have_count(0)
    telegram.call("deleteMessage", {"chat_id": 1001, "message_id": asked})
    await expect(message).to_have_count(0)


async def test_the_reply_keyboard_and_files(telegram: Telegram, page: Page, tmp_path: pathlib.Path) -> None:
    telegram.person(1001).starts()
    bot_says(telegram, "Нөміріңіз?", reply_markup=KEYBOARD)
    chat = page.get_by_test_id("chat-1001")
    await chat.get_by_test_id("reply-button").first.click()
    assert (await last_update(telegram, "message"))["contact"]["user_id"] == 1001
    files = [tmp_path / name for name in ("бір.pdf", "екі.pdf")]
    for file in files:
        file.write_bytes(b"%PDF-1.4")
    await chat.get_by_test_id("attach").set_input_files([str(file) for file in files])
    await chat.get_by_test_id("composer").fill("құжаттарым")
    await chat.get_by_test_id("send").click()
    await expect(chat.get_by_test_id("document")).to_have_count(2)
    album = [m.data for m in telegram.chat(1001).messages if "document" in m.data]
    assert [m.get("caption") for m in album] == ["құжаттарым", None]
    assert len({m["media_group_id"] for m in album}) == 1
    (tmp_path / "a.png").write_bytes(PNG)
    await chat.get_by_test_id("attach").set_input_files(str(tmp_path / "a.png"))
    await chat.get_by_test_id("send").click()
    assert (await last_update(telegram, "message"))["photo"][-1]["width"] == 1600


async def test_two_people_side_by_side_and_a_block(telegram: Telegram, page: Page) -> None:
    for number, text in ((1001, "сәлем"), (1002, "привет")):
        chat = page.get_by_test_id(f"chat-{number}")
        await chat.get_by_test_id("start").click()
        await chat.get_by_test_id("composer").fill(text)
        await chat.get_by_test_id("send").click()
        await expect(chat.locator("[data-from=me]").last.locator(".text")).to_have_text(text)
    chat = page.get_by_test_id("chat-1001")
    await chat.get_by_test_id("more").click()
    await chat.get_by_test_id("block").click()
    await expect(chat.get_by_test_id("unblock-bar")).to_be_visible()
    assert telegram.chat(1001).bot_status == "kicked"
    await chat.get_by_test_id("unblock-bar").click()
    await expect(chat.get_by_test_id("composer")).to_be_visible()


async def test_commands_by_the_persons_language(telegram: Telegram, page: Page) -> None:
    telegram.person(1001).starts()
    kazakh = [{"command": "status", "description": "Өтінімнің күйі"}]
    telegram.call("setMyCommands", {"commands": kazakh, "language_code": "kk"})
    chat = page.get_by_test_id("chat-1001")
    await chat.get_by_test_id("menu").click()
    await expect(chat.get_by_test_id("command")).to_have_text(["/statusӨтінімнің күйі"])
    await chat.get_by_test_id("command").click()
    await expect(chat.locator("[data-from=me] .text").last).to_have_text("/status")
    assert (await last_update(telegram, "message"))["text"] == "/status"
    await expect(page.get_by_test_id("chat-1002").get_by_test_id("menu")).to_be_hidden()


async def test_a_deep_link_waits_for_start_on_a_telephone(telegram: Telegram, page: Page) -> None:
    await page.set_viewport_size({"width": 375, "height": 700})
    await page.goto(page.url.split("?")[0] + "?start=lot7&person=1002")
    chat = page.get_by_test_id("chat-1002")
    await expect(page.get_by_test_id("person-1002")).to_be_hidden()
    await chat.get_by_test_id("start").click()
    await expect(chat.locator("[data-from=me] .text")).to_have_text("/start lot7")
    assert await page.evaluate("document.documentElement.scrollWidth") == 375


async def test_a_long_chat_is_read_in_parts(telegram: Telegram, page: Page) -> None:
    aigerim: Person = telegram.person(1001)
    for number in range(700):
        aigerim.says(f"хабарлама {number}")
    await page.reload()
    chat = page.get_by_test_id("chat-1001")
    await expect(chat.get_by_test_id("message").last).to_contain_text("хабарлама 699")
    assert await chat.get_by_test_id("message").count() <= 120
    log = chat.get_by_role("log")
    await log.evaluate("element => { element.scrollTop = 0; }")
    await expect(chat.get_by_test_id("message").first).to_contain_text("хабарлама 5")
    bot_says(telegram, "жаңа")
    await expect(chat.get_by_test_id("message").last).to_contain_text("жаңа")


async def last_update(telegram: Telegram, kind: str) -> dict[str, Any]:
    """The newest update of that kind, as soon as it is there."""
    for _ in range(100):
        found = [waiting.update[kind] for waiting in telegram.updates.queue if kind in waiting.update]
        if found and found[-1] is not telegram.settings.get("seen"):
            telegram.settings["seen"] = found[-1]
            return dict(found[-1])
        await asyncio.sleep(0.05)
    raise AssertionError(f"no {kind} came")


async def test_trouble_is_brought_about_with_what_its_kind_asks_for(telegram: Telegram, page: Page) -> None:
    await page.get_by_test_id("faults").click()
    form = page.locator(".fault-form")
    await form.get_by_test_id("fault-kind").select_option("timeout")
    await expect(form.locator("[name=code]")).to_be_hidden()
    await form.locator("[name=method]").fill("sendMessage")
    await form.locator("[name=chat]").select_option(label="Данила")
    await form.locator("[name=percent]").fill("25")
    await form.locator("[name=times]").fill("40")
    await form.locator("[name=accepted]").check()

    await form.get_by_test_id("fault-add").click()
    await expect(page.locator(".waiting li")).to_contain_text("sendMessage · 1002 · 25 %")
    [fault] = telegram.faults.waiting
    assert (fault.kind, fault.chat_id, fault.chance, fault.times) == (FaultKind.TIMEOUT, 1002, 0.25, 40)
    assert (fault.seconds, fault.accepted) == (3, True)
    await form.get_by_test_id("fault-kind").select_option("split_album")
    await expect(form.locator("[name=method]")).to_be_hidden()
    await expect(form.locator("[name=seconds]")).to_be_visible()
