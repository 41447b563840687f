"""What every use case is given: the open transaction, the time, and the vault for personal data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from db.vault import Vault


@dataclass(frozen=True)
class Work:
    """One transaction at one moment (UTC). The time is given once, so that a use case never sees two."""

    session: Session
    now: datetime
    vault: Vault
