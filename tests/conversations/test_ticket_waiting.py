"""Words that no ticket has yet: registered at once if they complain, and after half an hour whatever they are."""

from __future__ import annotations

from functools import partial

import pytest

from bot.timers import in_batches, timers
from domain.staff import Role
from handlers.tickets.position import begun_by
from tests.call_centre import author, complains
from tests.person import House, Person
from tests.staff import works
from usecases.waiting_words import WAITS, register_waiting

OTHER = (('code = "19-5-demo"', 'code = "19-6-demo"'), ('lot = "19-5"', 'lot = "19-6"'), ("27 = 8 ", "47 = 8 "),
         ("79 = 20 ", "75 = 20 "))  # fmt: skip


@pytest.fixture
async def dana(house: House) -> Person:
    """While two lots take applications, and nothing tells which is hers."""
    await house.opens_competition()
    await house.opens_competition(*OTHER)
    return await author(house, 1002, "Дана")


async def half_an_hour_later(house: House, seconds: float = 1) -> None:
    """The timer asks."""
    house.clock.goes(seconds=WAITS.total_seconds() + seconds)
    await in_batches(house.program.transactions, [partial(register_waiting, begun_by=begun_by)])
    await house.settle()


async def kept(house: House) -> list[tuple[int | None, str]]:
    """What was written, opened, with its ticket."""
    rows = await house.rows(
        "SELECT m.ticket_id, v.sealed FROM ticket_version v JOIN ticket_message m ON m.id = v.message_id ORDER BY m.id"
    )
    return [(ticket, house.program.vault.open_data(sealed).get("text", "")) for ticket, sealed in rows]


async def test_a_complaint_waits_for_no_region(house: House, dana: Person) -> None:
    await complains(dana, "дөрекі сөйледі")
    assert "Тіркелді: T-0-2026-000001" in dana.sees
    assert "Бұл қай өңір туралы?" in dana.sees
    await dana.presses("Мәзір")
    assert await house.rows("SELECT kind, lot, state FROM ticket") == [("complaint", "", "open")]
    assert await kept(house) == [(1, "дөрекі сөйледі")]


async def test_the_region_said_afterwards_moves_it_to_that_call_centre(house: House, dana: Person) -> None:
    there = await works(house, Role.OPERATOR, 2001, "19-6", name="Ольга")
    elsewhere = await works(house, Role.OPERATOR, 2002, "19-5", name="Павел")
    await complains(dana, "дөрекі сөйледі")
    await dana.says("/tickets")
    await dana.presses("T-0-", "Қай өңір туралы екенін айту", "Алматы")
    assert "Алматы" in "".join(dana.alerts) + dana.sees
    assert await house.rows("SELECT lot, state FROM ticket") == [("19-6", "open")]
    assert "Қай өңір туралы екенін айту" not in dana.labels
    await elsewhere.says("/next")
    assert "ничего нет" in elsewhere.sees
    await there.says("/next")
    assert "дөрекі сөйледі" in there.sees


async def test_an_operator_of_another_lot_gives_it_back_when_the_region_is_said(house: House, dana: Person) -> None:
    elsewhere = await works(house, Role.OPERATOR, 2002, "19-5", name="Павел")
    await complains(dana, "дөрекі сөйледі")
    asked = dana.screen
    await elsewhere.says("/next")
    data = next(b["callback_data"] for row in asked.keyboard for b in row if "Алматы" in b["text"])
    await dana.presses_old(asked, data)
    assert await house.rows("SELECT lot, state, holder_id FROM ticket") == [("19-6", "open", None)]
    await dana.presses_old(asked, data)
    assert await house.rows("SELECT count(*) FROM ticket_event WHERE what = 'passed'") == [(1,)]


async def test_a_question_left_at_the_common_answers_is_registered_in_time(house: House, aigerim: Person) -> None:
    await aigerim.presses("Сұрақ не шағым", "Сұрақ")
    await aigerim.says("қандай құжаттар керек")
    await aigerim.presses("Мәзір")
    await half_an_hour_later(house, -2)
    assert await kept(house) == [(None, "қандай құжаттар керек")]
    await half_an_hour_later(house)
    assert await kept(house) == [(1, "қандай құжаттар керек")]
    assert "Тіркелді: T-19-5-2026-000001" in aigerim.sees
    assert await house.rows("SELECT kind, lot FROM ticket") == [("question", "19-5")]
    await half_an_hour_later(house)
    assert len(await house.rows("SELECT id FROM ticket")) == 1


async def test_what_was_chosen_is_kept_and_later_words_follow(house: House, aigerim: Person) -> None:
    await aigerim.presses("Сұрақ не шағым", "Бот дұрыс")
    await aigerim.says("қандай құжаттар керек")
    assert "Адамнан сұрау" in aigerim.labels
    await half_an_hour_later(house)
    assert await house.rows("SELECT kind FROM ticket") == [("technical",)]
    await aigerim.says("тағы бір сөз")
    assert await kept(house) == [(1, "қандай құжаттар керек"), (1, "тағы бір сөз")]


