"""Links of ours, for tests that come by them."""

from __future__ import annotations

from db import sources
from db.sources import Source
from domain.coverage import SourceKind
from usecases.work import Work


def a_source(work: Work, code: str, lot: str, region: str = "") -> Source:
    """A link of this lot, made by nobody."""
    values = {"region": region, "kind": SourceKind.SCHOOL, "place": "", "made_by": None, "made_at": work.now}
    sources.add(work.session, code=code, lot=lot, name_kk="Мектеп", name_ru="Школа", **values)
    found = sources.with_code(work.session, code)
    assert found
    return found
