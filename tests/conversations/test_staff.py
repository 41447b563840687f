"""The office's side in the chat: joining, inviting, removing, leaving, and staying apart from the applicant's side."""

from __future__ import annotations

import re

import pytest
from structlog.testing import capture_logs

from domain.staff import Role
from domain.ticket import TicketKind, TicketStep
from tests.domain.test_working_time import at
from tests.person import House
from tests.staff import works
from usecases.meet_person import known_person
from usecases.open_ticket import open_ticket
from usecases.staff import INVITATION_LASTS
from usecases.ticket_steps import known_ticket, step
from usecases.watch_clock import watch_clocks


async def test_an_administrator_invites_and_the_one_invited_joins(house: House) -> None:
    await house.opens_competition()
    boss = await works(house, Role.ADMINISTRATOR, 1, "*", name="Данияр")
    assert boss.sees.startswith("Добро пожаловать, Данияр! Ваша роль: администратор, все лоты.\n\n💼 Работа")
    await boss.presses("Приглашения", "Пригласить", "оператор", "19-5", "Продолжить")
    await boss.says("Сәуле")
    link = re.search(r"https://t\.me/(\w+)\?start=(staff_\S+)", boss.sees)
    assert link
    operator = house.person(2, "kk", "Saule")
    await operator.starts(link[2])
    assert operator.sees == (
        "Қош келдіңіз, Сәуле! Сіздің рөліңіз: оператор, 19-5.\n\n💼 Жұмыс\n\nМұндағы рөліңіз:\n• оператор, 19-5\n\n"
        "⚪️ Ауысымда емес (соңғы өзгеріс: 12:00). Бір мезгілде ең көбі: 5."
    )
    assert "✅ По вашему приглашению присоединился сотрудник: Сәуле, роль: оператор." in boss.sees
    await boss.says("/work")
    await boss.presses("Приглашения")
    assert "• Сәуле: оператор, 19-5 — использовано: Сәуле, 22 ноября 2026 года, 12:00" in boss.sees
    (source,) = await house.rows("SELECT source FROM person WHERE telegram_id = 2")
    assert source == (None,)


async def test_a_link_that_is_used_or_late_is_refused_politely(house: House) -> None:
    boss = await works(house, Role.ADMINISTRATOR, 1, "*")
    await boss.presses("Приглашения", "Пригласить", "ментор", "Во всех лотах", "Как в Telegram")
    payload = re.findall(r"start=(\S+)", boss.sees)[0]
    house.clock.now += INVITATION_LASTS
    late = house.person(2, "ru", "Данила")
    await late.starts(payload)
    assert late.sees.startswith("Срок этого приглашения истёк. Попросите новое.\n\n")
    assert await house.rows("SELECT staff FROM person WHERE telegram_id = 2") == [(0,)]


async def test_a_link_without_a_name_is_made_once_and_stays_in_the_chat(house: House) -> None:
    boss = await works(house, Role.ADMINISTRATOR, 1, "*")
    await boss.presses("Приглашения", "Пригласить", "ментор", "Во всех лотах")
    asked, data = boss.screen, boss.account.button(boss.screen, "Как в Telegram")["callback_data"]
    before = await house.rows("SELECT id FROM staff_invitation")
    await boss.presses_old(asked, data)
    await boss.presses_old(asked, data)
    assert len(await house.rows("SELECT id FROM staff_invitation")) == len(before) + 1
    assert sum("start=staff_" in text for text in boss.texts) == 1


async def test_removing_takes_effect_on_open_buttons(house: House) -> None:
    boss = await works(house, Role.ADMINISTRATOR, 1, "*")
    other = await works(house, Role.ADMINISTRATOR, 2, "*", name="Ерлан")
    await other.presses("Приглашения")
    await boss.presses("Сотрудники", "Ерлан", "Исключить из сотрудников", "Да, исключить")
    assert boss.alerts[-1] == "Больше не сотрудник: Ерлан."
    with capture_logs() as logs:
        await other.presses("Пригласить")
    assert other.alerts[-1] == "Ваша роль этого не позволяет."
    (line,) = [one for one in logs if one["event"] == "not allowed"]
    assert (line["action"], line["lot"]) == ("invite_staff", None)
    assert "💼 Работа" not in other.labels
    assert other.sees.startswith("ZHAS PROJECT")