async def test_words_whose_place_nobody_told_open_one_ticket(house: House, aigerim: Person, olga: Person) -> None:
    await complains(aigerim, "бір")
    await aigerim.says("/tickets", "екі", "үш")
    await olga.says("/desk", "өз сөзім")  # an operator's words are no complaint
    await half_an_hour_later(house)
    assert await kept(house) == [(1, "бір"), (2, "екі"), (2, "үш")]
    assert "T-19-5-2026-000002" in aigerim.sees


async def test_words_typed_while_the_timer_opened_theirs_are_not_lost(house: House, aigerim: Person) -> None:
    await aigerim.says("/tickets", "бір")
    await house.rows("UPDATE person SET place = 'menu' WHERE telegram_id = 1001 RETURNING id")
    await half_an_hour_later(house)
    await house.rows("UPDATE person SET place = 'tickets' WHERE telegram_id = 1001 RETURNING id")
    await aigerim.says("екі")
    await aigerim.presses("T-19-5")
    assert await kept(house) == [(1, "бір"), (1, "екі")]


async def test_the_list_leads_back_to_what_waits(house: House, aigerim: Person) -> None:
    await complains(aigerim, "бір")
    await aigerim.says("/tickets", "екі")
    await aigerim.says("/tickets")
    await aigerim.presses("Жазғанымды жалғастыру", "T-19-5")
    assert await kept(house) == [(1, "бір"), (1, "екі")]
    await aigerim.says("/tickets")
    assert "Жазғанымды жалғастыру" not in aigerim.labels


async def test_every_ticket_is_listed_and_offered_on_some_page(house: House, aigerim: Person) -> None:
    for number in range(13):
        await complains(aigerim, f"шағым {number}")
    await aigerim.says("/tickets")
    listed = [label for label in aigerim.labels if label.startswith("T-")]
    await aigerim.presses("▶️")
    listed += [label for label in aigerim.labels if label.startswith("T-")]
    assert len(set(listed)) == 13
    await aigerim.says("қайсысына?")
    offered = [label for label in aigerim.labels if label.startswith("T-")]
    for _page in range(2):
        await aigerim.presses("▶️")
        offered += [label for label in aigerim.labels if label.startswith("T-")]
    assert len(set(offered)) == 13
    await aigerim.presses("T-19-5-2026-000001")
    assert (1, "қайсысына?") in await kept(house)


async def test_a_timer_does_so(house: House) -> None:
    assert timers(house.program.transactions).get_job("register_waiting")


HERE = "Бұл – боттың сұрағына жауабым"


async def asked_in_the_check(aigerim: Person, olga: Person, *words: str) -> None:
    """An operator has answered while she is at the check's first question; then she types this."""
    await complains(aigerim, "бір")
    await olga.says("/next")
    await aigerim.says("/check")
    await olga.says("Қай өңірденсіз?")
    await aigerim.says(*words)
    assert "неге қатысты" in aigerim.sees


async def test_a_button_of_deleted_words_never_meets_later_ones(house: House, aigerim: Person, olga: Person) -> None:
    await asked_in_the_check(aigerim, olga, "Шымкент")
    asked = aigerim.screen
    into_ticket = next(b["callback_data"] for row in asked.keyboard for b in row if "T-19-5" in b["text"])
    await aigerim.presses(HERE)
    await olga.says("Әлі күтіп отырмын")
    await aigerim.says("бұл басқа сөз")
    assert (None, "бұл басқа сөз") in await kept(house)
    await aigerim.presses_old(asked, into_ticket)
    assert (None, "бұл басқа сөз") in await kept(house)


async def test_what_was_meant_for_the_form_and_is_no_answer_there_opens_no_ticket(
    house: House, aigerim: Person, olga: Person
) -> None:
    await asked_in_the_check(aigerim, olga, "мұндай өңір жоқ")
    asked = aigerim.screen
    here = next(b["callback_data"] for row in asked.keyboard for b in row if b["text"] == HERE)
    await aigerim.presses(HERE)
    told = aigerim.heard()
    assert await kept(house) == [(1, "бір"), (1, "Қай өңірденсіз?")]
    assert "мұндай өңір жоқ" not in aigerim.sees
    await aigerim.says("Шымкент")
    assert "азаматы" in aigerim.sees
    assert aigerim.heard() > told
    await half_an_hour_later(house)
    assert await house.rows("SELECT count(*) FROM ticket") == [(1,)]
    await aigerim.presses_old(asked, here)
    assert await house.rows("SELECT count(*) FROM ticket_message") == [(2,)]


async def test_what_the_timer_opened_names_its_author_to_the_operator(
    house: House, aigerim: Person, olga: Person
) -> None:
    await aigerim.presses("Сұрақ не шағым", "Сұрақ")
    await aigerim.says("қандай құжаттар керек")
    await half_an_hour_later(house)
    await olga.says("/next")
    assert "👤 Айгерім, пишет по-казахски" in olga.sees
