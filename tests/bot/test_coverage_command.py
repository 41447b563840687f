"""`bot coverage`: the same figures as in the chat, as lines and as a spreadsheet, on both databases."""

from __future__ import annotations

from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner, Result

from bot.commands import program
from bot.commands.opening import in_transaction
from bot.settings import load_settings
from domain.staff import Role
from handlers.coverage.texts import method
from handlers.language import speaking
from tests.coverage import a_source
from tests.engines import POSTGRESQL
from tests.factories import NOW
from tests.staff import hired
from usecases.checks import open_check, take_answer
from usecases.meet_person import meet_person
from usecases.reached import came_by
from usecases.work import Work


@pytest.fixture(autouse=True)
def _reached(machine: Path, database_kind: str, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In 19-5 one by our link and two by their own word; one of no lot; an operator, who does not count."""
    for module in ("opening", "coverage"):
        monkeypatch.setattr(f"bot.commands.{module}.system_clock", lambda: NOW)
    if database_kind == POSTGRESQL:
        monkeypatch.setenv("DATABASE_URL", database_url)
    else:
        assert command("migrate").exit_code == 0
    in_transaction(load_settings(), live)


def live(work: Work) -> None:
    people = [meet_person(work, number, number) for number in (1001, 1002, 1003, 1004)]
    came_by(work, people[0], a_source(work, "school-12", "19-5", "27"))
    for person, region in ((people[1], "27"), (people[2], "79")):
        take_answer(work, person, open_check(work, person), "region", region)
    operator = meet_person(work, 1005, 1005)
    take_answer(work, operator, open_check(work, operator), "region", "79")
    hired(work, Role.OPERATOR, 1005)


def command(*words: str) -> Result:
    return CliRunner().invoke(program, words)


def test_a_line_a_lot_and_how_it_is_counted() -> None:
    told = command("coverage", "--lot", "19-5", "--lot", "19-8", "--language", "ru")
    assert told.exit_code == 0
    first, second, unplaced, how = told.output.splitlines()
    assert first == (
        "19-5, 2026. Цель: 140000; Каждый человек один раз: 3; Доля от цели, %: 0.0; сами написали боту: 2; "
        "пришли по нашим ссылкам и QR-кодам: 1; получили объявление: 0; Участники мероприятий: 0; "
        "Просмотры публикаций: 0; Не больше, с повторами: 3"
    )
    assert second.startswith("19-8, 2026. ")
    assert unplaced == "1 человек не назвал регион: не входит ни в один лот."
    with speaking("ru"):
        assert how == method()


def test_without_a_lot_all_of_them_in_kazakh() -> None:
    told = command("coverage", "--language", "kk")
    lines = told.output.splitlines()
    assert len(lines) == 12
    assert lines[-1].startswith("Қалай санаймыз")


def test_the_spreadsheet_has_the_same_figures(tmp_path: Path) -> None:
    assert command("coverage", "--lot", "19-5", "--xlsx", str(tmp_path / "c.xlsx")).exit_code == 0
    book = openpyxl.load_workbook(tmp_path / "c.xlsx")
    sheets = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}
    lots, people, links, entries, _how = sheets.values()
    assert lots[1] == ("19-5", 2026, 140_000, 3, 0, 2, 1, 0, 0, 0, 3)
    assert lots[2][:4] == ("Регион не назван", 2026, None, 1)
    assert sum(line[-1] for line in people[1:]) == 3
    assert [line[0] for line in links[1:]] == ["19-5"]
    assert len(entries) == 1
    assert links[1][5:8] == ("school-12", 1, 1)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--lot", "19-99"), "There is no lot 19-99. Lots: 19"),
        (("--year", "2030"), "Nothing was counted in 2030."),
        (("--year", "2019"), "Nothing was counted in 2019."),
    ],
)
def test_what_cannot_be_counted_is_said(words: tuple[str, str], told: str) -> None:
    found = command("coverage", *words)
    assert found.exit_code == 1
    assert told in found.output