async def test_leaving_and_the_way_back_to_the_applicants_menu(house: House) -> None:
    mentor = await works(house, Role.MENTOR, 1)
    await mentor.presses("Меню")
    assert "💼 Работа" in mentor.labels
    await mentor.presses("💼 Работа", "Уйти с этой работы", "ментор", "Да, уйти")
    assert mentor.alerts[-1] == "Вы больше не на этой работе: ментор, 19-5."
    assert "💼 Работа" not in mentor.labels


async def test_words_at_the_work_menu_go_nowhere(house: House) -> None:
    mentor = await works(house, Role.MENTOR, 1)
    await mentor.says("Здравствуйте")
    assert mentor.sees.startswith("Выберите одну из кнопок работы.")
    await house.restart()
    await mentor.says("ещё раз")
    assert mentor.sees.startswith("Выберите одну из кнопок работы.")


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("role", Role)
async def test_every_role_has_a_menu_in_its_language(house: House, role: Role, language: str) -> None:
    person = await works(house, role, 1, language=language)
    menu = {"kk": ["Жұмыстан кету", "Мәзір"], "ru": ["Уйти с этой работы", "Меню"]}[language]
    assert person.labels[-2:] == menu
    assert ("👥 Сотрудники" in person.labels or "👥 Қызметкерлер" in person.labels) is (
        role in {Role.SUPERVISOR, Role.COORDINATOR, Role.ADMINISTRATOR}
    )


async def test_a_stranger_finds_no_work(house: House) -> None:
    await house.opens_competition()
    stranger = house.person(9, "ru", "Данила")
    await stranger.speaks("ru")
    assert "💼 Работа" not in stranger.labels
    with capture_logs() as logs:
        await stranger.says("/work")
    assert stranger.sees.startswith("Ваша роль этого не позволяет.\n\nZHAS PROJECT")
    assert [one["action"] for one in logs if one["event"] == "not allowed"] == ["work"]


async def test_a_duty_from_its_beginning_to_its_end(house: House) -> None:
    operator = await works(house, Role.OPERATOR, 1)
    assert "⚪️ Не на смене (с 12:00). Обращений одновременно, самое большее: 5." in operator.sees
    house.clock.goes(hours=1)
    await operator.presses("Выйти на смену")
    assert operator.alerts[-1] == "Вы на смене. Хорошей работы!"
    assert "🟢 На смене (с 13:00). Обращений одновременно, самое большее: 5." in operator.sees
    await operator.presses("Обращений одновременно", "10", "Перерыв")
    assert "🟡 На перерыве (с 13:00). Обращений одновременно, самое большее: 10." in operator.sees
    await operator.presses("Закончить смену")
    assert "⚪️ Не на смене" in operator.sees


async def test_a_supervisor_sees_who_is_on_duty_and_switches_the_giving_out(house: House) -> None:
    await house.opens_competition()
    chief = await works(house, Role.SUPERVISOR, 1, language="kk", name="Ләззат")
    operator = await works(house, Role.OPERATOR, 2, name="Сәуле")
    await operator.presses("Выйти на смену")
    await chief.presses("Кім ауысымда")
    assert "🟢 Ауысымда: Сәуле (оператор, 19-5)\n⚪️ Ауысымда емес: Ләззат (аға оператор, 19-5)" in chief.sees
    await chief.presses("Үлестірілмейді")
    assert any(label.startswith("✅ Үлестіріледі: 19-5") for label in chief.labels)


async def test_a_call_is_registered_and_one_is_made(house: House) -> None:
    await house.opens_competition()
    operator = await works(house, Role.OPERATOR, 1)
    await operator.presses("Нам позвонили", "Вопрос", "Западно-Казахстанская область")
    await operator.says("Здравствуйте")
    assert operator.sees.startswith("Это не похоже на номер телефона.")
    await operator.says("+7 701 000 00 00\nАйгерим\nМожно ли заочнику?")
    assert operator.sees == (
        "Зарегистрировано: T-27-2026-000001. Назовите этот номер звонившему. "
        "Ответить нужно до: 23 ноября 2026 года, 13:00.\nОбращение у вас."
    )
    await operator.says("/work")
    await operator.presses("Кому позвонить")
    assert operator.sees == "📞 Кому позвонить\n\nСейчас звонить некому."


