"""The demonstration as a newcomer meets it: `python -m bot demo` and a real Chromium.

Two applications are filled in through the page, one in Kazakh and one in Russian; in the middle the bot is killed
without a word and started again. Screens of the way are kept in `var/screens/` for whoever wants to look.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, Response, async_playwright, expect

from domain.draft import Cursor
from tests.applicant import AIGERIM, DANILA, Applicant, Story

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
PEOPLE = {"1001": AIGERIM, "1002": DANILA}
LANGUAGES = {"kk": "Қазақша", "ru": "Русский"}
MIDDLE = Cursor("title")
SCREENS = Path("var/screens")
LOOKS = """chat => [...chat.querySelectorAll('[data-from="bot"], [data-testid="inline-button"]')]
    .map(shown => shown.textContent).join("|")"""
CHANGED = f"""([chat, before]) => ({LOOKS})(document.querySelector(`[data-testid="${{chat}}"]`)) !== before"""
pytestmark = pytest.mark.chromium


class Demo:
    """The demonstration's process, and the database it keeps."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.process: asyncio.subprocess.Process | None = None

    async def start(self) -> str:
        """Start it as its README says; the page's address."""
        command = [sys.executable, "-m", "bot", "demo", "--folder", str(self.folder), "--port", str(self.port)]
        self.process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
        assert self.process.stdout
        async with asyncio.timeout(120):
            async for line in self.process.stdout:
                if found := re.search(rb"http://127\.0\.0\.1:\d+", line):
                    return found[0].decode()
        raise AssertionError("the demonstration did not start")

    async def kill(self) -> None:
        """The bot dies at once; its sandbox notices and ends by itself, having kept the chats."""
        assert self.process
        self.process.kill()
        await self.process.wait()

    async def stop(self) -> int:
        """Ctrl-C; its exit code."""
        assert self.process
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGINT)
        async with asyncio.timeout(60):
            return await self.process.wait()

    def ask(self, question: str) -> list[tuple[str, ...]]:
        connection = sqlite3.connect(f"file:{self.folder}/bot.db?mode=ro", uri=True)
        try:
            return connection.execute(question).fetchall()
        finally:
            connection.close()


@dataclass
class OnPage:
    """A person's hands on the chat page."""

    demo: Demo
    page: Page
    person: str

    @property
    def chat(self) -> Locator:
        return self.page.get_by_test_id(f"chat-{self.person}")

    async def says(self, text: str) -> None:
        async def do() -> None:
            await self.chat.get_by_test_id("composer").fill(text)
            await self.chat.get_by_test_id("send").click()

        await self._answered(do())

    async def presses(self, label: str) -> None:
        button = self.chat.get_by_test_id("inline-button").filter(has_text=label).last
        await self._answered(button.click())

    async def attaches(self, name: str, content: bytes) -> None:
        file = {"name": name, "mimeType": "application/pdf", "buffer": content}
        await self.chat.get_by_test_id("attach").set_input_files(file)  # type: ignore[arg-type]
        await self._answered(self.chat.get_by_test_id("send").click())

    async def cursor(self) -> str:
        [(cursor,)] = self.demo.ask(
            "SELECT draft.cursor FROM draft JOIN person ON person.id = draft.person_id "
            f"WHERE telegram_id = {self.person} AND draft.state = 'open'"
        )
        return cursor

    async def picture(self, name: str) -> None:
        SCREENS.mkdir(parents=True, exist_ok=True)
        await self.page.screenshot(path=SCREENS / f"{name}.png")

    async def _answered(self, action: Coroutine[Any, Any, None]) -> None:
        """Do it, and wait until its update is handled and the answer is on the page."""
        shown = await self._looks()
        async with self.page.expect_response(self._brings_it) as response:
            await action
        made = await (await response.value).json()
        number = (made[-1] if isinstance(made, list) else made)["update_id"]
        async with asyncio.timeout(30):
            while not self._handled(number):
                await asyncio.sleep(0.02)
            await self.page.wait_for_function(CHANGED, arg=[f"chat-{self.person}", shown], polling=50)

    def _brings_it(self, response: Response) -> bool:
        return response.request.method == "POST" and f"/sandbox/chats/{self.person}/" in response.url

    def _handled(self, number: int) -> bool:
        return bool(self.demo.ask(f"SELECT 1 FROM handled_update WHERE update_id = {number}"))

    async def _looks(self) -> str:
        """All that the bot has said and the labels of its buttons."""
        return str(await self.chat.evaluate(LOOKS))


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("NO CHROMIUM: the demonstration was not walked through (Debian: apt-get install chromium)")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield browser
        await browser.close()


