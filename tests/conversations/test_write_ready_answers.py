"""A supervisor writes a ready answer in the chat, looks at it, puts it in use; operators send what they looked at."""

from __future__ import annotations

import pytest

from domain.refusal import Reason, Refused
from domain.staff import Action, Role, allowed
from tests.call_centre import author, complains, joins
from tests.person import House, Person
from tests.staff import hired, works
from usecases import staff, write_ready_answers
from usecases.ready_answers import load_ready_answers, ready_answers
from usecases.work import Work

TEXTS = (
    "Қарап жатырмыз",
    "Разбираемся",
    "Саламатсыз ба, {name}! {number} қаралып жатыр.",
    "Здравствуйте, {name}! Разбираемся с {number}.",
)
OF_A_FILE = '[[answer]]\nkey = "k"\ntitle = {kk = "Файлдан", ru = "Из файла"}\ntext = {kk = "{name}", ru = "{name}"}\n'


@pytest.fixture
async def chief(house: House) -> Person:
    """A supervisor of one lot, at its ready answers."""
    await house.opens_competition()
    person = await works(house, Role.SUPERVISOR, 7)
    await person.presses("📝 Готовые ответы")
    return person


async def test_from_the_first_word_to_the_authors_chat(house: House, chief: Person) -> None:
    assert chief.sees.endswith("Пока нет.")
    await chief.presses("➕ Новый ответ")
    await chief.says(*TEXTS)
    kazakh, russian, ways = chief.texts[-3:]
    assert kazakh == "По-казахски · Қарап жатырмыз\n\nСаламатсыз ба, Айгерім! T-19-5-2026-000001 қаралып жатыр."
    assert russian == "По-русски · Разбираемся\n\nЗдравствуйте, Айгерим! Разбираемся с T-19-5-2026-000001."
    assert "Это черновик: отправить его пока никто не может." in ways
    aigerim, olga = await author(house, 1001, "Сара"), await joins(house, 2001, "Ольга")
    await complains(aigerim, "бір")
    await olga.says("/next")
    await olga.presses("Готовые ответы")
    assert "Разбираемся" not in olga.labels
    await chief.presses("✅ Включить")
    assert chief.labels[0] == "Разбираемся"
    await olga.says("/desk")
    await olga.presses("T-19-5-2026-000001", "Готовые ответы", "Разбираемся", "Отправить это")
    assert any("Саламатсыз ба, Сара! T-19-5-2026-000001 қаралып жатыр." in text for text in aigerim.texts)


async def test_what_nothing_is_put_in_for_gets_a_sentence_and_nothing_is_lost(house: House, chief: Person) -> None:
    await chief.presses("➕ Новый ответ")
    await chief.says("x" * 61)
    assert chief.sees.startswith("Слишком длинно")
    await chief.says(TEXTS[0], TEXTS[1])
    for wrong, found in (("Сәлем, {nane}!", "{nane}"), ("Сәлем, {name!", "{"), ("{} {name}", "{}")):
        await chief.says(wrong)
        assert chief.sees.startswith(f"Вместо {found} подставить нечего. Фигурные скобки нужны только для {{name}}")
        assert "Напишите текст по-казахски" in chief.sees
    await house.restart()
    await chief.says(TEXTS[2], TEXTS[3])
    assert "✅ Включить" in chief.labels


async def test_a_begun_one_waits_in_the_list_and_is_gone_on_with(chief: Person) -> None:
    await chief.presses("➕ Новый ответ")
    await chief.says(TEXTS[0])
    await chief.says("/work")
    await chief.presses("📝 Готовые ответы", "✏️ Қарап жатырмыз")
    assert "✅ Включить" not in chief.labels
    assert "По-русски · пока без названия\n\nЕщё не написан." in chief.texts
    await chief.presses("✏️ Название на русском")
    await chief.says(*TEXTS[1:])
    await chief.presses("🗑 Удалить черновик", "Да, удалить")
    assert chief.labels == ["➕ Новый ответ", "💼 Работа"]


