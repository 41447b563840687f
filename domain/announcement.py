"""An announcement: what it says in each language, where it stands, and what became of it for each recipient."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any

from domain.audience import Audience
from domain.message_limits import CAPTION_LIMIT, TEXT_LIMIT
from domain.refusal import Reason, Refused
from domain.regions import LANGUAGES, Words

DELETABLE = timedelta(hours=48)  # how long Telegram lets a bot delete its message
MOST_MEDIA = 10  # sendMediaGroup
MOST_LINKS = 3
LONGEST_LABEL = 40


class Stage(StrEnum):
    """Where an announcement stands."""

    DRAFT = "draft"
    ASKED = "asked"  # waits for a second person's approval
    PLANNED = "planned"  # goes out at its time
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    DONE = "done"


SENDING = frozenset({Stage.PLANNED, Stage.RUNNING, Stage.PAUSED})
OVER = frozenset({Stage.STOPPED, Stage.DONE})
MOVES: Mapping[Stage, frozenset[Stage]] = {
    Stage.DRAFT: frozenset({Stage.ASKED, Stage.PLANNED}),
    Stage.ASKED: frozenset({Stage.DRAFT, Stage.PLANNED}),
    Stage.PLANNED: frozenset({Stage.DRAFT, Stage.RUNNING, Stage.ASKED}),
    Stage.RUNNING: frozenset({Stage.PAUSED, Stage.STOPPED, Stage.DONE}),
    Stage.PAUSED: frozenset({Stage.RUNNING, Stage.STOPPED}),
    Stage.STOPPED: frozenset({Stage.RUNNING}),  # to correct or delete what was sent
    Stage.DONE: frozenset({Stage.RUNNING}),
}


class Doing(StrEnum):
    """What is being done to recipients while it runs."""

    SEND = "send"
    RETRY = "retry"  # send it once more to those whom it did not reach
    CORRECT = "correct"  # give what was sent the words as they are now
    DELETE = "delete"


class Fate(StrEnum):
    """What became of it for one recipient."""

    WAITING = "waiting"
    QUEUED = "queued"  # stands in the outbox
    SENT = "sent"
    BLOCKED = "blocked"  # the bot is blocked, or the account gone
    FAILED = "failed"
    MUTED = "muted"  # switched off, or no consent any more
    CHANGING = "changing"  # sent; its correction or deletion stands in the outbox
    DELETED = "deleted"


SENDS = frozenset({Doing.SEND, Doing.RETRY})
IN_OUTBOX = frozenset({Fate.QUEUED, Fate.CHANGING})


@dataclass(frozen=True)
class Medium:
    """A file that Telegram has: "photo", "video" or "document"."""

    kind: str
    file_id: str


@dataclass(frozen=True)
class Said:
    """The words of one language, in Telegram's HTML; `length` in UTF-16 units without tags, as Telegram counts."""

    text: str
    length: int
    media: tuple[Medium, ...] = ()

    @property
    def limit(self) -> int:
        """How long the words may be: under one file they are its caption, under an album a message of their own."""
        return CAPTION_LIMIT if len(self.media) == 1 else TEXT_LIMIT


@dataclass(frozen=True)
class Link:
    """A button that opens an address, with its label in both languages."""

    url: str
    kk: str
    ru: str

    def label(self, language: str) -> str:
        return self.kk if language == "kk" else self.ru


