"""A second person decides on an announcement and on its correction, each with a phone of their own."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from domain.staff import Role
from sandbox.chats import Message
from tests.person import House, Person
from tests.staff import works

CHANGED = "Пока вы решали, здесь кое-что изменили"


@dataclass
class Office:
    """Who writes, who approves, and who reads in Russian; more than one recipient waits for a second person."""

    chief: Person
    second: Person
    reader: Person

    async def asks(self) -> None:
        """The chief writes in both languages and lets it go."""
        await self.chief.presses("📣 Объявления", "➕ Новое объявление", "По-казахски")
        await self.chief.says("Сәлем! Қабылдау ашылды.")
        await self.chief.presses("По-русски")
        await self.chief.says("Привет! Приём открыт.")
        await self.chief.presses("🚀 Отправить", "🚀 Отправить сейчас")

    async def changes(self, words: str) -> None:
        """Takes it back, says something else in Russian, and lets it go again."""
        await self.chief.presses("↩️ Вернуть в черновики", "По-русски")
        await self.chief.says(words)
        await self.chief.presses("🚀 Отправить", "🚀 Отправить сейчас")

    async def corrects(self, words: str) -> None:
        await self.chief.presses("✏️ Исправить: по-русски")
        await self.chief.says(words)


@pytest.fixture
async def office(house: House) -> Office:
    await house.opens_competition(("[call_centre]", "[announcements]\nsecond_person_above = 1\n\n[call_centre]"))
    reader = house.person(1002, "ru", "Данила")
    await reader.speaks("ru")
    second = await works(house, Role.ADMINISTRATOR, 2, "*", name="Ерлан")
    return Office(await works(house, Role.ADMINISTRATOR, 1, "*", name="Айгүл"), second, reader)


def pressed(message: Message, label: str) -> str:
    """The data of this button of a card, to be pressed once the card is old."""
    return next(str(b["callback_data"]) for row in message.keyboard for b in row if b["text"] == label)


async def test_an_old_card_approves_no_words_that_came_after_it(office: Office) -> None:
    await office.asks()
    await office.second.presses("Открыть №1")
    card = office.second.screen
    agree = pressed(card, "✅ Одобрить")
    await office.changes("Привет! Приём закрыт.")
    await office.second.says("/menu")
    await office.second.presses_old(card, agree)
    assert office.second.alerts[-1].startswith(CHANGED)
    assert card.text.startswith("📣 Объявление №1\n🖊 ждёт одобрения")
    assert pressed(card, "✅ Одобрить") != agree
    assert "Приём" not in office.reader.sees
    await office.second.presses("👁 Посмотреть")
    assert "Привет! Приём закрыт." in office.second.texts
    await office.second.presses("✅ Одобрить")
    assert office.reader.sees == "Привет! Приём закрыт."


async def test_a_correction_is_looked_at_and_approved(office: Office) -> None:
    await office.asks()
    await office.second.presses("Открыть №1", "✅ Одобрить")
    await office.chief.presses("Открыть №1")
    await office.corrects("Привет! Приём до пятницы.")
    assert "Исправление уйдёт, когда его одобрит коллега." in office.chief.sees
    assert office.chief.labels == [
        "👁 Посмотреть",
        "🧪 Тест себе",
        "✏️ Исправить: по-казахски",
        "✏️ Исправить: по-русски",
        "↩️ Отозвать исправление",
        "📣 Все объявления",
    ]
    assert office.reader.sees == "Привет! Приём открыт."
    assert office.second.sees == "🖊 Исправление объявления №1 ждёт вашего одобрения."
    await office.second.presses("Открыть №1", "👁 Посмотреть")
    assert "Привет! Приём до пятницы." in office.second.texts
    await office.second.presses("✅ Одобрить")
    assert office.reader.sees == "Привет! Приём до пятницы."
    assert "✅ Объявление №1 одобрено." in office.chief.texts


async def test_an_old_card_of_a_correction_approves_no_other_correction(office: Office) -> None:
    await office.asks()
    await office.second.presses("Открыть №1")
    first = pressed(office.second.screen, "✅ Одобрить")
    await office.second.presses("✅ Одобрить")
    await office.chief.presses("Открыть №1")
    await office.corrects("Привет! Приём до пятницы.")
    await office.second.presses("Открыть №1")
    card = office.second.screen
    agree, back = pressed(card, "✅ Одобрить"), pressed(card, "↩️ Вернуть")
    await office.corrects("Привет! Приём до субботы.")
    for old in (first, agree, back):
        await office.second.presses_old(card, old)
        assert office.second.alerts[-1].startswith(CHANGED)
        assert office.reader.sees == "Привет! Приём открыт."
    assert "Исправление уйдёт, когда его одобрит коллега." in office.second.sees
    await office.second.presses("✅ Одобрить")
    assert office.reader.sees == "Привет! Приём до субботы."


async def test_a_correction_that_is_sent_back_or_taken_back_reaches_nobody(office: Office) -> None:
    await office.asks()
    await office.second.presses("Открыть №1", "✅ Одобрить")
    await office.chief.presses("Открыть №1")
    await office.corrects("Привет! Приём до пятницы.")
    await office.second.presses("Открыть №1", "↩️ Вернуть")
    assert "↩️ Исправление объявления №1 не одобрено: текст остался прежним." in office.chief.texts
    await office.chief.presses("Открыть №1")
    await office.corrects("Привет! Приём до субботы.")
    await office.chief.presses("↩️ Отозвать исправление")
    assert "✅ закончено" in office.chief.sees
    assert office.reader.sees == "Привет! Приём открыт."


async def test_the_card_says_who_may_approve(office: Office) -> None:
    await office.asks()
    assert office.chief.sees.endswith("\n\nКто может одобрить: Ерлан.")
    await office.second.presses("Открыть №1")
    assert "Кто может одобрить" not in office.second.sees, "it is they who may"


NOBODY = "⚠️ Одобрить некому: все, кто мог бы, сами писали, меняли или отправляли это объявление."


async def test_where_nobody_may_approve_the_card_says_whom_to_ask(house: House, office: Office) -> None:
    await office.asks()
    await office.changes("Привет! Приём закрыт.")
    await office.second.presses("📣 Объявления", "№1", "↩️ Вернуть")
    await office.second.presses("№1")
    await office.second.presses("По-русски")
    await office.second.says("Привет! Приём идёт.")
    await office.second.presses("🚀 Отправить")
    mend = "Пригласите ещё одного координатора или администратора (✉️ Приглашения)."
    assert f"{NOBODY}\n{mend}" in office.second.sees
    await office.second.presses("🚀 Отправить сейчас")
    assert office.second.screen.text.startswith("⚠️ Объявление №1 сейчас некому одобрить.")
    await office.second.presses("Открыть №1")
    assert office.second.sees.endswith(f"{NOBODY}\n{mend}")
    assert "✅ Одобрить" not in office.second.labels
    newcomer = await works(house, Role.COORDINATOR, 3, "*", name="Сәуле", language="kk")
    assert newcomer.sees == "🖊 №1 хабарландыру Сіздің мақұлдауыңызды күтіп тұр: оны көп адам алады."
    await office.chief.presses("Открыть №1")
    assert office.chief.sees.endswith("Кто может одобрить: Сәуле.")


@pytest.mark.parametrize(
    ("administrator", "said"),
    [
        (True, "Тағы бір үйлестіруші не әкімші шақыруды сұраңыз. Шақыра алатындар: Ерлан."),
        (False, "Серверге жауапты адамнан әкімші шақыруын сұраңыз: bot staff invite."),
    ],
)
async def test_a_coordinator_who_is_alone_is_told_whom_to_ask(house: House, administrator: bool, said: str) -> None:
    await house.opens_competition(("[call_centre]", "[announcements]\nsecond_person_above = 1\n\n[call_centre]"))
    for number in (1001, 1002):
        await house.person(number).speaks("kk")
    chief = await works(house, Role.COORDINATOR, 1, "*", name="Айгүл", language="kk")
    await chief.presses("📣 Хабарландырулар", "➕ Жаңа хабарландыру", "Қазақша")
    await chief.says("Сәлем!")
    await chief.presses("Орысша")
    await chief.says("Привет!")
    if administrator:  # who had a hand in it, too
        second = await works(house, Role.ADMINISTRATOR, 2, "*", name="Ерлан")
        await second.presses("📣 Объявления", "№1", "По-русски")
        await second.says("Привет всем!")
    await chief.presses("🚀 Жіберу", "🚀 Қазір жіберу", "Ашу: №1")
    assert chief.sees.endswith(said)