@asynccontextmanager
async def a_page(browser: Browser, url: str, width: int = 1280) -> AsyncIterator[Page]:
    errors: list[str] = []
    page = await browser.new_page(viewport={"width": width, "height": 900}, locale="kk")
    page.on("pageerror", lambda error: errors.append(str(error)))
    await page.goto(url)
    yield page
    await page.close()
    assert errors == []


async def opens_chat(page: Page, person: str) -> None:
    button = page.get_by_test_id(f"person-{person}")
    if await button.get_attribute("aria-current") != "true":
        await button.click()
    await expect(page.get_by_test_id(f"chat-{person}")).to_be_visible()


async def says_hello(page: Page, person: str, story: Story) -> None:
    await opens_chat(page, person)
    chat = page.get_by_test_id(f"chat-{person}")
    await chat.get_by_test_id("start").click()
    await chat.get_by_test_id("inline-button").filter(has_text=LANGUAGES[story.language]).click()
    await expect(chat.locator('[data-from="bot"]').last).to_contain_text("ZHAS PROJECT")


Way = Callable[[OnPage, Applicant], Coroutine[Any, Any, None]]


async def both(demo: Demo, browser: Browser, url: str, way: Way) -> None:
    """Each at a page of their own at the same time: answers to one chat come no faster than one a second."""
    async with a_page(browser, url) as one, a_page(browser, url) as other, asyncio.TaskGroup() as together:
        for page, (person, story) in zip((one, other), PEOPLE.items(), strict=True):
            hands = OnPage(demo, page, person)
            together.create_task(way(hands, Applicant(story, hands)))


async def to_the_middle(hands: OnPage, applicant: Applicant) -> None:
    story = applicant.story
    await says_hello(hands.page, hands.person, story)
    await applicant.checks_eligibility()
    await hands.picture(f"{story.language}-verdict")
    await applicant.begins()
    await applicant.fills_in(until=lambda cursor: cursor == MIDDLE)
    await hands.picture(f"{story.language}-form")


async def to_the_documents(hands: OnPage, applicant: Applicant) -> None:
    await opens_chat(hands.page, hands.person)
    await applicant.fills_in()
    await hands.picture(f"{applicant.story.language}-documents")
    await applicant.sends_documents()


async def test_two_applications_through_the_page_with_a_crash_between(
    browser: Browser, tmp_path: Path, unused_tcp_port: int
) -> None:
    demo = Demo(tmp_path, unused_tcp_port)
    await both(demo, browser, await demo.start(), to_the_middle)
    answers = demo.ask("SELECT answers FROM draft ORDER BY id")
    await demo.kill()

    url = await demo.start()
    assert demo.ask("SELECT answers FROM draft ORDER BY id") == answers
    await both(demo, browser, url, to_the_documents)
    async with a_page(browser, url) as page:
        for person, story in PEOPLE.items():
            await opens_chat(page, person)
            hands = OnPage(demo, page, person)
            await Applicant(story, hands).sends_application()
            await expect(hands.chat).to_contain_text("79-2026-")
            await hands.picture(f"{story.language}-receipt")
    assert demo.ask("SELECT number, language FROM application ORDER BY id") == [
        ("79-2026-000001", "kk"),
        ("79-2026-000002", "ru"),
    ]
    async with a_page(browser, url, width=375) as page:
        await opens_chat(page, "1001")
        hands = OnPage(demo, page, "1001")
        await expect(hands.chat).to_contain_text("79-2026-000001")
        await hands.picture("kk-phone")
    assert await demo.stop() == 0
