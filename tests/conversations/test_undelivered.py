"""An answer that does not arrive: the operator is told why, and what is owed again is owed."""

from __future__ import annotations

from domain.staff import Role
from sandbox.faults import Fault, FaultKind
from tests.call_centre import complains, joins, take_next
from tests.person import House, Person

NUMBER = "T-19-5-2026-000001"


def refuse(house: House, person: Person) -> None:
    """Telegram does not take the next message to this person."""
    words = "Bad Request: message text is strange"
    refused = Fault(FaultKind.SERVER_ERROR, "sendMessage", person.account.id, code=400, description=words)
    house.telegram.faults.add(refused)


async def test_the_only_answer_is_owed_again_by_its_holder(house: House, aigerim: Person, olga: Person) -> None:
    await complains(aigerim, "бір")
    await take_next(olga)
    [before] = await house.rows("SELECT due_by FROM ticket")
    refuse(house, aigerim)
    house.clock.goes(hours=1)
    await olga.says("жауап")
    assert olga.sees == (
        f"⛔ {NUMBER} · Жалоба: ваш ответ не дошёл: Telegram не смог его доставить. Пожалуйста, отправьте ещё раз."
    )
    [(state, holder, due, answered, paused)] = await house.rows(
        "SELECT state, holder_id, due_by, answered_at, paused_at FROM ticket"
    )
    assert (state, due, answered, paused) == ("taken", before[0], None, None)
    assert holder is not None
    await olga.presses("Открыть")
    assert "⛔ не доставлено" in olga.sees
    await olga.says("тағы бір рет")
    assert "тағы бір рет" in aigerim.sees
    assert await house.rows("SELECT state, due_by FROM ticket") == [("waiting", None)]


async def test_what_an_earlier_answer_settled_is_not_owed(house: House, aigerim: Person, olga: Person) -> None:
    await complains(aigerim, "бір")
    await take_next(olga)
    await olga.says("жауап")
    refuse(house, aigerim)
    house.clock.goes(minutes=1)
    await olga.says("тағы")
    assert "не смог его доставить" in olga.sees
    assert await house.rows("SELECT state, due_by FROM ticket") == [("waiting", None)]
    house.clock.goes(minutes=1)
    await aigerim.says("рақмет, бірақ…")
    refuse(house, aigerim)
    house.clock.goes(minutes=1)
    await olga.says("түсіндім")
    [(state, due, answered)] = await house.rows("SELECT state, due_by, answered_at FROM ticket")
    assert state == "taken"
    assert due is not None
    assert answered is not None  # the first answer has arrived


async def test_in_nobodys_hands_it_goes_back_into_the_queue(house: House, aigerim: Person, olga: Person) -> None:
    other = await joins(house, 2002, "Павел")
    await complains(aigerim, "бір")
    await take_next(olga)
    house.telegram.faults.add(Fault(FaultKind.TOO_MANY, "sendMessage", aigerim.account.id, retry_after=40))
    await olga.says("жауап")
    await house.rows("UPDATE ticket SET holder_id = NULL RETURNING 1")
    refuse(house, aigerim)
    house.clock.goes(seconds=60)
    await house.settle()
    assert await house.rows("SELECT state FROM ticket") == [("open",)]
    await take_next(other)
    assert "⛔ не доставлено" in other.sees


async def test_closing_words_that_did_not_arrive_are_told(house: House, aigerim: Person, olga: Person) -> None:
    await complains(aigerim, "бір")
    await take_next(olga)
    await olga.presses("Закрыть")
    refuse(house, aigerim)
    await olga.says("шешілді")
    assert olga.sees == (
        f"⛔ {NUMBER} · Жалоба: обращение закрыто, но ваши слова не дошли: Telegram не смог их доставить. "
        "Пожалуйста, позвоните."
    )
    await complains(aigerim, "екі")
    await take_next(olga)
    await olga.presses("Закрыть")
    aigerim.chat.bot_status = "kicked"
    await olga.says("шешілді")
    assert "обращение закрыто, но ваши слова не дошли: автор заблокировал бота" in olga.sees
    assert await house.rows("SELECT state FROM ticket") == [("closed",), ("closed",)]


async def test_who_blocked_the_bot_is_not_owed_what_cannot_arrive(house: House, aigerim: Person, olga: Person) -> None:
    await joins(house, 2003, "Сәуле", Role.SUPERVISOR)
    await complains(aigerim, "бір")
    await take_next(olga)
    aigerim.chat.bot_status = "kicked"
    await olga.says("жауап")
    assert "автор заблокировал бота" in olga.sees
    assert await house.rows("SELECT state, due_by FROM ticket") == [("waiting", None)]
