"""The demonstration's process, and a person's hands on its chat page."""

from __future__ import annotations

import asyncio
import re
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Locator, Page, Response, expect

expect.set_options(timeout=20_000)  # the machine may have other work
SCREENS = Path("var/screens")
LOOKS = """chat => [...chat.querySelectorAll('[data-from="bot"], [data-testid="inline-button"]')]
    .map(shown => shown.textContent).join("|")"""
CHANGED = f"""([chat, before]) => ({LOOKS})(document.querySelector(`[data-testid="${{chat}}"]`)) !== before"""


class Demo:
    """The demonstration's process, and the database it keeps."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.process: asyncio.subprocess.Process | None = None

    async def start(self, at: str) -> str:
        """Start it as its README says, at this time of Almaty; the page's address."""
        command = [sys.executable, "-m", "bot", "demo", "--folder", str(self.folder), "--port", str(self.port)]
        command += ["--at", at]
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


@asynccontextmanager
async def a_demo(folder: Path, port: int) -> AsyncIterator[Demo]:
    """Not started yet; however the test ends, no process outlives it."""
    demo = Demo(folder, port)
    try:
        yield demo
    finally:
        if demo.process and demo.process.returncode is None:
            await demo.kill()


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

    async def attaches(self, name: str, content: bytes, kind: str = "application/pdf", words: str = "") -> None:
        file = {"name": name, "mimeType": kind, "buffer": content}
        await self.chat.get_by_test_id("attach").set_input_files(file)  # type: ignore[arg-type]
        if words:
            await self.chat.get_by_test_id("composer").fill(words)
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


@asynccontextmanager
async def a_page(browser: Browser, url: str, width: int = 1280) -> AsyncIterator[Page]:
    errors: list[str] = []
    page = await browser.new_page(viewport={"width": width, "height": 900}, locale="kk")
    page.on("pageerror", lambda error: errors.append(str(error)))
    await page.goto(url)
    yield page
    await page.close()
    assert errors == []


async def opens_chat(page: Page, person: str, *, beside: bool = False) -> None:
    button = page.get_by_test_id(f"person-{person}")
    if await button.get_attribute("aria-current") != "true":
        await (button.locator("xpath=..").locator(".beside") if beside else button).click()
    await expect(page.get_by_test_id(f"chat-{person}")).to_be_visible()
