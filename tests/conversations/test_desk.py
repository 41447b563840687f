"""The operator's desk: an author writes Kazakh, the operator's screens are Russian, nothing goes to anybody else."""

from __future__ import annotations

from domain.staff import Role
from domain.ticket import TicketKind
from tests.call_centre import author, complains, joins, take_next
from tests.person import House, Person
from usecases.handle_ticket import take
from usecases.meet_person import known_person
from usecases.open_ticket import open_ticket
from usecases.staff import remove
from usecases.work import Work

NUMBER = "T-19-5-2026-000001"


async def test_a_complaint_in_kazakh_is_answered_by_an_operator_working_in_russian(
    house: House, aigerim: Person, olga: Person
) -> None:
    await complains(aigerim, "Маған дөрекі сөйледі")
    await take_next(olga)
    assert "Жалоба" in olga.sees
    assert "Айгерім" in olga.sees
    assert "пишет по-казахски" in olga.sees
    assert "Маған дөрекі сөйледі" in olga.sees
    await olga.says("Кешіріңіз, тексереміз")
    assert f"💬 {NUMBER}, колл-орталық:\n\nКешіріңіз, тексереміз" == aigerim.sees
    assert "→ Айгерім" in olga.sees
    assert await house.rows("SELECT DISTINCT state FROM ticket_delivery") == [("delivered",)]
    await aigerim.says("Рақмет, күтемін")
    assert "Рақмет, күтемін" in olga.sees
    assert await house.rows("SELECT state FROM ticket") == [("taken",)]
    await olga.presses("Открыть")
    assert "✓ доставлено" in olga.sees
    await olga.presses("Закрыть")
    await olga.says("Оператормен сөйлестік, кешірім сұрайды")
    assert "кешірім сұрайды" in aigerim.texts[-2]
    assert "шешіліп, жабылды" in aigerim.sees
    await aigerim.presses("5 ⭐")
    assert await house.rows("SELECT state, rating FROM ticket") == [("closed", 5)]
    await aigerim.says("Рақмет, тез шештіңіздер <3")
    await olga.says("/desk")
    await olga.says(NUMBER)
    assert "⭐ Оценка: 5 из 5\nРақмет, тез шештіңіздер <3" in olga.sees


async def test_two_operators_never_hold_one(house: House, aigerim: Person, olga: Person) -> None:
    other = await joins(house, 2002, "Павел")
    await complains(aigerim, "бір")
    await other.says("/desk")
    await olga.says("/desk")
    await olga.presses("▶️ Взять следующее")
    await other.presses("▶️ Взять следующее")
    assert "ничего нет" in "".join(other.alerts) + other.sees
    await other.says(NUMBER)
    assert "уже взял коллега" in other.sees


async def test_words_typed_before_the_header_was_shown_are_not_sent(
    house: House, aigerim: Person, olga: Person
) -> None:
    dana = await author(house, 1002, "Дана")
    await complains(aigerim, "бірінші")
    await complains(dana, "екінші")
    await take_next(olga)
    first = olga.screen
    typed = olga.account.says("это для Айгерім")  # on its way while the next ticket is laid on the desk
    await olga.presses("▶️ Взять следующее")
    await house.deliver(typed)
    assert "Пока не отправлено" in olga.sees
    assert "Дана" in olga.sees
    assert not any("это для Айгерім" in text for text in dana.texts + aigerim.texts)
    await olga.presses("Не отправлять")
    await olga.sends(olga.account.says("теперь точно", reply_to=first.id))
    assert "теперь точно" in aigerim.sees
    assert not any("теперь точно" in text for text in dana.texts)


async def test_an_authors_words_are_shown_only_while_their_ticket_lies_on_the_desk(
    house: House, aigerim: Person, olga: Person
) -> None:
    dana = await author(house, 1002, "Дана")
    await complains(aigerim, "бірінші")
    await complains(dana, "екінші")
    await take_next(olga)
    await take_next(olga)
    await aigerim.says("құпия толықтыру")
    assert "автор Айгерім" in olga.sees
    assert "құпия" not in olga.sees
    await olga.presses("Открыть T-19-5-2026-000001")
    assert "құпия толықтыру" in olga.sees


