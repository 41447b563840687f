"""The desk: what a supervisor sees, and requests by their number."""

from __future__ import annotations

from domain.staff import Role
from tests.call_centre import complains, joins
from tests.person import House, Person

NUMBER = "T-19-5-2026-000001"


async def take_next(person: Person) -> None:
    await person.says("/desk")
    await person.presses("▶️ Взять следующее")


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
    assert f"• {NUMBER} · Жалоба · отвечено, ждём автора" in chief.sees
    await chief.presses(f"Открыть {NUMBER}")
    assert "жауап" in chief.sees
    assert "▶️ Взять следующее" not in chief.labels
    await olga.presses("Открыть", "Закрыть", "Закрыть без слов")
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
    await olga.presses("Открыть", "Закрыть", "Закрыть без слов")
    await chief.says("/desk")
    await chief.says(NUMBER)
    assert "жауап" in chief.sees
    assert await house.rows("SELECT holder_id FROM ticket") == holder
    await complains(aigerim, "екі")
    await chief.says("/desk")
    await chief.says("T-19-5-2026-000002")  # nobody has it: it is taken
    assert await house.rows("SELECT state FROM ticket ORDER BY id") == [("closed",), ("taken",)]
