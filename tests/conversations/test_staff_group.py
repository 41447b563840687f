"""A staff group through the whole bot: binding, cards without personal data, Take, the pace, moving house."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from structlog.testing import capture_logs

from db.ticket_queue import Watched, watched
from domain.staff import Role
from domain.staff_group import Card, Line, Why
from handlers.groups import screens
from handlers.language import speaking
from sandbox.chats import Chat, Message
from tests.call_centre import author, complains, joins
from tests.person import House, Person
from usecases.watch_clock import watch_clocks

WORDS = "Маған екі апта бойы ешкім жауап берген жоқ"
NOT_ALLOWED = "Ваша роль этого не позволяет."


@dataclass
class Office:
    """A group of the office with the bot in it."""

    house: House
    group: Chat
    boss: Person
    operator: Person
    author: Person

    @property
    def cards(self) -> list[Message]:
        return [message for message in self.group.messages if message.from_bot]

    @property
    def written(self) -> int:
        """How often anything was written into the group, edits too."""
        return sum(1 + len(message.versions) for message in self.cards)

    async def says(self, person: Person, words: str) -> None:
        await self.house.deliver(person.account.inside(self.group).says(words))

    async def presses(self, person: Person, label: str, card: Message | None = None) -> None:
        card = card or self.cards[-1]
        await self.house.deliver(person.account.inside(self.group).presses(card.id, label))

    async def after(self, **time: float) -> None:
        self.house.clock.goes(**time)
        await self.house.settle()


@pytest.fixture
async def office(house: House) -> Office:
    await house.opens_competition()
    boss = await joins(house, 1, "Сәуле", Role.COORDINATOR)
    operator = await joins(house, 2, "Ерлан")
    writer = await author(house, 1001, "Айгерім")
    group = house.telegram.group("Кеңсе", owner=boss.account.user, supergroup=False)
    one = Office(house, group, boss, operator, writer)
    await house.deliver(boss.account.inside(group).adds_bot())
    assert one.cards == []
    await one.says(boss, "/bind 19-5")
    assert one.cards[-1].text.startswith("Теперь в эту группу приходят карточки лота 19-5")
    return one


async def test_a_new_request_is_a_card_without_anything_about_its_author(office: Office) -> None:
    await complains(office.author, WORDS)
    card = office.cards[-1]
    assert card.text == ("🆕 Новое обращение\nT-19-5-2026-000001 · Жалоба\nЛот 19-5\nответить до: 23 ноября, 18:00")
    assert card.labels == ["Взять T-19-5-2026-000001"]
    everything = "\n".join(message.text for message in office.cards)
    assert not any(part in everything for part in ("Айгерім", *WORDS.split()))


async def test_who_takes_it_gets_it_privately_and_the_card_says_so(office: Office) -> None:
    await complains(office.author, WORDS)
    await office.presses(office.operator, "Взять T-19-5-2026-000001")
    assert office.group.alerts == ["T-19-5-2026-000001 теперь у вас: оно открыто в личном чате со мной."]
    assert WORDS in office.operator.sees
    await office.after(seconds=4)
    assert office.cards[-1].text.startswith("✅ в работе\nT-19-5-2026-000001")
    assert office.cards[-1].labels == []
    await office.operator.says("Сәлеметсіз бе! Қарап жатырмыз.")
    assert "Қарап жатырмыз" in office.author.sees
    assert len(office.cards) == 2
    assert await office.house.rows("SELECT * FROM group_card") == []


async def test_the_second_who_presses_is_told_and_gets_nothing(office: Office) -> None:
    other = await joins(office.house, 3, "Дана")
    await complains(office.author, WORDS)
    card, before = office.cards[-1], other.heard()
    await office.presses(office.operator, card.labels[0])
    await office.presses(other, card.labels[0], card)
    assert office.group.alerts[-1] == "T-19-5-2026-000001 уже взял коллега."
    assert other.heard() == before


async def test_who_may_not_is_refused_and_logged_and_nothing_is_shown(office: Office) -> None:
    await complains(office.author, WORDS)
    admin = await joins(office.house, 4, "Гүлнар", Role.ADMINISTRATOR)
    for person in (admin, office.author):
        before = person.heard()
        with capture_logs() as logs:
            await office.presses(person, "Взять T-19-5-2026-000001")
        assert [one["event"] for one in logs] == ["not allowed"]
        assert person.heard() == before
    assert office.group.alerts == [NOT_ALLOWED, "Рөліңіз бұған рұқсат бермейді."]
    assert await office.house.rows("SELECT holder_id FROM ticket") == [(None,)]


async def test_who_never_opened_the_bot_is_told_how_and_is_not_kept(office: Office) -> None:
    await complains(office.author, WORDS)
    stranger = office.house.person(50, "ru", "Данила")
    await office.presses(stranger, "Взять T-19-5-2026-000001")
    assert office.group.alerts == [
        "Пока не могу вам написать. Откройте личный чат со мной (@zhas_project_bot), отправьте /start и вернитесь сюда."
    ]
    assert stranger.chat.messages == []
    assert await office.house.rows("SELECT * FROM person WHERE telegram_id = 50") == []


async def test_who_blocked_the_bot_holds_nothing_they_cannot_see(office: Office) -> None:
    await complains(office.author, WORDS)
    office.operator.account.blocks()  # of which the bot has not heard
    await office.presses(office.operator, "Взять T-19-5-2026-000001")
    assert office.group.alerts[-1].startswith("Пока не могу вам написать.")
    assert await office.house.rows("SELECT state, holder_id FROM ticket") == [("open", None)]
    await office.after(seconds=4)
    await office.after(seconds=4)
    assert [card.labels for card in office.cards[-2:]] == [["Взять T-19-5-2026-000001"]] * 2
    await office.presses(office.operator, "Взять T-19-5-2026-000001")
    assert await office.house.rows("SELECT holder_id FROM ticket") == [(None,)]


async def test_a_forged_button_in_the_group_does_nothing(office: Office) -> None:
    await complains(office.author, WORDS)
    inside, card, before = office.operator.account.inside(office.group), office.cards[-1], office.operator.heard()
    for data in ("dt:1", "gtake:x", "gtake:999999", "menu", ""):
        await office.house.deliver(inside.presses(card.id, data, stale=True))
    assert office.operator.heard() == before
    assert len(office.group.alerts) == 5
    assert await office.house.rows("SELECT holder_id FROM ticket") == [(None,)]


async def test_what_was_taken_at_the_desk_is_taken_in_the_group(office: Office) -> None:
    await complains(office.author, WORDS)
    await office.operator.says("/next")
    await office.after(seconds=4)
    assert office.cards[-1].text.startswith("✅ в работе")


async def test_many_at_once_are_one_card_and_never_twenty_messages_a_minute(office: Office) -> None:
    for number in range(30):
        await complains(office.author, f"{WORDS} {number}")
    assert len(office.cards) == 2  # the answer to /bind, and the first
    await office.after(seconds=4)
    card = office.cards[-1]
    assert card.text.splitlines()[0] == "Обращения"
    assert card.text.splitlines()[-1] == "… и ещё 21: ждёт на рабочем столе"
    assert len(card.labels) == 8
    await office.presses(office.operator, card.labels[3])
    await office.after(seconds=4)
    assert card.text.splitlines()[4] == "✅ T-19-5-2026-000005 · в работе"
    assert len(office.group.everything[card.id].labels) == 7
    assert office.written == 4


async def test_a_minute_of_tickets_stays_below_the_limit(office: Office) -> None:
    before = office.written
    for number in range(30):
        await complains(office.author, f"{WORDS} {number}")
        await office.after(seconds=1)
    assert office.written - before == 8
    await office.after(seconds=4)
    shown = [label for card in office.cards for label in card.labels]
    assert shown == [f"Взять T-19-5-2026-{number:06d}" for number in range(1, 31)]


async def test_what_nobody_takes_and_what_is_late_comes_again(office: Office) -> None:
    await complains(office.author, WORDS)
    office.house.clock.now = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
    await office.house.work(watch_clocks)
    await office.house.settle()
    assert office.cards[-1].text.startswith("⏳ Никто не взял, а срок ответа близко\nT-19-5-2026-000001")
    await office.after(hours=1)
    await office.house.work(watch_clocks)
    await office.house.settle()
    assert office.cards[-1].text.startswith("🔴 Срок ответа прошёл\nT-19-5-2026-000001")
    assert office.cards[-1].labels == ["Взять T-19-5-2026-000001"]


async def test_what_is_late_in_somebodys_hands_looks_late(office: Office) -> None:
    await complains(office.author, WORDS)
    await office.presses(office.operator, "Взять T-19-5-2026-000001")
    office.house.clock.now = datetime(2026, 11, 23, 13, 30, tzinfo=UTC)
    await office.house.work(watch_clocks)
    await office.house.settle()
    assert office.cards[-1].text.startswith("🔴 Срок ответа прошёл · в работе\nT-19-5-2026-000001")
    assert office.cards[-1].labels == []
    late = await office.house.work(lambda work: watched(work.session, None, Watched.OWED, 1))
    several = Card(tuple(Line(one, Why.OVERDUE) for one in late * 2))
    with speaking("ru"):
        lines = screens.card(several, office.house.clock.now).text.splitlines()[1:]
    assert lines == ["🔴 <b>T-19-5-2026-000001</b> · Жалоба · в работе · 23 ноября, 18:00"] * 2
    await office.operator.says("Сәлеметсіз бе! Қарап жатырмыз.")
    for _card in office.cards:
        await office.after(seconds=4)
    assert office.cards[-1].text.startswith("✅ ответ дан, ждём автора\nT-19-5-2026-000001")
    assert await office.house.rows("SELECT * FROM group_card") == []


async def test_binding_needs_the_right_and_the_lot(office: Office) -> None:
    for person in (office.operator, office.author):
        with capture_logs() as logs:
            await office.says(person, "/bind 19-5")
        assert [one["event"] for one in logs] == ["not allowed"]
    assert office.cards[-2].text == NOT_ALLOWED
    with capture_logs() as logs:
        await office.says(office.boss, "/bind 19-6")
    assert [one["event"] for one in logs] == ["not allowed"]
    await office.says(office.boss, "/bind 77")
    assert office.cards[-1].text == "Для какого лота? Напишите так: /bind 19-5\nВаши лоты: 19-5"
    with capture_logs() as logs:
        await office.says(office.operator, "/unbind")
    assert [one["event"] for one in logs] == ["not allowed"]
    assert await office.house.rows("SELECT lot, title FROM staff_group") == [("19-5", "Кеңсе")]
    await office.says(office.boss, "/unbind@zhas_project_bot")
    assert office.cards[-1].text == "В эту группу больше не приходят карточки (лоты: 19-5)."
    said = len(office.cards)
    await complains(office.author, WORDS)
    assert len(office.cards) == said
    await office.says(office.boss, "/unbind")
    assert office.cards[-1].text == "В эту группу карточки не приходят."


async def test_the_groups_are_seen_and_ended_from_the_work_menu(office: Office) -> None:
    boss = office.boss
    await boss.says("/work")
    await boss.presses("💬 Группы")
    assert "• Кеңсе, лот 19-5" in boss.sees
    await boss.presses("Отключить: Кеңсе, лот 19-5", "Да, не присылать")
    assert "Кеңсе" not in boss.sees
    assert boss.alerts[-1] == "В эту группу больше не приходят карточки (лоты: 19-5)."
    assert await office.house.rows("SELECT * FROM staff_group") == []


async def test_a_group_that_becomes_a_supergroup_keeps_its_cards(office: Office) -> None:
    await complains(office.author, WORDS)
    await complains(office.author, f"{WORDS}!")  # waits for its turn when the group moves
    inside = office.boss.account.inside(office.group)
    await office.house.deliver(*inside.upgrades())
    old, office.group = office.group, office.house.telegram.chats[office.group.migrated_to or 0]
    await office.after(seconds=4)
    assert [card.labels for card in office.cards] == [["Взять T-19-5-2026-000002"]]
    await office.presses(office.operator, "Взять T-19-5-2026-000002")
    assert await office.house.rows("SELECT chat_id FROM staff_group") == [(office.group.id,)]
    assert old.alerts == []


async def test_a_group_that_moved_unheard_is_found_again(office: Office) -> None:
    """The update was lost, say: Telegram tells the new number when the old one is written to."""
    office.boss.account.inside(office.group).upgrades()
    office.group = office.house.telegram.chats[office.group.migrated_to or 0]
    await complains(office.author, WORDS)
    await office.after(seconds=4)
    assert [card.labels for card in office.cards] == [["Взять T-19-5-2026-000001"]]


async def test_thrown_out_it_is_over_and_whoever_may_bind_is_told(office: Office) -> None:
    await office.house.deliver(office.boss.account.inside(office.group).removes_bot())
    assert office.boss.sees == "В группу «Кеңсе» больше не приходят карточки (лоты: 19-5): меня из неё удалили."
    assert await office.house.rows("SELECT * FROM staff_group") == []
    before = office.operator.heard()
    await complains(office.author, WORDS)
    assert office.operator.heard() == before


async def test_thrown_out_unheard_it_is_over_at_the_next_card(office: Office) -> None:
    office.boss.account.inside(office.group).removes_bot()
    await complains(office.author, WORDS)
    assert await office.house.rows("SELECT * FROM staff_group") == []
    assert "меня из неё удалили" in office.boss.sees


async def test_when_its_maker_leaves_the_others_are_told(office: Office) -> None:
    other = await joins(office.house, 6, "Гүлнар", Role.ADMINISTRATOR)
    await office.boss.says("/work")
    await office.boss.presses("Уйти с этой работы", "координатор", "Да, уйти")
    said = len(office.cards)
    await complains(office.author, WORDS)
    assert len(office.cards) == said
    assert other.sees.startswith("В группу «Кеңсе» больше не приходят карточки (лоты: 19-5): у того, кто её подключил")


async def test_otherwise_the_bot_is_quiet_in_groups(office: Office) -> None:
    said = len(office.cards)
    stranger = office.house.person(50, "ru", "Данила")
    inside = stranger.account.inside(office.group)
    await office.house.deliver(inside.says("/menu@other_bot"), inside.says("привет"))
    assert len(office.cards) == said
    for _ in range(5):
        await office.house.deliver(inside.says("/menu"), inside.says("/bind 19-5"))
    assert len(office.cards) == said + 1
    assert all(not card.labels for card in office.cards)
    assert await office.house.rows("SELECT * FROM person WHERE telegram_id = 50") == []