async def test_own_answers_can_be_corrected(house: House, aigerim: Person, olga: Person) -> None:
    await complains(aigerim, "бір")
    await take_next(olga)
    await olga.says("жауап қате")
    shown = aigerim.screen
    mine = next(message for message in olga.chat.messages if message.text == "жауап қате")
    await olga.sends(olga.account.edits(mine.id, "жауап дұрыс"))
    assert shown.text.endswith("жауап дұрыс")
    assert len([text for text in aigerim.texts if "жауап" in text and "💬" in text]) == 1


async def test_voice_and_files_go_both_ways(house: House, aigerim: Person, olga: Person) -> None:
    await complains(aigerim, "бір")
    await take_next(olga)
    await aigerim.sends(aigerim.account.sends_voice())
    assert "voice" in olga.screen.data
    await olga.sends_document("жауап.pdf", b"%PDF")
    assert "document" in aigerim.screen.data
    await aigerim.sends(aigerim.account.sends_video_note())
    assert "video_note" in olga.screen.data
    await olga.presses("Открыть")
    await olga.presses("Файлы")
    assert sum("voice" in message.data for message in olga.chat.messages if message.from_bot) == 2


async def test_notes_are_never_the_authors(house: House, aigerim: Person, olga: Person) -> None:
    await complains(aigerim, "бір")
    await take_next(olga)
    await olga.presses("Заметка")
    await olga.says("проверить запись звонка")
    assert "📝 Ольга" in olga.sees
    await aigerim.says("/tickets")
    await aigerim.presses("T-")
    assert "проверить" not in "".join(aigerim.texts)


async def test_passing_on_to_a_supervisor_with_a_note(house: House, aigerim: Person, olga: Person) -> None:
    chief = await joins(house, 2003, "Сәуле", Role.SUPERVISOR, "kk")
    await complains(aigerim, "бір")
    await take_next(olga)
    await olga.presses("Передать", "Старшие операторы")
    await olga.says("прошу посмотреть")
    assert "берді" in aigerim.sees
    await olga.says(NUMBER)
    assert "Роль" in olga.sees or "не позволяет" in olga.sees
    await chief.says("/desk")
    await chief.presses("▶️ Келесісін алу")
    assert "прошу посмотреть" in chief.sees
    assert "Шағым" in chief.sees


async def test_passing_on_to_a_colleague(house: House, aigerim: Person, olga: Person) -> None:
    other = await joins(house, 2002, "Павел")
    await complains(aigerim, "бір")
    await take_next(olga)
    await olga.presses("Передать", "👤 Павел", "Без заметки")
    assert "теперь у вас" in other.sees
    await other.presses("Открыть")
    assert "бір" in other.sees
    await olga.says(NUMBER)
    assert "уже взял коллега" in olga.sees


async def test_nobody_handles_a_ticket_of_their_own(house: House, aigerim: Person) -> None:
    person = await joins(house, 1001, "Айгерім", language="kk")
    await complains(person, "өз шағымым")
    await person.says("/next")
    assert "ештеңе жоқ" in person.sees
    await person.says("/desk")
    await person.says(NUMBER)
    assert "өз сұрауыңыз" in person.sees


async def test_a_complaint_about_an_answer_is_for_somebody_else(house: House, aigerim: Person, olga: Person) -> None:
    await complains(aigerim, "бір")
    await take_next(olga)
    await olga.says("жоқ")
    await olga.presses("Открыть", "Закрыть", "Закрыть без ответа")
    await aigerim.presses("Жауапқа шағымдану", "Шағым")
    await aigerim.says("дұрыс жауап бермеді")
    await olga.says("/next")
    assert "ничего нет" in olga.sees
    other = await joins(house, 2002, "Павел")
    await take_next(other)
    assert "дұрыс жауап бермеді" in other.sees


async def test_a_blocked_author_is_told_to_the_operator(house: House, aigerim: Person, olga: Person) -> None:
    await complains(aigerim, "бір")
    await take_next(olga)
    aigerim.chat.bot_status = "kicked"
    await olga.says("жауап")
    assert "не дошёл" in olga.sees
    await olga.presses("Открыть")
    assert "бот заблокирован" in olga.sees


