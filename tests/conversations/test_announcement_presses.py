"""What a button of an announcement says it means, however often it is pressed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from domain.staff import Role
from tests.person import House, Person, stored_json
from tests.staff import works


@pytest.fixture
async def chief(house: House) -> Person:
    await house.opens_competition()
    one = await works(house, Role.ADMINISTRATOR, 1, "*")
    await one.presses("📣 Объявления")
    return one


async def presses_twice(person: Person, *labels: str) -> None:
    """Each button twice: the second time under the message as it was before the first."""
    for label in labels:
        shown, data = person.screen, person.account.button(person.screen, _whole(person, label))["callback_data"]
        await person.presses_old(shown, data)
        await person.presses_old(shown, data)


def _whole(person: Person, label: str) -> str:
    [found] = [one for one in person.labels if label in one]
    return found


async def stored(house: House, *columns: str) -> list[Sequence[Any]]:
    return await house.rows(f"SELECT {', '.join(columns)} FROM announcement ORDER BY id")


async def test_a_new_one_is_begun_once_and_so_is_one_like_it(house: House, chief: Person) -> None:
    await presses_twice(chief, "➕ Новое объявление")
    assert [row[0] for row in await stored(house, "id")] == [1]
    await chief.presses("По-русски")
    await chief.says("Приём открыт.")
    await chief.presses("📣 Все объявления", "➕ Новое объявление")
    assert [row[0] for row in await stored(house, "id")] == [1, 2], "the first is nobody's empty draft any more"
    await chief.presses("📣 Все объявления", "№1", "🌐 Языки", "🌐 Языки", "🚀 Отправить", "🚀 Отправить сейчас")
    await chief.presses("Открыть №1")
    await presses_twice(chief, "📝 Новое такое же")
    assert [row[0] for row in await stored(house, "id")] == [1, 2, 3]


async def test_languages_and_buttons_stay_as_chosen(house: House, chief: Person) -> None:
    await chief.presses("➕ Новое объявление")
    await presses_twice(chief, "🌐 Языки")
    await chief.presses("Кнопки под ним")
    await presses_twice(chief, "Подать заявку", "Задать вопрос", "Подать заявку")
    [(content,)] = await stored(house, "content")
    assert {key: stored_json(content)[key] for key in ("only", "apply", "ask")} == {
        "only": "kk",
        "apply": False,
        "ask": True,
    }


async def test_a_condition_stays_as_ticked_and_one_line_goes_at_a_time(house: House, chief: Person) -> None:
    await chief.presses("➕ Новое объявление", "👥 Кому уйдёт", "➕ Добавить людей", "Роль")
    await presses_twice(chief, "менторы", "администраторы", "менторы")
    await chief.presses("Готово", "Готово", "➕ Добавить людей", "Язык")
    await presses_twice(chief, "по-русски")
    [(audience,)] = await stored(house, "audience")
    by_role, by_language = [["role", "administrator"]], [["language", "ru"]]
    assert stored_json(audience)["include"] == [by_role, by_language]
    await chief.presses("Готово", "Готово", "➕ роль")
    await presses_twice(chief, "🗑 Убрать эту строку")
    [(audience,)] = await stored(house, "audience")
    assert stored_json(audience)["include"] == [by_language]
