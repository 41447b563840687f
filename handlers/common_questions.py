"""The questions and answers as kept in `locales/*/questions.toml`, and the index that finds them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from domain.question_search import Asked, QuestionIndex, build_index
from domain.regions import LANGUAGES
from locales import long_text

FILE = "questions.toml"


@dataclass(frozen=True)
class CommonQuestion:
    """A question with its answer; `answer_closed` stands where the answer needs a competition's settings."""

    key: str
    topic: str
    title: str
    also: tuple[str, ...]
    answer: str
    answer_closed: str | None


@dataclass(frozen=True)
class Topic:
    """Questions that belong together."""

    key: str
    title: str
    questions: tuple[CommonQuestion, ...]


@cache
def topics(spoken: str) -> tuple[Topic, ...]:
    """All topics of a language, in the file's order."""
    return tuple(_topic(raw) for raw in tomllib.loads(long_text(spoken, FILE))["topic"])


@cache
def topic(spoken: str, key: str) -> Topic:
    """The topic of this key; KeyError when there is none."""
    return {one.key: one for one in topics(spoken)}[key]


@cache
def common_question(spoken: str, key: str) -> CommonQuestion:
    """The question of this key; KeyError when there is none."""
    return {one.key: one for one in every_question(spoken)}[key]


def every_question(spoken: str) -> Iterator[CommonQuestion]:
    for one in topics(spoken):
        yield from one.questions


@cache
def index() -> QuestionIndex:
    """Both languages in one index: people mix them, and the screen's language says little about the question's."""
    return build_index(_asked(one) for spoken in LANGUAGES for one in every_question(spoken))


def _asked(one: CommonQuestion) -> Asked:
    return Asked(one.key, (one.title, *one.also), (one.answer, one.answer_closed or ""))


def _topic(raw: dict[str, Any]) -> Topic:
    return Topic(raw["key"], raw["title"], tuple(_question(raw["key"], one) for one in raw["question"]))


def _question(topic_key: str, raw: dict[str, Any]) -> CommonQuestion:
    answer, closed = raw["answer"].strip(), raw.get("answer_closed")
    return CommonQuestion(raw["key"], topic_key, raw["title"], tuple(raw["also"]), answer, closed and closed.strip())