async def test_a_change_is_a_draft_until_it_is_put_in_use_and_what_was_looked_at_before_is_not_sent(
    house: House, chief: Person
) -> None:
    await house.work(lambda work: load_ready_answers(work, "19-5", OF_A_FILE))
    aigerim, olga = await author(house, 1001, "Сара"), await joins(house, 2001, "Ольга")
    await complains(aigerim, "бір")
    await olga.says("/next")
    await olga.presses("Готовые ответы", "Из файла")
    looked = olga.screen
    await chief.presses("💼 Работа", "📝 Готовые ответы", "Из файла", "✏️ Текст на казахском")
    assert chief.sees.endswith("Сейчас так:\n{name}")
    await chief.says("Жаңа мәтін, {name}")
    assert "Изменённый ответ, ещё не включён" in chief.sees
    assert await texts_of(house) == ["{name}"]
    await chief.presses("✅ Включить")
    assert await texts_of(house) == ["Жаңа мәтін, {name}"]
    await olga.presses_old(looked, looked.keyboard[0][0]["callback_data"])
    assert not any("Жаңа мәтін" in text or text.endswith("Сара") for text in aigerim.texts)
    await chief.presses("Из файла", "Убрать", "Да, убрать")
    assert await texts_of(house) == []


async def test_a_draft_that_a_colleague_put_in_use_is_asked_for_no_more(house: House, chief: Person) -> None:
    await chief.presses("➕ Новый ответ")
    await chief.says(*TEXTS)
    await chief.presses("✏️ Текст на русском")
    colleague = await works(house, Role.SUPERVISOR, 8)
    await colleague.presses("📝 Готовые ответы", "✏️ Разбираемся", "✅ Включить")
    await chief.says("Ещё лучше")
    assert "Напишите текст по-русски" not in chief.sees
    assert "📝 Готовые ответы" in chief.labels
    assert await texts_of(house) == [TEXTS[2]]


async def texts_of(house: House) -> list[str]:
    found = await house.work(lambda work: ready_answers(work, "19-5"))
    return [one.text.kk for one in found]


async def test_who_watches_over_all_lots_chooses_one(house: House) -> None:
    await house.opens_competition()
    chief = await works(house, Role.COORDINATOR, 7, "*")
    await chief.presses("📝 Готовые ответы")
    assert chief.labels[0] == "Все лоты"
    await chief.presses("Все лоты", "➕ Новый ответ")
    await chief.says(*TEXTS)
    await chief.presses("✅ Включить")
    for lot in ("19-5", "19-6"):
        found = await house.work(lambda work, lot=lot: ready_answers(work, lot))  # type: ignore[misc]
        assert [one.title.ru for one in found] == ["Разбираемся"]


@pytest.mark.parametrize("role", Role)
def test_only_whoever_may_writes_and_only_for_their_lots(work: Work, role: Role) -> None:
    chief = hired(work, Role.SUPERVISOR, 1, "*")
    of_all, here, there = (write_ready_answers.begin(work, chief, lot) for lot in ("", "19-5", "19-6"))
    person = hired(work, role, 2)
    may = allowed(staff.members_of(work, person)[0], Action.MAKE_READY_ANSWER, "19-5")
    for draft, theirs in ((of_all, False), (here, may), (there, False)):
        if theirs:
            write_ready_answers.write(work, person, draft.id, "title_kk", "a")
            continue
        for step in (
            lambda draft=draft: write_ready_answers.write(work, person, draft.id, "title_kk", "a"),
            lambda draft=draft: write_ready_answers.put_in_use(work, person, draft.id),
            lambda draft=draft: write_ready_answers.take_out(work, person, draft.id),
            lambda draft=draft: write_ready_answers.begin(work, person, draft.lot),
            lambda draft=draft: write_ready_answers.answers_for(work, person, draft.lot),
        ):
            with pytest.raises(Refused) as refused:
                step()
            assert refused.value.reason is Reason.NOT_ALLOWED


def test_a_file_that_is_loaded_leaves_drafts_alone_and_numbers_never_come_twice(work: Work) -> None:
    chief = hired(work, Role.SUPERVISOR, 1)
    draft = write_ready_answers.begin(work, chief, "19-5")
    load_ready_answers(work, "19-5", OF_A_FILE)
    (first,) = ready_answers(work, "19-5")
    load_ready_answers(work, "19-5", OF_A_FILE)
    (second,) = ready_answers(work, "19-5")
    assert second.id > first.id > draft.id
    assert [one.draft for one in write_ready_answers.answers_for(work, chief, "19-5")] == [False, True]
    version = write_ready_answers.to_write(work, chief, second.id)
    assert write_ready_answers.to_write(work, chief, second.id).id == version.id
    write_ready_answers.put_in_use(work, chief, version.id)
    with pytest.raises(Refused, match="old_button"):
        write_ready_answers.put_in_use(work, chief, version.id)
    assert [one.id for one in ready_answers(work, "19-5")] == [version.id]
