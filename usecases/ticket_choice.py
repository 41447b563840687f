"""What an operator may choose from: lots to narrow the queue by, roles, lots and colleagues to pass a ticket on to."""

from __future__ import annotations

from db.ticket_queue import Wanted
from usecases.staff import lots


def other_lots(lot: str) -> tuple[str, ...]:
    """Lots that a ticket may be passed on to."""
    return tuple(one for one in lots() if one != lot)


__all__ = ["Wanted", "other_lots"]
