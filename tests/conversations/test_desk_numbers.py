"""The desk: what a supervisor sees, and requests by their number."""

from __future__ import annotations

import pytest

from domain.staff import Role
from tests.call_centre import author, complains, joins, take_next
from tests.person import House, Person

NUMBER = "T-19-5-2026-000001"


async def test_a_supervisor_sees_what_waits_for_authors_and_what_is_closed(
    house: House, aigerim: Person, olga: Person
) -> None:
    chief = await joins(house, 2003, "Сәуле", Role.SUPERVISOR)
    await complains(aigerim, "бір")
    await take_next(olga)
    await olga.says("жауап")
    await chief.presses("Всё в моих лотах")
    assert "Здесь сейчас пусто" in chief.sees
    await chief.presses("Ждут автора")
    assert f"• {NUMBER} · Жалоба · ответ дан, ждём автора" in chief.sees
    await chief.presses(f"Открыть {NUMBER}")
    assert "жауап" in chief.sees
    assert "▶️ Взять следующее" not in chief.labels
    await olga.presses("Открыть", "Закрыть", "Закрыть без ответа")
    await chief.says("/desk")
    await chief.presses("Всё в моих лотах", "Закрытые")
    assert f"{NUMBER} · Жалоба · 22 ноября" in chief.sees
    await chief.presses(f"Открыть {NUMBER}")
    assert "жауап" in chief.sees
    assert await house.rows("SELECT count(*) FROM opening") == [(2,)]


async def test_a_number_shows_a_supervisor_what_is_not_to_be_taken(house: House, aigerim: Person, olga: Person) -> None:
    chief = await joins(house, 2003, "Сәуле", Role.SUPERVISOR)
    await complains(aigerim, "бір")
    await take_next(olga)
    await olga.says("жауап")
    holder = await house.rows("SELECT holder_id FROM ticket")
    await chief.says(NUMBER)
    assert "Вы видите это как старший" in chief.sees
    await chief.says("слова в чужом обращении")
    assert not any("слова в чужом" in text for text in aigerim.texts)
    await olga.presses("Открыть", "Закрыть", "Закрыть без ответа")
    await chief.says("/desk")
    await chief.says(NUMBER)
    assert "жауап" in chief.sees
    assert await house.rows("SELECT holder_id FROM ticket") == holder
    await complains(aigerim, "екі")
    await chief.says("/desk")
    await chief.says("T-19-5-2026-000002")  # nobody has it: it is taken
    assert await house.rows("SELECT state FROM ticket ORDER BY id") == [("closed",), ("taken",)]


@pytest.mark.parametrize("typed", ["Т-19-5-2026-000001", "т-19-5-2026-000001", "000001", "1"])
async def test_a_number_is_taken_however_it_is_typed(house: House, aigerim: Person, olga: Person, typed: str) -> None:
    await complains(aigerim, "бір")
    await olga.says("/desk")
    await olga.says(typed)
    assert "бір" in olga.sees
    assert await house.rows("SELECT state FROM ticket") == [("taken",)]


async def test_last_digits_must_tell_one_of_those_one_may_see(house: House, aigerim: Person, olga: Person) -> None:
    for _ in range(3):
        await complains(aigerim, "бір")
    await house.rows("UPDATE ticket SET number = 'T-79-2026-000001' WHERE id = 2 RETURNING 1")
    await house.rows("UPDATE ticket SET number = 'T-19-6-2026-000001', lot = '19-6' WHERE id = 3 RETURNING 1")
    await olga.says("/desk")
    await olga.says("1")
    assert "Этими цифрами заканчиваются номера нескольких обращений" in olga.sees
    await house.rows("UPDATE ticket SET state = 'closed' WHERE id = 2 RETURNING 1")
    await olga.says("1")
    assert NUMBER in olga.sees
    await olga.says("/desk")
    await olga.says("77")
    assert await house.rows("SELECT state FROM ticket ORDER BY id") == [("taken",), ("closed",), ("open",)]


async def test_a_number_typed_over_a_request_is_asked_about(house: House, aigerim: Person, olga: Person) -> None:
    dana = await author(house, 1002, "Дана")
    await complains(aigerim, "бірінші")
    await complains(dana, "екінші")
    await take_next(olga)
    await olga.says("Т-19-5-2026-000002")
    assert olga.sees == (
        "Пока не отправлено: T-19-5-2026-000002 – это номер обращения. Отправить его автору (Айгерім) как текст или "
        "открыть то обращение?"
    )
    assert not any("000002" in text for text in aigerim.texts)
    await olga.presses("Открыть T-19-5-2026-000002")
    assert "екінші" in olga.sees
    assert len([text for text in olga.texts if "Пока не отправлено" in text]) == 1
    await olga.says(NUMBER)
    await olga.presses("Отправить: Дана")
    assert NUMBER in dana.sees
    await olga.presses("Открыть")
    await olga.says("T-19-5-2026-000009")  # no number of ours: words
    assert "T-19-5-2026-000009" in dana.sees
