"""Competitions put in force without a file: for tests that are about what happens in one, not about reading it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256

import pytest
from sqlalchemy.orm import Session

from db import competitions
from domain.competition import Competition
from domain.regions import Order, Words
from tests.factories import NOW
from usecases import competitions as usecases_competitions
from usecases.competitions import InForce

PutInForce = Callable[[Session, Competition], InForce]


@contextmanager
def competitions_from_values() -> Iterator[PutInForce]:
    """While it lasts, a version's text is looked up among the values put in force here."""
    known: dict[str, Competition] = {}

    def read(text: str, _order: Order, _rules: Words) -> Competition:
        return known[text]

    def put(session: Session, competition: Competition) -> InForce:
        text = repr(competition)
        known[text] = competition
        digest = sha256(text.encode()).hexdigest()
        version = competitions.put_in_force(session, competition, text, competition.rules_text, digest, NOW)
        return InForce(version.competition_id, version.id, version.number, competition)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(usecases_competitions, "read_competition", read)
        yield put
