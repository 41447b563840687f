"""What a person may agree to, and the version of the words they agree to.

The words stand in `locales/*/consent.md`; a test keeps their version equal to the one here. Raise both
together whenever the meaning changes: everybody is then asked anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

VERSION = 2


class ConsentKind(StrEnum):
    """Two separate questions of law 94-V: keeping the data, and showing the name and project to everybody."""

    PROCESSING = "processing"
    PUBLICATION = "publication"


@dataclass(frozen=True)
class Consent:
    """One answer to one of the questions; a "no" is an answer too."""

    kind: ConsentKind
    version: int
    competition_id: int | None  # whose organiser the words named; None: no competition was known yet
    agreed: bool
    answered_at: datetime
    withdrawn_at: datetime | None

    def answers(self, competition_id: int | None) -> bool:
        """Whether it is an answer to today's words about this competition (None: about any)."""
        same = None in (self.competition_id, competition_id) or self.competition_id == competition_id
        return self.version == VERSION and self.withdrawn_at is None and same
