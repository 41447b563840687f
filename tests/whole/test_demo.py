"""The demonstration as a newcomer meets it: `python -m bot demo` and a real Chromium.

Two applications are filled in through the page, one in Kazakh and one in Russian; in the middle the bot is killed
without a word and started again, at a given time of day. Then the coordinator announces to both, and a complaint
is answered. Screens of the way are kept in `var/screens/` for whoever wants to look.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from domain.draft import Cursor
from tests.applicant import AIGERIM, DANILA, Applicant, Story
from tests.whole.announcing import announces
from tests.whole.complaining import complains
from tests.whole.demo import Demo, OnPage, a_demo, a_page, opens_chat

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
PEOPLE = {"1001": AIGERIM, "1002": DANILA}
LANGUAGES = {"kk": "Қазақша", "ru": "Русский"}
MIDDLE = Cursor("title")
pytestmark = pytest.mark.chromium


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("NO CHROMIUM: the demonstration was not walked through (Debian: apt-get install chromium)")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield browser
        await browser.close()


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
    async with a_demo(tmp_path, unused_tcp_port) as demo:
        await two_applications_and_an_announcement(demo, browser)


async def two_applications_and_an_announcement(demo: Demo, browser: Browser) -> None:
    await both(demo, browser, await demo.start(at="2026-11-26 11:00"), to_the_middle)
    answers = demo.ask("SELECT answers FROM draft ORDER BY id")
    await demo.kill()

    url = await demo.start(at="2026-11-26 15:00")
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
    async with a_page(browser, url, width=1500) as page:
        await announces(demo, page)
    async with a_page(browser, url) as page:
        await complains(demo, page)
    assert await demo.stop() == 0