async def test_an_author_busy_with_the_form_is_asked_whom_they_answer(
    house: House, aigerim: Person, olga: Person
) -> None:
    await complains(aigerim, "бір")
    await take_next(olga)
    await aigerim.says("/check")
    await olga.says("Қай өңірденсіз?")
    await aigerim.says("Шымкент")
    assert "неге қатысты" in aigerim.sees
    await aigerim.presses("Бұл – боттың сұрағына жауабым")
    assert "азаматы" in aigerim.sees
    await olga.says("Әлі күтіп отырмын")
    await aigerim.says("Шымкенттенмін")
    await aigerim.presses("T-19-5")
    assert "Шымкенттенмін" in olga.sees


async def test_a_supervisor_sees_everything_and_reassigns(house: House, aigerim: Person, olga: Person) -> None:
    chief = await joins(house, 2003, "Сәуле", Role.SUPERVISOR)
    await joins(house, 2002, "Павел")
    await complains(aigerim, "бір")
    await take_next(olga)
    await chief.says("/desk")
    await chief.presses("Всё в моих лотах", "Открыть T-")
    assert "бір" in chief.sees
    assert await house.rows("SELECT what, subject FROM opening") == [("ticket", NUMBER)]
    await chief.presses("Передать", "👤 Павел", "Без заметки")
    assert await house.rows("SELECT holder_id FROM ticket") == await house.rows(
        "SELECT person_id FROM staff_member WHERE name = 'Павел'"
    )


async def test_who_left_the_office_has_no_desk(house: House, aigerim: Person, olga: Person) -> None:
    await complains(aigerim, "бір")
    await take_next(olga)
    old = olga.screen
    await house.work(lambda work: remove(work, None, 1))
    await olga.says("всё ещё отвечаю")
    assert not any("всё ещё" in text for text in aigerim.texts)
    await olga.presses_old(old, "dc:1")
    assert await house.rows("SELECT state FROM ticket") == [("open",)]


async def test_the_queue_is_narrowed_by_kind(house: House, aigerim: Person, olga: Person) -> None:
    await complains(aigerim, "бір")
    await olga.says("/desk")
    await olga.presses("Очередь")
    assert NUMBER in olga.sees
    await olga.presses("Вопрос")
    assert "Здесь сейчас пусто" in olga.sees
    await olga.presses("✓ Вопрос", f"Взять {NUMBER}")
    assert "бір" in olga.sees


async def test_the_longest_message_arrives_whole_both_ways(house: House, aigerim: Person, olga: Person) -> None:
    long = "".join(f"{n:05} & " for n in range(512))[:4096].strip()
    await complains(aigerim, "бір")
    await take_next(olga)
    await aigerim.says(long)
    await olga.says(long)
    for person in (olga, aigerim):
        assert long in "".join(person.texts[-3:]).replace("\n", "")
    await olga.presses("Открыть")
    await olga.presses("Раньше")
    pages = olga.texts[-2:]
    assert "00000 &" in pages[1] or "00000 &" in pages[0]
    captioned = olga.account.sends_document("жауап.pdf", b"%PDF", caption="я" * 1000)
    await olga.sends(captioned)
    assert "я" * 1000 in aigerim.sees


async def test_the_queue_says_why_a_request_is_not_for_them(house: House, aigerim: Person) -> None:
    chief = await joins(house, 2003, "Сәуле", Role.SUPERVISOR)
    await complains(aigerim, "бір")
    await house.rows("INSERT INTO ticket_barred (ticket_id, person_id) SELECT 1, max(id) FROM person RETURNING 1")
    await chief.says("/desk")
    await chief.presses("Очередь")
    assert chief.sees == (
        "Очередь\nЗдесь сейчас пусто.\n\n"
        "Не для вас: это о вашем решении или ответе, поэтому займётся коллега.\n"
        f"• {NUMBER} · Жалоба · 23 ноября, 18:00"
    )
    assert f"Взять {NUMBER}" not in chief.labels


async def test_who_holds_a_request_hears_that_its_author_has_closed_it(
    house: House, aigerim: Person, olga: Person
) -> None:
    await complains(aigerim, "бір")
    await take_next(olga)
    await aigerim.says("/tickets")
    await aigerim.presses("T-19-5", "Мәселе шешілді, жабу")
    assert olga.sees == f"✅ {NUMBER} · Жалоба: автор закрыл обращение. Больше ничего делать не нужно."
    await olga.presses("Открыть")
    assert "Обращение закрыто" in olga.sees


