"""How the program runs a use case: in a transaction of its own, at the present moment, with the vault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from bot.clock import Clock
from db.session import Database
from db.vault import Vault
from usecases.work import Work

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Transactions:
    """Gives every use case its Work; nobody else in the running program makes one."""

    database: Database
    vault: Vault
    clock: Clock

    async def run(self, usecase: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Committed when the use case returns, undone when it raises. Its time is that at which it begins."""

        def now(session: Session) -> T:
            return usecase(Work(session, self.clock(), self.vault), *args, **kwargs)

        return await self.database.transaction(now)