@dataclass(frozen=True)
class Content:
    """What an announcement says. `only`: the one language it is sent in, to everybody; empty: each in their own."""

    said: Mapping[str, Said]
    only: str = ""
    links: tuple[Link, ...] = ()
    apply: bool = False
    ask: bool = False

    def for_reader(self, language: str | None) -> Said | None:
        """What somebody of this language is shown; None when that is not written."""
        return self.said.get(self.only or language or LANGUAGES[0])

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it is sent in."""
        return (self.only,) if self.only else LANGUAGES

    def missing(self) -> tuple[str, ...]:
        """The languages in which it still says nothing."""
        return tuple(one for one in self.languages if one not in self.said)

    def kept(self) -> dict[str, Any]:
        """As JSON; `Content.of` reads it."""
        said = {
            language: [one.text, one.length, [[medium.kind, medium.file_id] for medium in one.media]]
            for language, one in self.said.items()
        }
        links = [[one.url, one.kk, one.ru] for one in self.links]
        return {"said": said, "only": self.only, "links": links, "apply": self.apply, "ask": self.ask}

    @staticmethod
    def of(stored: Mapping[str, Any]) -> Content:
        said = {
            language: Said(text, length, tuple(Medium(*one) for one in media))
            for language, (text, length, media) in stored.get("said", {}).items()
        }
        links = tuple(Link(*one) for one in stored.get("links", ()))
        return Content(said, stored.get("only", ""), links, stored.get("apply", False), stored.get("ask", False))


@dataclass(frozen=True)
class Before:
    """What a correction that waits for a second person would change; `by`: who wrote the correction."""

    content: Content
    stage: Stage
    edited_by: Sequence[int]
    by: int

    def kept(self) -> dict[str, Any]:
        """As JSON; `Before.of` reads it."""
        stood = {"stage": self.stage.value, "edited_by": list(self.edited_by), "by": self.by}
        return {"content": self.content.kept(), **stood}

    @staticmethod
    def of(stored: Mapping[str, Any]) -> Before:
        content = Content.of(stored["content"])
        return Before(content, Stage(stored["stage"]), tuple(stored["edited_by"]), stored["by"])


@dataclass(frozen=True)
class NamedList:
    """An uploaded list as a coordinator knows it: the name of its file ("" for one that was written), its people."""

    name: str
    found: int
    reading: bool = False
    refused: bool = False


@dataclass(frozen=True)
class Announcement:
    """An announcement as stored. `lots`: those its audience is cut to (none: all)."""

    id: int
    author_id: int | None
    lots: frozenset[str]
    content: Content
    audience: Audience
    stage: Stage
    doing: Doing
    operation: int  # which sending, correcting or deleting this is, counted from 1
    planned_at: datetime | None
    size: int | None  # recipients when it was last counted
    approved_by: int | None
    begun_at: datetime | None
    ended_at: datetime | None
    touched_at: datetime
    built_to: int  # person id up to which the ledger is built
    build_until: int | None  # up to which it is to be; None: not begun
    samples: Sequence[tuple[float, int]] = ()  # moments (Unix time) and how many were left then: for the rate
    card: int | None = None  # the number of the message that shows its progress
    card_at: datetime | None = None
    before: Before | None = None  # while its correction waits for a second person
    approved_size: int | None = None  # recipients when it was approved; None: nobody has
    asked_by: int | None = None  # who let it go last
    edited_by: Sequence[int] = ()  # everybody who changed its words, buttons or audience
    returns_to: Stage | None = None  # where it stands once what is being done is over; None: done
    sources: Mapping[str, Words] = field(default_factory=dict)  # names of links that its audience asks about
    lists: Mapping[int, NamedList] = field(default_factory=dict)  # those its audience names, when it is looked at

    @property
    def built(self) -> bool:
        """Whether every recipient stands in the ledger."""
        return self.build_until is not None and self.built_to >= self.build_until

    @property
    def makers(self) -> frozenset[int]:
        """Everybody who had a hand in it: what they made is approved by somebody else."""
        return frozenset(found for found in (self.author_id, self.asked_by, *self.edited_by) if found is not None)

    @property
    def mark(self) -> str:
        """Ten characters for what is decided on: others once words, audience, time, size or what is done change."""
        before = self.before.kept() if self.before else None
        decided = (self.content.kept(), self.audience.kept(), sorted(self.lots), str(self.planned_at), self.size)
        said = json.dumps((*decided, before, self.operation), sort_keys=True)
        return sha256(said.encode()).hexdigest()[:10]

    @property
    def editable(self) -> bool:
        return self.stage is Stage.DRAFT


def require_move(stage: Stage, new: Stage) -> None:
    """Refused(NOT_A_STEP) when an announcement cannot go there from here."""
    if new not in MOVES[stage]:
        raise Refused(Reason.NOT_A_STEP, state=stage.value)


def require_stage(stage: Stage, *wanted: Stage) -> None:
    """Refused(NOT_A_STEP) when it does not stand at one of these."""
    if stage not in wanted:
        raise Refused(Reason.NOT_A_STEP, state=stage.value)


def require_fit(said: Said) -> None:
    """Refused: TOO_LONG (facts: limit, length), TOO_MANY_FILES (limit), EMPTY (an album needs words under it)."""
    if said.length > said.limit:
        raise Refused(Reason.TOO_LONG, limit=said.limit, length=said.length)
    if len(said.media) > MOST_MEDIA:
        raise Refused(Reason.TOO_MANY_FILES, limit=MOST_MEDIA)
    if not said.length and len(said.media) != 1:
        raise Refused(Reason.EMPTY)
