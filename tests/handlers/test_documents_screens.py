"""The screens of the documents, word for word, in both languages, and within Telegram's limits."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.competition import DocumentSlot
from domain.documents import Document, DocumentState
from domain.draft import Cursor, Filling
from domain.message_limits import DATA_LIMIT, TEXT_LIMIT
from domain.refusal import Reason, Refused
from domain.regions import LANGUAGES
from handlers.documents import screens
from handlers.documents.buttons import Focus, PlaceFile
from handlers.language import speaking
from handlers.screen import Screen
from tests.domain.test_documents import a_document
from tests.factories import NOW, a_competition, both
from tests.papers import EXTRA, ID_CARD, PENSION, three_papers
from usecases.competitions import InForce
from usecases.documents import Papers
from usecases.drafts import Draft

REFUSED = a_document(
    "extra", DocumentState.REFUSED, id=9, name="<b>.exe", reason=Reason.FILE_TYPE, facts={"formats": ["pdf"]}
)
FULL = (
    a_document("id_card", id=1, name="front & back.pdf", size=2 << 20),
    a_document("id_card", DocumentState.FETCHING, id=2, name="", file_type="jpg", size=300_000, photo=True),
    a_document("pension", id=3),
    REFUSED,
)


def papers(*files: Document, slots: tuple[DocumentSlot, ...] = (ID_CARD, PENSION, EXTRA)) -> Papers:
    in_force = InForce(1, 1, 1, three_papers())
    return Papers(Draft(1, in_force, in_force, Filling({}, Cursor()), NOW, NOW), slots, files)


def labels(screen: Screen) -> list[list[str]]:
    return [[button.label for button in line] for line in screen.buttons]


def data(screen: Screen) -> list[str]:
    return [button.data or "" for line in screen.buttons for button in line]


def test_the_list_says_what_is_wanted() -> None:
    with speaking("kk"):
        screen = screens.slots(papers())
    assert screen.text == (
        "<b>Құжаттар</b>\n\n"
        "❗ ID card kk: керек\n❗ Pension kk: керек\n➖ Extra kk: болса\n\n"
        "Төменнен құжатты таңдап, фотосын немесе файлын жіберіңіз."
    )
    assert labels(screen) == [["❗ ID card kk"], ["❗ Pension kk"], ["➖ Extra kk"], ["Мәзір"]]
    assert data(screen) == ["slot:id_card", "slot:pension", "slot:extra", "menu"]


def test_the_list_says_what_is_there() -> None:
    with speaking("ru"):
        screen = screens.slots(papers(*FULL))
    assert screen.text == (
        "<b>Документы</b>\n\n"
        "⏳ ID card ru: 2 файла, идёт загрузка\n✅ Pension ru: 1 файл\n"
        "⚠️ Extra ru: один файл не принят, посмотрите\n\n"
        "Все обязательные документы на месте."
    )
    assert labels(screen)[0] == ["Просмотреть и отправить"]
    assert data(screen)[0] == "review"


def test_the_list_says_what_is_still_missing_in_a_slot() -> None:
    with speaking("ru"):
        screen = screens.slots(papers(FULL[0], FULL[2]))
    assert "❗ ID card ru: есть 1 из 2\n" in screen.text
    assert screen.text.endswith("Остался один документ: ID card ru. Отправьте его прямо сюда.")


def test_an_empty_slot_tells_the_reason_formats_and_limits_before_anything_is_sent() -> None:
    with speaking("ru"):
        assert screens.slot(papers(), ID_CARD).text == (
            "<b>ID card ru</b>\n\nto know who applies ru\n\n"
            "Фото или файлы: jpg, png, pdf, docx. Каждый до 10 МБ, всего не больше 5 файлов.\n"
            "Нужны хотя бы 2 файла, например обе стороны.\n\n"
            "Отправьте прямо сюда, можно сразу несколько страниц."
        )
        assert screens.slot(papers(), PENSION).text == (
            "<b>Pension ru</b>\n\nwhy pension ru\n\nОдин файл: pdf, до 1 МБ.\n\nОтправьте прямо сюда."
        )
    with speaking("kk"):
        assert screens.slot(papers(), EXTRA).text == (
            "<b>Extra kk</b>\n\nwhy extra kk\n\n"
            "Фото немесе файл: jpg, png, pdf, docx. Бір файлдың ең үлкен көлемі – 20 МБ, саны – 5 файлға дейін.\n"
            "Бұл құжат міндетті емес: болса, жіберіңіз.\n\n"
            "Осында жіберіңіз. Бірнеше бетін бірден жіберсеңіз де болады."
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_photos_are_offered_only_where_they_are_taken(language: str) -> None:
    with speaking(language):
        texts = {
            screens.slot(papers(), replace(EXTRA, formats=formats, max_files=most)).text
            for formats in (("pdf",), ("jpg", "pdf"))
            for most in (1, 5)
        }
    assert sorted("Фото" in text or "фото" in text for text in texts) == [False, False, True, True]


def test_a_filled_slot_shows_each_file_with_its_buttons() -> None:
    with speaking("kk"):
        screen = screens.slot(papers(*FULL[:2]), ID_CARD)
    assert "1. ✅ front &amp; back.pdf, 2 МБ\n2. ⏳ Фото, 293 КБ" in screen.text
    assert labels(screen) == [
        ["1. Көру", "1. Ауыстыру", "1. Өшіру"],
        ["2. Көру", "2. Ауыстыру", "2. Өшіру"],
        ["Келесі: Pension kk"],
        ["Барлық құжат"],
    ]
    assert data(screen)[:3] == ["docshow:1", "docnew:1", "docdel:1"]


def test_a_refused_file_is_shown_with_its_reason_and_can_only_be_removed() -> None:
    with speaking("kk"):
        screen = screens.slot(papers(*FULL), EXTRA)
    assert "1. ⚠️ &lt;b&gt;.exe\n<i>Мұндай файл қабылданбайды. Мына түрлердің бірін жіберіңіз: pdf.</i>" in screen.text
    assert labels(screen) == [["1. Өшіру"], ["Қарап шығып, жіберу"], ["Барлық құжат"]]


def test_a_full_slot_asks_for_nothing_more() -> None:
    with speaking("ru"):
        assert screens.slot(papers(*FULL), PENSION).text.endswith("Больше файлов сюда не нужно.")


def test_a_file_to_be_replaced_is_named() -> None:
    with speaking("ru"):
        screen = screens.slot(papers(*FULL), ID_CARD, 1)
    assert screen.text.endswith("Отправьте новый файл: он заменит «front &amp; back.pdf».")


def test_a_kept_file_is_asked_about() -> None:
    kept = a_document("", id=4, name="scan.pdf")
    with speaking("kk"):
        screen = screens.which_paper(papers(kept))
    assert screen.text == "Файлыңыз сақталды: scan.pdf. Бұл қай құжат?"
    assert labels(screen) == [["❗ ID card kk"], ["❗ Pension kk"], ["➖ Extra kk"], ["Ешқайсысы емес, өшіру"]]
    assert data(screen) == ["docput:4:id_card", "docput:4:pension", "docput:4:extra", "docdel:4"]


def test_a_kept_album_is_asked_about_once() -> None:
    kept = [a_document("", id=number, album="7") for number in (4, 5, 6)]
    with speaking("ru"):
        screen = screens.which_paper(papers(*kept))
    assert screen.text == "Ваши файлы сохранены (3). Какой это документ?"


def test_a_file_is_shown_as_what_it_was_sent() -> None:
    with speaking("ru"):
        photo = screens.file(ID_CARD, FULL[1])
    assert (photo.text, photo.file_id, photo.photo) == ("ID card ru: Фото", "f", True)
    assert data(photo) == ["docdel:2", "slot:id_card"]


def test_why_a_file_was_refused_is_told_with_the_way_to_another() -> None:
    why = Refused(Reason.FILE_BROKEN)
    with speaking("ru"):
        screen = screens.refused(ID_CARD, FULL[0], why)
        late = screens.refused_after_sending(why)
    assert screen.text == (
        "<b>ID card ru</b>: файл «front &amp; back.pdf» не принят.\n\n"
        "Файл повреждён или пришёл не целиком. Отправьте его, пожалуйста, ещё раз."
    )
    assert data(screen) == ["slot:id_card"]
    assert data(late) == ["faq", "menu"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fullest_screens_fit(language: str) -> None:
    long = replace(ID_CARD, key="k" * 30, title=both("T" * 60), reason=both("R" * 300), max_files=20)
    facts = {"formats": ["jpg", "png", "pdf", "docx"], "sent": "exe"}
    files = [
        a_document(
            long.key, DocumentState.REFUSED, id=n, name="&" * 80, reason=Reason.FILE_NOT_WHAT_IT_SAYS, facts=facts
        )
        for n in range(10)
    ]
    good = [a_document(long.key, id=10**9 + n, name="&" * 80) for n in range(10)]
    with speaking(language):
        view = papers(*files, *good, slots=(long,))
        shown = [screens.slots(view), screens.slot(view, long), screens.file(long, good[0])]
    for screen in shown:
        # Telegram counts the text after its entities are read.
        assert len(screen.text.replace("&amp;", "&")) <= TEXT_LIMIT
        assert all(len(one.encode()) <= DATA_LIMIT for one in data(screen))


def test_button_data_has_room_for_any_number() -> None:
    keys = [slot.key for slot in a_competition().documents]
    assert all(len(PlaceFile(id=2**53, key=key).pack()) <= DATA_LIMIT for key in keys)


@pytest.mark.parametrize("focus", [Focus(), Focus("pension"), Focus("pension", 12)])
def test_a_focus_is_read_as_it_was_written(focus: Focus) -> None:
    assert Focus.read(str(focus)) == focus
