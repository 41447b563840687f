"""The coverage in the chat: figures, a link with its QR picture, an event entered, proved, corrected, taken out."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
import zxingcpp
from openpyxl import load_workbook  # type: ignore[import-untyped]
from PIL import Image

from domain.refusal import Reason, Refused
from domain.staff import Action, Role, allowed
from handlers.coverage.buttons import ToEntry, ToSheets
from handlers.coverage.poster import Poster, poster
from handlers.shared_buttons import ToCoverage
from tests.files import a_jpg
from tests.person import House, Person
from tests.staff import hired, works
from usecases import staff
from usecases.coverage import coverage_of
from usecases.work import Work

METHOD_RU = (
    "Как считаем: человек (аккаунт Telegram) считается в лоте один раз в год, по тому, как программа дошла до "
    "него впервые: сам написал боту, пришёл по нашей ссылке или QR-коду, получил объявление. Лот — по названному "
    "региону или по ссылке, которая привела. Сотрудники офиса не считаются. Участников мероприятий и читателей "
    "публикаций различить нельзя, они могут повторяться: стоят отдельными строками и считаются, только если "
    "приложен файл-подтверждение (у мероприятия — фото или список, у публикации — скриншот). Тот, кто удалил все "
    "свои данные и вернулся, в этом году может быть посчитан дважды."
)


async def test_a_coordinator_makes_a_link_and_sees_who_came_by_it(house: House) -> None:
    await house.opens_competition()
    chief = await works(house, Role.COORDINATOR, 1)
    await chief.presses("📡 Информационный охват", "🔗 Ссылки и QR-коды", "➕ Новая ссылка", "Школа или колледж")
    await chief.presses("город Шымкент")
    await chief.says("12-мектеп")
    await chief.says("x")
    assert chief.sees.startswith("Напишите, пожалуйста, подробнее") or "2" in chief.sees
    await chief.says("Школа № 12")
    await chief.says("Абайский район, Үлгі көшесі, 1")
    assert "Школа № 12\nШкола или колледж, город Шымкент\nАбайский район, Үлгі көшесі, 1" in chief.sees
    link = chief.sees.rpartition("\n")[2]
    code = link.rpartition("=")[2]
    await chief.presses("🖨 QR-код для печати")
    (file,) = [one.data for one in house.telegram.files.by_path.values() if one.data[:4] == b"\x89PNG"]
    (read,) = zxingcpp.read_barcodes(Image.open(BytesIO(file)))
    assert read.text == link

    pupil, again = house.person(1001), house.person(1002, "ru")
    await pupil.starts(code)
    await pupil.presses("Қазақша")
    await again.speaks("ru")
    await again.starts(code)
    await again.starts(code)
    await pupil.says("/check", "Шымкент")
    await chief.presses_old(chief.screen, ToCoverage().pack())
    assert chief.sees == (
        "📡 Информационный охват, 2026\nЛот 19-5: Западно-Казахстанская область, город Шымкент\n\n"
        "Каждый человек один раз: 2 из 140\u00a0000 (0,0 %)\n"
        "• сами написали боту: 1\n• пришли по нашим ссылкам и QR-кодам: 1\n• получили объявление: 0\n"
        "По регионам: Западно-Казахстанская область 0, город Шымкент 2\n\n"
        "0 мероприятий: 0 чел.\n0 публикаций, просмотров: 0\n"
        "Вместе с ними не больше 2 (0,0 %): люди могут повторяться.\n\n"
        "0 человек не назвали регион: не входят ни в один лот.\n\n" + METHOD_RU
    )
    await chief.presses("🔗 Ссылки и QR-коды", "Школа № 12")
    assert "Пришли: 2\nВпервые охвачены ею: 1\nПроверили себя: 0\nНачали заявку: 0\nПодали заявку: 0" in chief.sees


async def test_an_event_is_entered_proved_corrected_and_taken_out(house: House) -> None:
    chief = await works(house, Role.COORDINATOR, 1, language="kk", name="Сәуле")
    await chief.presses(
        "📡 Ақпараттық қамту", "📝 Іс-шаралар мен жарияланымдар", "➕ Енгізу", "Іс-шара", "Шымкент қаласы"
    )
    await chief.says("31.02.2026")
    assert chief.sees.startswith("Күнтізбеде мұндай күн жоқ")
    await chief.says("01.12.2026")
    assert "Іс-шара" not in chief.sees
    await chief.presses("Кеше")
    await chief.says("көп")
    await chief.says("140")
    await chief.says("Оқушылармен кездесу, 12-мектеп")
    await chief.says("сілтеме жоқ")
    assert "https://" in chief.sees
    await chief.presses("Сілтеме жоқ")
    assert chief.sees == (
        "Іс-шара № 1, Шымкент қаласы\n\n"
        "Күні: 2026 жылғы 21 қараша\nАдам саны: 140\nОрны: Оқушылармен кездесу, 12-мектеп\n\n"
        "⚠️ Әзірге саналмайды: растайтын файлы жоқ. Іс-шараның фотосын не келгендер тізімін осында жіберіңіз.\n\n"
        "Кім енгізді, кім түзетті:\n"
        "• 1. 2026 жылғы 22 қараша, Сәуле: 2026 жылғы 21 қараша, 140, Оқушылармен кездесу, 12-мектеп"
    )
    await chief.sends_photo(a_jpg())
    assert "✅ Саналады. Растайтын файлдар: 1" in chief.sees
    await chief.presses("Түзету: Адам саны")
    old = chief.screen
    await chief.says("120")
    assert chief.sees.endswith(
        "• 1. 2026 жылғы 22 қараша, Сәуле: 2026 жылғы 21 қараша, 140, Оқушылармен кездесу, 12-мектеп\n"
        "• 2. 2026 жылғы 22 қараша, Сәуле: 2026 жылғы 21 қараша, 120, Оқушылармен кездесу, 12-мектеп"
    )
    await chief.presses_old(old, "v_out:1:1:1")
    assert await house.rows("SELECT version FROM outreach") == [(2,)]
    await chief.presses("Растайтын файлдарды көру")
    await chief.presses_old(chief.screen, ToCoverage().pack())
    assert "1 іс-шара: 120 адам" in chief.sees
    await chief.presses("График")
    assert chief.screen.data["photo"]
    await chief.presses("📡 Қамту", "Кесте")
    (file,) = [one.data for one in house.telegram.files.by_path.values() if one.data[:2] == b"PK"]
    with ZipFile(BytesIO(file)) as book:
        assert len([name for name in book.namelist() if "worksheets/sheet" in name]) == 5
    await chief.presses("📡 Қамту", "📝 Іс-шаралар мен жарияланымдар", "21 қараша", "Санақтан шығару")
    assert "🚫 Шығарылды: саналмайды." in chief.sees
    await chief.presses_old(chief.screen, ToCoverage().pack())
    assert "0 іс-шара: 0 адам" in chief.sees


async def test_a_posts_address_is_no_proof_until_its_screenshot_is_there(house: House) -> None:
    chief = await works(house, Role.COORDINATOR, 1)
    await chief.presses("📡 Информационный охват", "📝 Мероприятия и публикации", "➕", "Публикация", "город Шымкент")
    await chief.presses("Вчера")
    await chief.says("5200", "Страница газеты")
    assert chief.sees.startswith("Пришлите ссылку. Если её нет, например у газеты или радио")
    assert chief.labels == ["Нет в интернете"]
    await chief.says("https://example.kz/news/12")
    awaited = "⚠️ Ждёт подтверждения, без него не считается. Пришлите сюда скриншот или фото страницы"
    assert awaited in chief.sees
    await chief.presses("📝 Мероприятия и публикации")
    assert chief.sees.endswith("5\u00a0200, Страница газеты\n\n⚠️ — ждёт подтверждения, без него не считается.")
    await chief.presses("📡 Охват")
    assert "0 публикаций, просмотров: 0\nЖдут подтверждения, пока не считаются: 1\n" in chief.sees
    assert await counted(house, chief) == ["нет: ждёт подтверждения"]
    await chief.presses_old(chief.screen, ToEntry(id=1).pack())
    await chief.sends_photo(a_jpg())
    await chief.presses("Исправить: Людей")
    await chief.says("5000")
    await chief.presses_old(chief.screen, ToCoverage().pack())
    assert "1 публикация, просмотров: 5\u00a0000\n" in chief.sees
    assert "Ждут подтверждения" not in chief.sees
    assert await counted(house, chief) == ["нет: исправлено позже", "да"]
    await chief.presses_old(chief.screen, ToEntry(id=1).pack())
    await chief.presses("Убрать из подсчёта")
    assert await counted(house, chief) == ["нет: исправлено позже", "нет: исправлено позже", "нет: убрано из подсчёта"]


async def counted(house: House, chief: Person) -> list[str]:
    """The column of the spreadsheet that says which versions of entries count."""
    await chief.presses_old(chief.screen, ToSheets(year=2026, lot="19-5").pack())
    (*_older, file) = [one.data for one in house.telegram.files.by_path.values() if one.data[:2] == b"PK"]
    head, *lines = load_workbook(BytesIO(file))["Мероприятия и публикации"].iter_rows(values_only=True)
    return [str(line[head.index("Считается")]) for line in lines]


async def test_an_administrator_sees_every_lot_and_enters_nothing(house: House) -> None:
    boss = await works(house, Role.ADMINISTRATOR, 1, "*")
    await boss.says("/coverage")
    assert "• 19-5: 0 из 140\u00a0000 (0,0 %)\n" in boss.sees
    await boss.presses("19-5", "🔗 Ссылки и QR-коды")
    assert boss.labels == ["📡 Охват"]


@pytest.mark.parametrize("role", Role)
def test_only_whoever_may_sees_it_and_only_of_their_lots(work: Work, role: Role) -> None:
    person = hired(work, role, 1)
    if not allowed(staff.members_of(work, person)[0], Action.SEE_COVERAGE, "19-5"):
        with pytest.raises(Refused) as error:
            coverage_of(work, person, 2026)
        assert error.value.reason is Reason.NOT_ALLOWED
        return
    assert [one.lot for one in coverage_of(work, person, 2026).lots] == ["19-5"]
    with pytest.raises(Refused) as error:
        coverage_of(work, person, 2026, "19-6")
    assert error.value.reason is Reason.NOT_ALLOWED


def test_the_longest_link_and_name_are_read_back() -> None:
    link = "https://t.me/" + "b" * 32 + "?start=" + "c" * 64
    file = poster(Poster(["Жобаңызға грант", "Грант на проект"], "Ү" * 120), link)
    (read,) = zxingcpp.read_barcodes(Image.open(BytesIO(file)))
    assert read.text == link
