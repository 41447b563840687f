"""The author's side of the call centre: nothing they write is lost, and it always belongs to a ticket they can see."""

from __future__ import annotations

from db import tickets
from sandbox.speaking import Upload
from tests.person import House, Person


async def complains(person: Person, text: str = "Оператор дөрекі сөйледі") -> None:
    await person.presses("Сұрақ не шағым", "Шағым")
    await person.says(text)


async def said(house: House) -> list[str]:
    """The newest words of every message, opened, in order."""
    rows = await house.rows(
        "SELECT v.sealed FROM ticket_version v JOIN ticket_message m ON m.id = v.message_id "
        "WHERE m.ticket_id IS NOT NULL ORDER BY v.message_id, v.number"
    )
    return [house.program.vault.open_data(sealed).get("text", "") for (sealed,) in rows]


async def test_a_complaint_is_registered_with_its_first_words(house: House, aigerim: Person) -> None:
    await complains(aigerim)
    assert "✅ Тіркелді: <b>T-19-5" not in aigerim.sees
    assert "Тіркелді: T-" in aigerim.sees
    assert "Шағым" in aigerim.sees
    assert "Колл-орталық қазір жұмыс істемейді" in aigerim.sees  # NOW is a Sunday
    assert await said(house) == ["Оператор дөрекі сөйледі"]
    assert await house.rows("SELECT kind, state, queue, language FROM ticket") == [
        ("complaint", "open", "operator", "kk")
    ]


async def test_words_are_sealed(house: House, aigerim: Person) -> None:
    await complains(aigerim, "құпия сөз")
    [(sealed,)] = await house.rows("SELECT sealed FROM ticket_version")
    assert "құпия".encode() not in sealed


async def test_an_appeal_goes_to_the_supervisors(house: House, aigerim: Person) -> None:
    await aigerim.presses("Сұрақ не шағым", "Шешіммен келіспеу")
    await aigerim.says("Келіспеймін")
    assert await house.rows("SELECT kind, queue FROM ticket") == [("appeal", "supervisor")]


async def test_a_question_is_first_compared_with_the_common_ones(house: House, aigerim: Person) -> None:
    await aigerim.presses("Сұрақ не шағым", "Сұрақ")
    await aigerim.says("қандай құжаттар керек")
    assert "Қандай құжаттар керек және не үшін?" in aigerim.labels
    await aigerim.presses("Қандай құжаттар керек және не үшін?", "Рақмет, көмектесті")
    assert await house.rows("SELECT id FROM ticket UNION SELECT id FROM ticket_message") == []


async def test_what_did_not_help_goes_to_a_person_without_writing_it_again(house: House, aigerim: Person) -> None:
    await aigerim.presses("Сұрақ не шағым", "Сұрақ")
    await aigerim.says("қандай құжаттар керек")
    await aigerim.says("және қашан")
    await aigerim.presses("Адамнан сұрау")
    assert await said(house) == ["қандай құжаттар керек", "және қашан"]
    assert len(await house.rows("SELECT id FROM ticket")) == 1


async def test_voice_photo_file_and_album_open_and_join(house: House, aigerim: Person) -> None:
    await aigerim.presses("Сұрақ не шағым", "Бот дұрыс")
    await aigerim.sends_album([Upload("a.jpg", b"1", "photo"), Upload("b.jpg", b"2", "photo")])
    await aigerim.sends(aigerim.account.sends_voice())
    await aigerim.sends(aigerim.account.sends_video_note())
    await aigerim.sends_document("скрин.pdf", b"%PDF")
    await aigerim.sends_contact()
    kinds = await house.rows(
        "SELECT v.media FROM ticket_version v JOIN ticket_message m ON m.id = v.message_id "
        "WHERE m.ticket_id = 1 ORDER BY v.message_id"
    )
    assert [kind for (kind,) in kinds] == ["photo", "photo", "voice", "video_note", "document", "text"]


async def test_later_words_and_changes_are_kept_beside_the_first(house: House, aigerim: Person) -> None:
    await complains(aigerim, "бірінші")
    await aigerim.says("екінші")
    assert "қосылды" in aigerim.sees
    first = next(message for message in aigerim.chat.messages if message.text == "бірінші")
    await aigerim.sends(aigerim.account.edits(first.id, "бірінші, түзетілген"))
    assert "алғашқы жазғаныңыз да сақтаулы" in aigerim.sees
    assert await said(house) == ["бірінші", "бірінші, түзетілген", "екінші"]


async def test_a_redelivered_message_is_there_once(house: House, aigerim: Person) -> None:
    await complains(aigerim)
    update = aigerim.account.says("тағы")
    await house.deliver(update, update, update)
    assert await said(house) == ["Оператор дөрекі сөйледі", "тағы"]


