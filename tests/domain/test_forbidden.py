"""What looks like something that is not paid for: found in both languages, and not seen everywhere."""

from __future__ import annotations

import pytest

from domain.forbidden import Concern, concerns, concerns_of
from tests.drafts import ANSWERS

C = Concern


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Дүкен ашып, бұйым сатамыз", C.SALES),
        ("Будем продавать выпечку", C.SALES),
        ("Проведём платные курсы шитья", C.SALES),
        ("Спорт алаңының құрылысы", C.CONSTRUCTION),
        ("Капитальный ремонт клуба", C.CONSTRUCTION),
        ("Оборудование для акимата", C.EQUIPMENT_FOR_OTHERS),
        ("Мешіт жанында сабақ", C.RELIGION),
        ("Вырубка старых деревьев", C.ENVIRONMENT),
        ("Купим машину для поездок", C.LAND_HOUSING_VEHICLES),
        ("Жер телімін алу", C.LAND_HOUSING_VEHICLES),
        ("Ғылыми зерттеу жүргізу", C.RESEARCH),
        ("Издание книги сказок", C.PRINTING),
        ("кітап шығару", C.PRINTING),
        ("Призы победителям", C.PRIZES_CELEBRATIONS),
        ("банкет в конце", C.PRIZES_CELEBRATIONS),
        ("Ақшалай көмек береміз", C.CASH_CHARITY),
        ("Командировка в Астану", C.TRAVEL_STUDY),
        ("Іссапар шығыны", C.TRAVEL_STUDY),
        ("Балаларды емдеу", C.MEDICAL),
        ("Повышение квалификации автора", C.OWN_TRAINING),
        ("Станок с Aliexpress", C.ABROAD),
        ("Ноутбук б/у", C.USED_GOODS),
        ("qoldanylgan zat", C.USED_GOODS),
    ],
)
def test_what_is_found(text: str, found: Concern) -> None:
    assert found in concerns(text)


@pytest.mark.parametrize(
    "text",
    [
        "Тегін тігін үйірмесі: бес машина сатып аламыз",
        "Бесплатные курсы шитья для молодых мам",
        "Закупка ткани и ниток, аренда помещения",
        "Построение команды и плана занятий",
        "Балалармен сабақ өткіземіз, ата-аналар жиналысы",
        "Был у нас такой клуб, будут и другие",
        "Признание и поддержка волонтёров",
        "Жұмыссыз жастарға кәсіп үйрету",
        "",
    ],
)
def test_what_is_not(text: str) -> None:
    assert concerns(text) == ()


def test_only_project_and_tables_are_looked_at() -> None:
    assert all(concerns_of(key, ANSWERS) == () for key in ANSWERS)
    assert concerns_of("title", ANSWERS | {"title": "Дүкен ашу"}) == (C.SALES,)
    rows = [{"item": "Мата"}, {"item": "Призы", "quantity": 3}]
    assert concerns_of("budget", {"budget": rows}) == (C.PRIZES_CELEBRATIONS,)
    assert concerns_of("street", ANSWERS | {"street": "Дүкен ашу"}) == ()


def test_every_word_of_a_long_answer_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits in the queue waits for this too: it must not be gone through for each concern anew."""
    read: list[str] = []

    def noting(word: str) -> str:
        read.append(word)
        return word

    monkeypatch.setattr("domain.forbidden.plain", noting)
    concerns_of("goal", {"goal": "бір екі үш"})
    assert read.count("бір") == 1


def test_entries_of_several_words_meet_only_neighbours() -> None:
    assert concerns("капитальный") == concerns("ремонт") == concerns("капитальный и ремонт") == ()
    assert concerns("ремонт капитальный ремонт") == (C.CONSTRUCTION,)
    assert concerns("приз") == (C.PRIZES_CELEBRATIONS,)
