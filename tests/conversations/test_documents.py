"""Sending documents: files, photos, albums, to the right slot and the wrong one, in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from db import documents
from domain.refusal import Reason, Refused
from domain.regions import LANGUAGES
from handlers.language import speaking
from handlers.refusals import refusal_words
from sandbox.faults import Fault, FaultKind
from tests.files import a_jpg, a_pdf, a_png, a_zip
from tests.in_force import PutInForce
from tests.papers import at_documents
from tests.person import House, Person, Upload

LIST = {"kk": "Құжаттар", "ru": "Документы"}
RECEIVED = {"kk": "Алдым, рақмет.", "ru": "Получено, спасибо."}
REVIEW = {"kk": "Қарап шығып, жіберу", "ru": "Просмотреть и отправить"}


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def aigerim(house: House, put_in_force: PutInForce, language: str) -> Person:
    """At the list of documents of a fresh draft."""
    return await at_documents(house, put_in_force, language)


async def files(house: House, columns: str = "slot, state") -> list[tuple[Any, ...]]:
    rows = await house.rows(f"SELECT {columns} FROM document WHERE removed_at IS NULL ORDER BY id")
    return [tuple(row) for row in rows]


def said(language: str, reason: Reason, **facts: Any) -> str:
    """The words of a reason, which are tested elsewhere."""
    with speaking(language):
        return refusal_words(Refused(reason, **facts))


def first_line(person: Person) -> str:
    return person.sees.split("\n")[0]


def pages(count: int, name: str = "{}.pdf") -> list[Upload]:
    return [Upload(name.format(n), a_pdf(note=str(n)), "document") for n in range(count)]


async def test_all_documents_one_after_another_until_the_review(house: House, aigerim: Person, language: str) -> None:
    assert first_line(aigerim) == LIST[language]
    await aigerim.presses("ID card")
    await aigerim.sends_photo(a_jpg(note=b"front"))
    assert first_line(aigerim) == RECEIVED[language]
    assert REVIEW[language] not in aigerim.labels
    await aigerim.sends_photo(a_jpg(note=b"back"))
    await aigerim.presses({"kk": "Келесі: Pension kk", "ru": "Дальше: Pension ru"}[language])
    await aigerim.sends_document("pension.pdf", a_pdf())
    assert REVIEW[language] in aigerim.labels
    assert await files(house) == [("id_card", "stored"), ("id_card", "stored"), ("pension", "stored")]


async def test_an_album_of_five_is_answered_once_when_it_is_complete(
    house: House, aigerim: Person, language: str
) -> None:
    await aigerim.presses("ID card")
    heard = aigerim.heard()
    await aigerim.sends_album(pages(5))
    assert aigerim.heard() == heard
    assert await files(house) == [("id_card", "stored")] * 5
    house.clock.goes(seconds=2)
    await house.settle()
    assert aigerim.heard() == heard + 1
    assert first_line(aigerim) == {"kk": "5 файл келді.", "ru": "Пришло 5 файлов."}[language]
    assert "5. ✅ 4.pdf" in aigerim.sees


async def test_the_parts_of_an_album_may_come_slowly(house: House, aigerim: Person) -> None:
    await aigerim.presses("ID card")
    heard = aigerim.heard()
    for update in aigerim.account.sends_album(pages(3)):
        await aigerim.sends(update)
        house.clock.goes(seconds=1)
    await house.settle()
    assert aigerim.heard() == heard
    house.clock.goes(seconds=1)
    await house.settle()
    assert aigerim.heard() == heard + 1


async def test_a_part_that_comes_after_the_answer_is_not_left_without_one(house: House, aigerim: Person) -> None:
    await aigerim.presses("ID card")
    first, second = aigerim.account.sends_album(pages(2))
    await aigerim.sends(first)
    house.clock.goes(seconds=5)
    await house.settle()
    heard = aigerim.heard()
    await aigerim.sends(second)
    assert aigerim.heard() == heard + 1
    assert "2. ⏳ 1.pdf" in aigerim.sees


async def test_too_many_in_an_album_and_a_wrong_one_are_named_with_their_reasons(
    house: House, aigerim: Person, language: str
) -> None:
    await aigerim.presses("ID card")
    await aigerim.sends_album([*pages(5), Upload("six.pdf", a_pdf(note="six"), "document")])
    house.clock.goes(seconds=2)
    await house.settle()
    assert f"6. ⚠️ six.pdf\n{said(language, Reason.TOO_MANY_FILES, limit=5)}" in aigerim.sees
    await aigerim.presses({"kk": "6. Өшіру", "ru": "Удалить 6"}[language])
    assert "six.pdf" not in aigerim.sees


async def test_a_video_in_an_album_is_named_too(house: House, aigerim: Person) -> None:
    await aigerim.presses("ID card")
    await aigerim.sends_album([Upload("a.pdf", a_pdf(), "document"), Upload("clip.mp4", b"film", "video")])
    house.clock.goes(seconds=2)
    await house.settle()
    assert "2. ⚠️ clip.mp4" in aigerim.sees


@pytest.mark.parametrize(
    ("name", "size", "reason"),
    [
        ("scan.pdf", 12 << 20, Reason.FILE_TOO_BIG),
        ("photo.HEIC", 10, Reason.FILE_TYPE),
        ("a.exe", 10, Reason.FILE_TYPE),
    ],
)
async def test_what_cannot_be_taken_is_refused_at_once_with_what_is_wanted(
    house: House, aigerim: Person, language: str, name: str, size: int, reason: Reason
) -> None:
    await aigerim.presses("ID card")
    screen = aigerim.sees
    await aigerim.sends_document(name, b"0123456789", size=size)
    sent, formats = name.lower().split(".")[-1], ("jpg", "png", "pdf", "docx")
    why = said(language, reason, size=size, limit=10 << 20, formats=formats, sent=sent)
    assert aigerim.sees == f"{why}\n\n{screen}"
    assert await files(house) == []


async def test_a_photo_too_small_to_read_is_refused_at_once(house: House, aigerim: Person, language: str) -> None:
    await aigerim.presses("ID card")
    await aigerim.sends_photo(a_png(320, 240))
    assert "320×240" in first_line(aigerim)
    assert await files(house) == []


async def test_a_file_that_is_not_what_it_says_is_explained_when_that_is_known(
    house: House, aigerim: Person, language: str
) -> None:
    await aigerim.presses("Pension")
    await aigerim.sends_document("pension.pdf", a_zip({"a.txt": "x"}))
    told = {"kk": "Pension kk: «pension.pdf» файлы қабылданбады.", "ru": "Pension ru: файл «pension.pdf» не принят."}
    why = said(language, Reason.FILE_NOT_WHAT_IT_SAYS, formats=["pdf"])
    assert aigerim.sees == f"{told[language]}\n\n{why}"
    await aigerim.presses({"kk": "Басқа файл жіберу", "ru": "Отправить другой"}[language])
    await aigerim.sends_document("pension.pdf", a_pdf())
    assert await files(house) == [("pension", "stored")]


async def test_nobody_is_told_of_a_file_that_they_removed_before(house: House, aigerim: Person) -> None:
    await aigerim.presses("Pension")
    house.telegram.faults.add(Fault(FaultKind.CUT_BEFORE, "getFile"))
    await aigerim.sends_document("pension.pdf", a_zip({"a.txt": "x"}))
    await aigerim.presses_old(aigerim.screen, "docdel:1")
    heard = aigerim.heard()
    house.clock.goes(minutes=1)
    await house.settle()
    assert aigerim.heard() == heard
    assert await house.rows("SELECT * FROM notification") == []


async def test_words_are_answered_with_what_is_wanted(house: House, aigerim: Person, language: str) -> None:
    await aigerim.presses("Pension")
    screen = aigerim.sees
    await aigerim.says("міне құжат")
    wanted = said(language, Reason.FILE_WANTED)
    assert aigerim.sees == f"{wanted}\n\n{screen}"
    await aigerim.sends(aigerim.account.sends_voice())
    assert aigerim.sees == f"{wanted}\n\n{screen}"


async def test_a_file_at_the_list_is_kept_and_asked_about(house: House, aigerim: Person, language: str) -> None:
    await aigerim.sends_document("scan.pdf", a_pdf())
    asked = {
        "kk": "Файлыңыз сақталды: scan.pdf. Бұл қай құжат?",
        "ru": "Ваш файл сохранён: scan.pdf. Какой это документ?",
    }
    assert aigerim.sees == asked[language]
    assert await files(house) == [("", "fetching")]
    await aigerim.presses("Pension")
    assert await files(house) == [("pension", "stored")]


async def test_a_kept_file_that_is_none_of_them_goes(house: House, aigerim: Person, language: str) -> None:
    await aigerim.sends_album(pages(2))
    house.clock.goes(seconds=2)
    await house.settle()
    assert "(2)" in aigerim.sees
    await aigerim.presses({"kk": "Ешқайсысы емес", "ru": "Ни один из этих"}[language])
    assert await files(house) == []
    assert first_line(aigerim) == LIST[language]


async def test_a_kept_file_that_does_not_fit_is_not_lost(house: House, aigerim: Person, language: str) -> None:
    await aigerim.sends_document("scan.png", a_png())
    asked = aigerim.sees
    await aigerim.presses("Pension")
    assert aigerim.sees == asked
    assert await files(house) == [("", "fetching")]
    await aigerim.presses("Extra")
    assert await files(house) == [("extra", "stored")]


async def test_a_file_at_the_list_goes_to_the_only_slot_that_waits(house: House, aigerim: Person) -> None:
    await aigerim.presses("Pension")
    await aigerim.sends_document("pension.pdf", a_pdf())
    await aigerim.presses_old(aigerim.screen, "docs")
    await aigerim.sends_album(pages(2, "card{}.pdf"))
    house.clock.goes(seconds=2)
    await house.settle()
    assert await files(house, "slot") == [("pension",), ("id_card",), ("id_card",)]
    assert "2. ✅ card1.pdf" in aigerim.sees


async def test_the_same_file_again_changes_nothing(house: House, aigerim: Person, language: str) -> None:
    await aigerim.presses("ID card")
    update = aigerim.account.sends_document("scan.pdf", a_pdf())
    await aigerim.sends(update)
    again = {**update, "update_id": update["update_id"] + 1000}
    await aigerim.sends(again)
    already = {
        "kk": "Бұл файл осында бар екен, ештеңе өзгерген жоқ.",
        "ru": "Этот файл уже здесь, ничего не изменилось.",
    }
    assert first_line(aigerim) == already[language]
    assert await files(house) == [("id_card", "stored")]


async def test_replacing_and_removing(house: House, aigerim: Person, language: str) -> None:
    await aigerim.presses("ID card")
    await aigerim.sends_document("old.pdf", a_pdf(note="old"))
    await aigerim.presses({"kk": "1. Ауыстыру", "ru": "Заменить 1"}[language])
    assert "«old.pdf»" in aigerim.sees
    await aigerim.sends_document("new.pdf", a_pdf(note="new"))
    assert "old.pdf" not in aigerim.sees
    assert "1. ⏳ new.pdf" in aigerim.sees
    await aigerim.presses({"kk": "1. Өшіру", "ru": "Удалить 1"}[language])
    assert aigerim.alerts[-1] == {"kk": "Файл өшірілді.", "ru": "Файл удалён."}[language]
    assert "new.pdf" not in aigerim.sees
    assert await files(house) == []


async def test_a_slot_for_one_file_replaces_it(house: House, aigerim: Person, language: str) -> None:
    await aigerim.presses("Pension")
    await aigerim.sends_document("old.pdf", a_pdf(note="old"))
    await aigerim.sends_document("new.pdf", a_pdf(note="new"))
    replaced = {
        "kk": "Алдым: бұрынғы файлдың орнына қойылды.",
        "ru": "Получено: новый файл заменил прежний.",
    }
    assert first_line(aigerim) == replaced[language]
    assert await files(house, "slot") == [("pension",)]


@pytest.mark.parametrize("kind", ["photo", "document"])
async def test_a_file_is_shown_again_and_that_is_written_down(
    house: House, aigerim: Person, language: str, kind: str
) -> None:
    await aigerim.presses("ID card")
    await (aigerim.sends_photo(a_jpg()) if kind == "photo" else aigerim.sends_document("a.pdf", a_pdf()))
    await aigerim.presses({"kk": "1. Көру", "ru": "Показать 1"}[language])
    assert kind in aigerim.screen.data
    assert [tuple(row) for row in await house.rows("SELECT what, subject FROM opening")] == [("document", "document:1")]
    await aigerim.presses({"kk": "Артқа", "ru": "Назад"}[language])
    assert aigerim.sees.startswith("ID card")


@pytest.mark.parametrize("data", ["docshow:1", "docdel:1", "docnew:1", "docput:1:extra"])
async def test_somebody_elses_document_cannot_be_reached_by_a_forged_button(
    house: House, aigerim: Person, put_in_force: PutInForce, data: str
) -> None:
    await aigerim.presses("ID card")
    await aigerim.sends_document("mine.pdf", a_pdf())
    thief = await at_documents(house, put_in_force, "ru", 2002)
    await thief.presses_old(thief.screen, data)
    assert thief.alerts[-1] == said("ru", Reason.NOT_FOUND)
    assert "mine.pdf" not in thief.sees
    assert await files(house) == [("id_card", "stored")]
    assert await house.rows("SELECT * FROM opening") == []


@pytest.mark.parametrize("data", ["slot:nothing", "docshow:99", "docput:1:nothing", "docdel:x", "slot"])
async def test_buttons_that_fit_nothing_are_harmless(house: House, aigerim: Person, data: str) -> None:
    await aigerim.presses_old(aigerim.screen, data)
    assert len(aigerim.alerts) == 1
    assert await files(house) == []


@pytest.mark.parametrize("data", ["docs", "slot:id_card", "docdel:1"])
async def test_without_a_draft_old_buttons_lead_nowhere(house: House, put_in_force: PutInForce, data: str) -> None:
    aigerim = await at_documents(house, put_in_force)
    await aigerim.presses("ID card")
    await aigerim.sends_document("a.pdf", a_pdf())
    await house.rows("UPDATE draft SET state = 'sent' RETURNING id")
    await aigerim.presses_old(aigerim.screen, data)
    assert aigerim.alerts[-1] == said("kk", Reason.OLD_BUTTON)
    assert await house.rows("SELECT place FROM person") == [("menu",)]
    assert await files(house) == [("id_card", "stored")]


async def test_after_sending_the_application_its_author_still_hears_of_a_bad_file(
    house: House, aigerim: Person, language: str
) -> None:
    await aigerim.presses("Pension")
    house.telegram.faults.add(Fault(FaultKind.CUT_BEFORE, "getFile"))
    await aigerim.sends_document("pension.pdf", a_zip({"a.txt": "x"}))
    await house.rows("UPDATE draft SET state = 'sent' RETURNING id")
    house.clock.goes(minutes=1)
    await house.settle()
    assert (
        first_line(aigerim)
        == {
            "kk": "Өтініммен бірге жіберген файлдарыңыздың бірі қабылданбады.",
            "ru": "Один из файлов вашей заявки принять не удалось.",
        }[language]
    )


async def test_nothing_is_taken_when_the_intake_has_closed(house: House, aigerim: Person) -> None:
    await aigerim.presses("Pension")
    house.clock.goes(days=8)
    await aigerim.sends_document("pension.pdf", a_pdf())
    assert await files(house) == []
    assert "Pension" in aigerim.sees


async def test_a_restart_loses_no_file_and_no_place(house: House, aigerim: Person) -> None:
    house.telegram.faults.add(Fault(FaultKind.CUT_BEFORE, "getFile", times=2))
    await aigerim.presses("ID card")
    await aigerim.sends_album(pages(2))
    await house.restart()
    house.clock.goes(minutes=1)
    await house.settle()
    assert await files(house) == [("id_card", "stored"), ("id_card", "stored")]
    await aigerim.sends_document("third.pdf", a_pdf(note="third"))
    assert await files(house, "slot") == [("id_card",)] * 3


async def test_a_redelivered_file_is_one_and_its_screen_is_drawn_again(house: House, aigerim: Person) -> None:
    await aigerim.presses("ID card")
    update = aigerim.account.sends_document("a.pdf", a_pdf())
    await aigerim.sends(update)
    heard = aigerim.heard()
    await aigerim.sends(update)
    assert aigerim.heard() == heard + 1
    assert "1. ✅ a.pdf" in aigerim.sees
    assert await files(house) == [("id_card", "stored")]


async def test_the_language_may_change_in_the_middle(house: House, put_in_force: PutInForce) -> None:
    aigerim = await at_documents(house, put_in_force, "kk")
    await aigerim.presses("Pension")
    await aigerim.sends_document("a.pdf", a_pdf())
    await aigerim.says("/language")
    await aigerim.presses("Русский")
    assert aigerim.sees.startswith("Pension ru")
    assert "1. ✅ a.pdf" in aigerim.sees


async def test_an_album_after_the_intake_has_closed_is_refused_like_any_file(
    house: House, aigerim: Person, language: str
) -> None:
    await aigerim.presses("ID card")
    house.clock.goes(days=8)
    await aigerim.sends_album(pages(2))
    assert await files(house) == []
    closed = {"kk": "Өтінім қабылдау", "ru": "Приём заявок"}[language]
    assert closed in aigerim.sees


async def test_an_album_whose_draft_was_thrown_away_has_no_answer_about_nothing(house: House, aigerim: Person) -> None:
    await aigerim.presses("ID card")
    await aigerim.sends_album(pages(2))
    await house.work(lambda work: documents.remove_all(work.session, 1, work.now))
    heard = aigerim.heard()
    house.clock.goes(seconds=5)
    await house.settle()
    assert aigerim.heard() == heard
