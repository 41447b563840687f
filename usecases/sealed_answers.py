"""Answers as they are stored: the personal ones sealed, the others plain. Of checks, drafts and applications."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.form import PERSONAL, Answers
from usecases.work import Work


def sealed_apart(work: Work, answers: Answers) -> tuple[dict[str, Any], bytes]:
    """Answers as they are stored: the plain ones, and the personal ones sealed."""
    plain = {key: value for key, value in answers.items() if key not in PERSONAL}
    personal = {key: value for key, value in answers.items() if key in PERSONAL}
    return plain, work.vault.seal_data(personal)


def together(work: Work, plain: Mapping[str, Any], sealed: bytes) -> dict[str, Any]:
    """Stored answers as one mapping again: the other way of `sealed_apart`."""
    return {**plain, **work.vault.open_data(sealed)}
