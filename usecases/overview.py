"""What matters to a person now: the menu's content."""

from __future__ import annotations

from dataclasses import dataclass

from domain.person import Person
from usecases.competitions import InForce, competitions_in_force
from usecases.work import Work


@dataclass(frozen=True)
class DraftProgress:
    """How far an unfinished application is; `done` and `all` count questions and documents."""

    done: int
    all: int


@dataclass(frozen=True)
class SentApplication:
    """An application on its way."""

    number: str
    state: str


@dataclass(frozen=True)
class Overview:
    """The competitions there are, and what this person has in them."""

    competitions: tuple[InForce, ...]
    draft: DraftProgress | None = None
    application: SentApplication | None = None


def overview(work: Work, person: Person) -> Overview:
    return Overview(competitions_in_force(work))
