"""What authors wrote with their ratings, for whoever may read their requests: that it was read is written down.

Figures alone give nobody an author's words: who rules over the staff sees how many stars, and no words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from db import call_figures, tickets
from db.call_figures import Commented, Place
from domain.person import Person
from domain.staff import Action, Member, allowed, lots_for
from usecases.call_figures import Count
from usecases.staff import members_of
from usecases.work import Work

AT_ONCE = 100  # read in one transaction
MOST = 1_000  # the newest


@dataclass(frozen=True)
class Comment:
    """A rating with its words."""

    number: str
    lot: str
    kind: str
    operator: str  # whoever answered or closed last before it was rated, by their name at work
    rating: int
    words: str
    rated_at: datetime


@dataclass
class Comments:
    """The words with the ratings of a period's tickets, on their way: `step` until it is over, then `found`."""

    reader: Person
    since: datetime
    found: list[Comment] = field(default_factory=list)
    _place: Place | None = None

    def step(self, work: Work) -> bool:
        """Read some more, in a transaction, the newest tickets first; False when that was all."""
        members = members_of(work, self.reader)
        lots = lots_for(members, Action.REASSIGN_TICKET)
        if lots is None:  # they have left the office meanwhile
            return False
        read = call_figures.commented(work.session, lots or None, self.since, self._place, AT_ONCE)
        theirs = [one for one, _place in read if _may_read(work, self.reader, members, one)]
        opened = [_opened(work, self.reader, one) for one in theirs[: MOST - len(self.found)]]
        if read:
            self._place = read[-1][1]
        self.found += opened  # last, so that a step that was undone can run again
        return len(read) == AT_ONCE and len(self.found) < MOST


def comments_for(work: Work, count: Count) -> Comments | None:
    """Begin to read the words with the ratings of the same tickets; None for whoever watches over no lot."""
    watches = lots_for(members_of(work, count.reader), Action.REASSIGN_TICKET) is not None
    return Comments(count.reader, count.since) if watches else None


def _may_read(work: Work, reader: Person, members: tuple[Member, ...], one: Commented) -> bool:
    """As at the desk: not what they wrote themselves, nor what is about a decision or an answer of theirs."""
    if reader.id == one.author_id or reader.id in tickets.barred(work.session, one.ticket_id):
        return False
    return any(allowed(member, Action.REASSIGN_TICKET, one.lot or None) for member in members)


def _opened(work: Work, reader: Person, one: Commented) -> Comment:
    tickets.record_opening(work.session, work.now, reader.id, one.author_id, "ticket", one.number)
    words = str(work.vault.open_data(one.sealed).get("text", ""))
    return Comment(one.number, one.lot, one.kind, one.operator, one.rating, words, one.rated_at)
