"""A complaint on the page: Айгерім writes in Kazakh, Ерлан answers with his screens in Russian, side by side."""

from __future__ import annotations

from playwright.async_api import Locator, Page, expect

from tests.whole.demo import Demo, OnPage, opens_chat

AUTHOR, OPERATOR = "1001", "2002"
COMPLAINT = "Кеше телефон соқтым, оператор сөзімді бөліп, тұтқаны қойып кетті."
ANSWER = "Айгерім, кешіріңіз! Қоңырау жазбасын тыңдап, ертең сағат 12:00-ге дейін жауап береміз."
THANKS = "Рақмет, күтемін."


async def complains(demo: Demo, page: Page) -> None:
    """From the first word to her thanks; the screen with both chats is kept."""
    await opens_chat(page, OPERATOR)
    await opens_chat(page, AUTHOR, beside=True)
    author, operator = OnPage(demo, page, AUTHOR), OnPage(demo, page, OPERATOR)
    await author.says("/ask")
    await author.presses("Шағым")
    await author.says(COMPLAINT)
    [(number,)] = demo.ask("SELECT number FROM ticket ORDER BY id DESC LIMIT 1")
    await expect(_said(author.chat).last).to_contain_text(f"Тіркелді: {number}")
    await operator.chat.get_by_test_id("start").click()
    await expect(operator.chat.get_by_test_id("inline-button").filter(has_text="Работа")).to_be_visible()
    await operator.says("/desk")
    await operator.says(number)
    for told in ("Жалоба", "Айгерім", "пишет по-казахски", COMPLAINT):
        await expect(_said(operator.chat).last).to_contain_text(told)
    await operator.says(ANSWER)
    await expect(_said(author.chat).last).to_contain_text(ANSWER)
    await author.says(THANKS)
    await expect(_said(operator.chat).last).to_contain_text(THANKS)
    await operator.picture("call-centre")
    assert demo.ask(f"SELECT kind, state, language FROM ticket WHERE number = '{number}'") == [
        ("complaint", "taken", "kk")
    ]


def _said(chat: Locator) -> Locator:
    return chat.locator('[data-from="bot"]')