async def test_the_clock_warns_in_the_chat_and_falls_silent_once_it_is_answered(house: House) -> None:
    house.clock.now = at("2026-11-23 10:00")
    await house.opens_competition()
    operator = await works(house, Role.OPERATOR, 1, language="kk")
    chief = await works(house, Role.SUPERVISOR, 2)
    await operator.presses("Ауысымға шығу")
    await house.work(lambda work: open_ticket(work, known_person(work, 1001), TicketKind.QUESTION))
    house.clock.goes(hours=4, minutes=30)
    await house.work(watch_clocks)
    await house.settle()
    assert (
        operator.sees == "⏳ Жауап беретін уақыт таяп қалды\n• T-19-5-2026-000001: мерзімі 2026 жылғы 23 қараша, 15:00"
    )
    house.clock.goes(hours=1)
    await house.work(watch_clocks)
    await house.settle()
    assert chief.sees == "⚠️ Срок ответа прошёл\n• T-19-5-2026-000001: до 23 ноября 2026 года, 15:00"
    assert chief.labels == ["🎧 Рабочий стол", "💼 Работа"]
    house.clock.goes(hours=24)
    await house.work(watch_clocks)
    await house.work(lambda work: step(work, known_ticket(work, 1), TicketStep.CLOSE))
    before = chief.heard()
    await house.settle()
    assert chief.heard() == before


async def test_a_registered_call_is_answered_from_the_desk_though_no_chat_is_there(
    house: House,
) -> None:
    await house.opens_competition()
    operator = await works(house, Role.OPERATOR, 1)
    await operator.presses("Нам позвонили", "Вопрос", "Западно-Казахстанская область")
    await operator.says("+7 701 000 00 00\nАйгерим\nМожно ли заочнику?")
    await operator.presses("🎧 Рабочий стол")
    assert "T-27-2026-000001" in " ".join([operator.sees, *operator.labels])
    await operator.presses("T-27-2026-000001")
    assert "Айгерим, +7 701 000 00 00" in operator.sees
    assert "Можно ли заочнику?" in operator.sees
    await operator.says("Можно, перезвоню и скажу.")
    to_caller = "SELECT state FROM ticket_delivery WHERE recipient_id = (SELECT person_id FROM ticket)"
    assert await house.rows(to_caller) == [("blocked",)]
    await house.settle()
    await operator.says("/work")
    await operator.presses("Кому позвонить")
    assert "T-27-2026-000001: ответ на обращение" in operator.sees
    await operator.presses("T-27-2026-000001")
    assert "Айгерим, говорит по-русски\n+7 701 000 00 00\nОбращение T-27-2026-000001: " in operator.sees
    assert "🎫 T-27-2026-000001: Можно, перезвоню и скажу." in operator.sees


async def test_a_ticket_that_is_given_out_reaches_its_operator_and_returns_with_their_duty(house: House) -> None:
    await house.opens_competition()
    chief = await works(house, Role.SUPERVISOR, 1)
    operator = await works(house, Role.OPERATOR, 2)
    await chief.presses("Кто на смене", "Без раздачи")
    await operator.presses("Выйти на смену")
    await house.work(lambda work: open_ticket(work, known_person(work, 1001), TicketKind.QUESTION))
    await house.settle()
    assert "T-19-5-2026-000001" in operator.sees
    await operator.says("/work")
    await operator.presses("Закончить смену")
    assert await house.rows("SELECT state, holder_id FROM ticket") == [("open", None)]


async def test_where_nobody_can_answer_an_administrator_is_asked_to_invite(house: House) -> None:
    await house.opens_competition()
    boss = await works(house, Role.ADMINISTRATOR, 1, "*", name="Данияр")
    await house.work(lambda work: open_ticket(work, known_person(work, 1001), TicketKind.QUESTION))
    house.clock.now = at("2026-12-07 10:00")
    await house.work(watch_clocks)
    await house.settle()
    assert "В этом лоте некому ответить. Пожалуйста, пригласите сотрудника." in boss.sees
    await boss.presses("Приглашения", "Пригласить")
