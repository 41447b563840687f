"""Lots and regions of the programme as the ministerial order lists them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["kk", "ru"]
LANGUAGES: tuple[Language, ...] = ("kk", "ru")


@dataclass(frozen=True)
class Words:
    """The same words in both languages of the programme."""

    kk: str
    ru: str

    def of(self, language: str) -> str:
        return self.kk if language == "kk" else self.ru


@dataclass(frozen=True)
class Region:
    """A region of the order: KATO code, lot, yearly quota of grants, share of NEET youth in percent."""

    kato: str
    lot: str
    name: Words
    name_en: str
    quota: int
    neet_percent: float


@dataclass(frozen=True)
class Order:
    """The order's table of one year."""

    year: int
    regions: tuple[Region, ...]

    def region(self, kato: str) -> Region:
        """The region with this KATO code; KeyError when the order has none."""
        for region in self.regions:
            if region.kato == kato:
                return region
        raise KeyError(kato)

    def lot(self, code: str) -> tuple[Region, ...]:
        """The regions of a lot, in the order's own order; empty for an unknown lot."""
        return tuple(region for region in self.regions if region.lot == code)