async def test_with_several_open_it_is_asked_which(house: House, aigerim: Person) -> None:
    await complains(aigerim, "бір")
    await aigerim.says("/menu")
    await complains(aigerim, "екі")
    await aigerim.says("/tickets")
    assert len([label for label in aigerim.labels if label.startswith("T-")]) == 2
    await aigerim.says("қайсысына?")
    assert "қайсысына?" in aigerim.sees
    first = next(label for label in aigerim.labels if "000001" in label)
    await aigerim.presses(first)
    rows = await house.rows("SELECT ticket_id, COUNT(*) FROM ticket_message GROUP BY ticket_id ORDER BY ticket_id")
    assert rows == [(1, 2), (2, 1)]


async def test_a_reply_to_a_card_belongs_to_its_ticket_wherever_the_author_is(house: House, aigerim: Person) -> None:
    await complains(aigerim, "бір")
    card = aigerim.screen.id
    await aigerim.says("/check")
    await aigerim.sends(aigerim.account.says("карточкаға жауап", reply_to=card))
    assert await said(house) == ["бір", "карточкаға жауап"]
    assert await house.rows("SELECT place FROM person") == [("eligibility",)]


async def test_closing_rating_and_opening_again(house: House, aigerim: Person) -> None:
    await complains(aigerim)
    await aigerim.says("/tickets")
    await aigerim.presses("T-", "Мәселе шешілді")
    assert "Рақмет!" in aigerim.sees
    await aigerim.presses("4 ⭐")
    assert "⭐⭐⭐⭐" in aigerim.sees
    await aigerim.says("жақсы болды")
    assert await house.rows("SELECT rating, state FROM ticket") == [(4, "closed")]
    await aigerim.presses("Шешілмеді, қайта ашу")
    assert await house.rows("SELECT state, reopened FROM ticket") == [("open", 1)]
    assert "⭐" not in "".join(aigerim.labels)


async def test_words_after_closing_are_asked_about(house: House, aigerim: Person) -> None:
    await complains(aigerim)
    await aigerim.says("/tickets")
    await aigerim.presses("T-", "Мәселе шешілді")
    await aigerim.says("тағы бір нәрсе")
    await aigerim.presses("Қайта ашу")
    assert await said(house) == ["Оператор дөрекі сөйледі", "тағы бір нәрсе"]
    assert await house.rows("SELECT state FROM ticket") == [("open",)]


async def test_a_flood_is_answered_less_often_and_kept_whole(house: House, aigerim: Person) -> None:
    await complains(aigerim, "0")
    heard = aigerim.heard()
    await aigerim.says(*map(str, range(1, 30)))
    assert aigerim.heard() - heard < 10
    assert await said(house) == list(map(str, range(30)))


async def test_a_long_flood_is_registered_to_the_last_word(house: House, aigerim: Person) -> None:
    """Nobody can be kept from complaining: a hundred messages into their requests, and new requests on top."""
    written: list[str] = []
    for hour in range(2):
        await aigerim.says("/ask")
        await aigerim.presses("Шағым")
        words = [f"{hour}:{number}" for number in range(50)]
        heard = aigerim.heard()
        await aigerim.says(*words)
        assert aigerim.heard() - heard < 15
        written += words
        house.clock.goes(hours=1)
    for number in range(8):
        await complains(aigerim, f"жаңа {number}")
        assert f"T-19-5-2026-{number + 3:06}" in aigerim.sees
        written.append(f"жаңа {number}")
        await aigerim.says("/menu")
    assert await said(house) == written
    assert await house.rows("SELECT count(*) FROM ticket WHERE state = 'open'") == [(10,)]
    assert await house.rows("SELECT id FROM ticket_message WHERE ticket_id IS NULL") == []


async def test_long_after_closing_only_a_new_one_can_be_written(house: House, aigerim: Person) -> None:
    await complains(aigerim)
    await aigerim.says("/tickets")
    await aigerim.presses("T-", "Мәселе шешілді")
    house.clock.goes(days=15)
    await aigerim.presses("Шешілмеді, қайта ашу")
    assert "Жаңасын жазыңыз" in "".join(aigerim.alerts) + aigerim.sees


async def test_words_typed_before_the_kind_is_chosen_are_kept(house: House, aigerim: Person) -> None:
    await aigerim.says("/ask")
    await aigerim.presses("Шағым")
    await aigerim.says("/ask")
    await aigerim.says("мәтін түрсіз")
    await aigerim.presses("Шағым")
    assert await said(house) == ["мәтін түрсіз"]


async def test_a_ticket_that_is_gone_leaves_the_list(house: House, aigerim: Person) -> None:
    await complains(aigerim)
    await house.work(lambda work: tickets.erase(work.session, 1))
    await aigerim.presses_old(aigerim.screen, "tkc:1")
    assert "Сұрақтарым мен шағымдарым" in aigerim.sees
    await aigerim.says("бір нәрсе")
    await aigerim.presses("Шағым")
    assert await said(house) == ["бір нәрсе"]
