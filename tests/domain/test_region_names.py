"""The region a person means, however they write it; and never another one."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.refusal import Reason, Refused
from domain.region_names import find_region
from domain.regions import Region
from usecases.order import order

REGIONS = order().regions

NAMES = Path(__file__).with_name("region_names.txt").read_text("utf-8").splitlines()[1:]
CLEAR = {line[:2]: line[4:].replace(" | ", "|") for line in NAMES}
SLIPS = {
    "35": "Карагадна|Караганда обласать",
    "39": "Коситанай",
    "43": "Кызлорда|Кызылордаа",
    "55": "Павладар|Павлодра",
    "63": "Усть-Каменогорс",
}
UNCLEAR = {
    "Алматы": ("19", "75"),
    "Almaty": ("19", "75"),
    "Алматыда": ("19", "75"),
    "ЮКО": ("61", "79"),
    "ОҚО": ("61", "79"),
    "Южно-Казахстанская область": ("61", "79"),
    "Шымкентская область": ("61", "79"),
    "Кокчетавская область": ("11", "59"),
    "Жамбылский район": ("19", "31", "59"),
    "Абай ауданы": ("10", "35", "79"),
    "Казахстанская область": ("27", "59", "63"),
    "Ақсу": ("33", "55"),
    "Есіл": ("11", "59", "71"),
    "Актас": ("47",),  # a settlement near Karaganda, one letter from Aktau
    "Атырав": ("23",),
    "Кызылродинская": ("23", "43"),  # Kyzylkoga is a district of Atyrau
    "Восточно-Казахстанская область, г. Семей": ("10", "63"),
    "Шымкент, Арыс": ("61", "79"),
}
UNKNOWN = [
    "",
    " ",
    "Москва",
    "Ташкент",
    "Казахстан",
    "обл",
    "город",
    "123",
    "Шу 5 б",
    "не знаю",
    "👍",
    "а" * 500,
    "Жезды",
]


def pairs(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(text, kato) for kato, texts in table.items() for text in texts.split("|")]


def refusal(text: str) -> tuple[Reason, dict[str, object]]:
    with pytest.raises(Refused) as refused:
        find_region(text, REGIONS)
    return refused.value.reason, refused.value.facts


@pytest.mark.parametrize(("text", "kato"), pairs(CLEAR) + pairs(SLIPS))
def test_clear_names(text: str, kato: str) -> None:
    assert find_region(text, REGIONS).kato == kato


@pytest.mark.parametrize("region", REGIONS, ids=lambda region: region.name_en)
def test_the_orders_own_names(region: Region) -> None:
    """The English name of the city of Almaty alone does not tell it from the region."""
    assert find_region(region.name.kk, REGIONS) is region
    assert find_region(region.name.ru.upper(), REGIONS) is region
    if region.kato != "75":
        assert find_region(region.name_en, REGIONS) is region


@pytest.mark.parametrize(("text", "candidates"), UNCLEAR.items())
def test_unclear_names(text: str, candidates: tuple[str, ...]) -> None:
    assert refusal(text) == (Reason.REGION_UNCLEAR, {"candidates": candidates})


@pytest.mark.parametrize("text", UNKNOWN)
def test_unknown_names(text: str) -> None:
    assert refusal(text) == (Reason.UNKNOWN_REGION, {})


def test_among_a_lots_regions_only() -> None:
    """What is clear but not of the lot is unknown to it; what could be another region stays a question."""
    lot = order().lot("19-8")
    assert find_region("Семей", lot).kato == "10"
    with pytest.raises(Refused) as refused:
        find_region("Шымкент", lot)
    assert refused.value.reason is Reason.UNKNOWN_REGION
    with pytest.raises(Refused) as refused:
        find_region("Алматы", lot)
    assert (refused.value.reason, refused.value.facts) == (Reason.REGION_UNCLEAR, {"candidates": ("19",)})


@given(st.sampled_from(pairs(CLEAR)), st.data())
def test_one_letter_less_never_makes_another_region(pair: tuple[str, str], data: st.DataObject) -> None:
    """A slip may make a name unclear or unknown; of the names here none may turn into another region's."""
    text, kato = pair
    place = data.draw(st.integers(0, len(text) - 1))
    slipped = text[:place] + text[place + 1 :]
    with suppress(Refused):
        assert find_region(slipped, REGIONS).kato == kato


@given(st.text() | st.text("абвгдеіыққа ,-.", max_size=40))
def test_any_text_is_a_region_or_a_refusal(text: str) -> None:
    with suppress(Refused):
        assert find_region(text, REGIONS) in REGIONS


def test_many_words_that_are_no_place_take_no_time() -> None:
    """Sixty words fit into the length: tried in every way of cutting them, they would hold up everybody for ever."""
    with pytest.raises(Refused) as refused:
        find_region(" ".join("йцукенгшзх" * 6), REGIONS)
    assert refused.value.reason is Reason.UNKNOWN_REGION