async def test_everything_one_holds_can_be_reached(house: House, aigerim: Person, olga: Person) -> None:
    def take_many(work: Work) -> None:
        for _ in range(25):
            opened = open_ticket(work, known_person(work, 1001), TicketKind.QUESTION)
            assert opened
            take(work, known_person(work, 2001), opened.id)

    await house.work(take_many)
    await olga.says("/desk")
    assert "У меня: 25" in olga.sees
    seen = [label for label in olga.labels if NUMBER[:-6] in label]
    for _page in range(2):
        await olga.presses("▶️")
        seen += [label for label in olga.labels if NUMBER[:-6] in label]
    assert len(set(seen)) == 25
    assert "▶️" not in olga.labels
    await olga.presses("◀️", "T-19-5-2026-000011")
    assert "T-19-5-2026-000011" in olga.sees


async def test_take_next_pressed_twice_takes_one(house: House, aigerim: Person, olga: Person) -> None:
    await complains(aigerim, "бір")
    await complains(aigerim, "екі")
    await olga.says("/desk")
    overview = olga.screen
    [button] = [b for row in overview.keyboard for b in row if b["text"] == "▶️ Взять следующее"]
    updates = [olga.account.presses(overview.id, button["callback_data"], stale=True) for _press in range(2)]
    await house.deliver(*updates)
    assert await house.rows("SELECT state FROM ticket ORDER BY id") == [("taken",), ("open",)]
    assert NUMBER in olga.sees
    await olga.presses("▶️ Взять следующее")
    assert await house.rows("SELECT state FROM ticket ORDER BY id") == [("taken",), ("taken",)]


async def test_what_an_operator_means_for_the_desk_goes_there_each_time(
    house: House, aigerim: Person, olga: Person
) -> None:
    other = await joins(house, 2002, "Павел")
    await olga.says("/ask")
    await olga.presses("Жалоба")
    await olga.says("моя жалоба")
    await complains(aigerim, "бір")
    await take_next(other)
    await take_next(olga)
    for said in ("первый ответ", "второй ответ", "третий ответ"):
        await other.says("ваша жалоба рассматривается")
        await olga.says(said)
        await olga.presses("Это ответ на вопрос бота")
        assert said in aigerim.sees
    rows = await house.rows("SELECT chat_message_id FROM ticket_message WHERE side = 'operator'")
    assert all(number > 0 for (number,) in rows)


async def test_an_author_sees_what_became_of_their_request_and_no_names(
    house: House, aigerim: Person, olga: Person
) -> None:
    await joins(house, 2002, "Павел")
    await complains(aigerim, "бір")
    await aigerim.says("/tickets")
    await aigerim.presses("T-")
    assert "Сұраудың барысы" not in aigerim.sees  # nothing yet
    await take_next(olga)
    house.clock.goes(hours=1)
    await olga.says("тексереміз", "тағы тексереміз")
    await olga.presses("Открыть", "Передать", "👤 Павел", "Без заметки")
    await aigerim.says("/tickets")
    await aigerim.presses("T-", "Мәселе шешілді", "Шешілмеді, қайта ашу")
    lines = [line for line in aigerim.sees.split("\n") if line.startswith("•")]
    assert lines == [
        "• 22 қараша, 12:00: оператор өзіне алды",
        "• 22 қараша, 13:00: жауап берілді",
        "• 22 қараша, 13:00: мәселені шеше алатын әріптеске берілді",
        "• 22 қараша, 13:00: жабылды",
        "• 22 қараша, 13:00: қайта ашылды",
    ]
    assert not any(name in "".join(aigerim.texts) for name in ("Ольга", "Павел"))


async def test_a_request_is_passed_on_only_where_somebody_is(house: House, aigerim: Person, olga: Person) -> None:
    roles = {"Операторы", "Старшие операторы", "Координаторы", "Бухгалтеры", "Менторы"}
    await complains(aigerim, "бір")
    await take_next(olga)
    await olga.presses("Передать")
    assert roles & set(olga.labels) == {"Операторы"}
    await joins(house, 2004, "Мария", Role.MENTOR)
    await olga.presses("Назад", "Передать")
    assert roles & set(olga.labels) == {"Операторы", "Менторы"}
    await olga.presses("Менторы")
    await house.rows("UPDATE staff_member SET left_at = joined_at WHERE name = 'Мария' RETURNING id")
    await olga.presses("Без заметки")
    assert await house.rows("SELECT queue, state FROM ticket") == [("operator", "taken")]
