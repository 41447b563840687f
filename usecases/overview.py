"""What matters to a person now: the menu's content."""

from __future__ import annotations

from dataclasses import dataclass

from domain.draft import Progress
from domain.person import Person
from usecases import own_applications
from usecases.checks import Check, Standing, latest_check, standing
from usecases.competitions import InForce, competitions_in_force
from usecases.documents import filled, papers
from usecases.drafts import open_draft, progress
from usecases.own_applications import Standing as SentApplication
from usecases.own_competition import own_by_check
from usecases.work import Work


@dataclass(frozen=True)
class BegunApplication:
    """An application being written; `open`: it can still be sent, or will be."""

    progress: Progress
    open: bool


@dataclass(frozen=True)
class Overview:
    """The competitions there are (the person's own apart from the others), and what this person has in them.

    `application`: the one that stands, else the newest. `check` is there once a question of it has an answer.
    """

    own: InForce | None
    others: tuple[InForce, ...]
    draft: BegunApplication | None
    application: SentApplication | None
    check: Standing | None
    staff: bool = False  # has work in the office

    @property
    def verdict(self) -> Check | None:
        """The check, if it is judged."""
        return self.check.check if self.check and self.check.check.judged_at else None


def overview(work: Work, person: Person) -> Overview:
    check = latest_check(work, person)
    own = own_by_check(work, person, lambda: check)
    others = tuple(one for one in competitions_in_force(work) if own is None or one.id != own.id)
    sent = own_applications.standing_of(work, person)
    return Overview(own, others, _begun(work, person), sent, _check(work, check), person.staff)


def _begun(work: Work, person: Person) -> BegunApplication | None:
    draft = open_draft(work, person)
    if draft is None:
        return None
    done = progress(draft, filled(papers(work, draft)))
    return BegunApplication(done, work.now < draft.competition.competition.dates.intake_closes)


def _check(work: Work, check: Check | None) -> Standing | None:
    return standing(work, check) if check and check.answers else None
