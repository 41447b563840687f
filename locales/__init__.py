"""The words of the product: `kk/` and `ru/` hold one catalogue for each conversation and the long texts.

Catalogues are read from `.po` as translators leave them; there is nothing to compile.
"""

from __future__ import annotations

import io
from functools import cache
from gettext import GNUTranslations
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent


@cache
def catalogue(language: str) -> GNUTranslations:
    """Every message of a language ("kk" or "ru"), all conversations together."""
    together = Catalog(locale=language)
    for path in sorted((FOLDER / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id:
                    together.add(message.id, message.string)
    compiled = io.BytesIO()
    write_mo(compiled, together)
    compiled.seek(0)
    return GNUTranslations(compiled)


@cache
def long_text(language: str, name: str) -> str:
    """A long text kept as a file, such as "consent.md"."""
    return (FOLDER / language / name).read_text("utf-8")
