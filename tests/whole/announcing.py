"""The coordinator of the demonstration writes to who has applied, with their chats beside hers."""

from __future__ import annotations

import base64

from playwright.async_api import Locator, Page, expect

from tests.whole.demo import Demo, OnPage, opens_chat

KK = "Саламатсыз ба! 28 қарашада сағат 15:00-де жоба жоспары туралы онлайн кездесу өтеді. Келіңіз!"
RU = "Здравствуйте! 28 ноября в 15:00 – онлайн-встреча о плане проекта. Приходите!"
LINK = "https://example.kz/meeting\nТіркелу\nЗаписаться"
COORDINATOR, READERS = "2005", {"1001": KK, "1002": RU}
LABELS = {
    "1001": ["Тіркелу", "💬 Сұрақ қою", "🔕 Хабарландыру келмесін"],
    "1002": ["Записаться", "💬 Задать вопрос", "🔕 Не присылать объявления"],
}


async def announces(demo: Demo, page: Page) -> None:
    """From the first word to both chats; screens of the way are kept."""
    await opens_chat(page, COORDINATOR)
    for person in READERS:
        await opens_chat(page, person, beside=True)
    hands = OnPage(demo, page, COORDINATOR)
    await hands.chat.get_by_test_id("start").click()
    await expect(hands.chat.get_by_test_id("inline-button").filter(has_text="Жұмыс")).to_be_visible()
    for label in ("💼 Жұмыс", "📣 Хабарландырулар", "➕ Жаңа хабарландыру", "Қазақша"):
        await hands.presses(label)
    await hands.attaches("meeting.png", await _picture(page), "image/png", KK)
    for label in ("Орысша", "🖼 Екінші тілдегі"):
        await hands.presses(label)
    await hands.says(RU)
    for label in ("🔘 Астындағы", "Сұрақ қою", "➕ Сілтеме"):
        await hands.presses(label)
    await hands.says(LINK)
    await hands.presses("Артқа")
    await hands.presses("👁 Қарап шығу")
    for text in (*READERS.values(), "№1 хабарландыру: қаралама"):  # in each language, then the draft again
        await expect(_said(hands.chat).filter(has_text=text).last).to_be_visible()
    await expect(_said(hands.chat).last).to_contain_text("қаралама")
    for label in ("👥 Кімге", "➕ Адам қосу", "Өтінімі", "▫️ жіберілген", "Дайын", "Дайын", "🔢 Санап көру"):
        await hands.presses(label)
    counted = _said(hands.chat).filter(has_text="Жіберер алдында").last
    for told in ("2 адам, оның ішінде:", "• Қазақша: 1", "• Орысша: 1", "••001, қазақша", "79-2026-000002"):
        await expect(counted).to_contain_text(told)
    await hands.picture("announcement-before")
    await hands.presses("🚀 Қазір жіберу")
    for person, text in READERS.items():
        chat = page.get_by_test_id(f"chat-{person}")
        await expect(_said(chat).last).to_contain_text(text)
        await expect(_said(chat).last.locator("img")).to_be_visible()
        await expect(_said(chat).last.get_by_test_id("inline-button")).to_have_text(LABELS[person])
    card = _said(hands.chat).filter(has_text="✅ аяқталды").last
    await expect(card).to_contain_text("• жіберілді: 2")
    await expect(card.locator(".edited")).to_be_visible()
    await expect(_said(hands.chat).filter(has_text="№1 хабарландыру: аяқталды.")).to_be_visible()
    await hands.picture("announcement")


def _said(chat: Locator) -> Locator:
    return chat.locator('[data-from="bot"]')


async def _picture(page: Page) -> bytes:
    """A poster, drawn by the browser."""
    drawn = await page.evaluate(
        """() => {
            const canvas = Object.assign(document.createElement("canvas"), {width: 960, height: 480});
            const pen = canvas.getContext("2d"), sky = pen.createLinearGradient(0, 0, 960, 480);
            sky.addColorStop(0, "#1f877a"); sky.addColorStop(1, "#f0b429");
            pen.fillStyle = sky; pen.fillRect(0, 0, 960, 480);
            pen.fillStyle = "white"; pen.textAlign = "center";
            pen.font = "bold 88px sans-serif"; pen.fillText("ZHAS PROJECT", 480, 220);
            pen.font = "64px sans-serif"; pen.fillText("28.11 · 15:00", 480, 330);
            return canvas.toDataURL("image/png").split(",")[1];
        }"""
    )
    return base64.b64decode(drawn)
