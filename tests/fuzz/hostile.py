"""What to throw at a function that reads people's words, and how hard.

In the suite some dozens of examples each, always the same; under `make soak` some thousands, new ones each time.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

FEW, MANY = 60, 6_000
LONGEST = 4096  # characters of a Telegram message
HARD = pytest.mark.parametrize("examples", [FEW, pytest.param(MANY, marks=pytest.mark.soak)], ids=["few", "many"])

# Letters that look alike, digits of other alphabets, signs that normalise into several or into none, marks that
# join, characters that turn the direction of writing, halves of a character.
STRANGE = (
    "٣３²½Ⅻßŉİıſﬁﷺⱥẞǅ’ʼ`´ё\u0301й\u200b\u200d\u2060\ufeff\u00ad\u202e\u2067\x00\x1b\x7f\ud800\udfff🧑🏽‍🤝‍🧑🏻₸№…–—−⁄∕"
)
USUAL = "0123456789 \t\n.,;:/\\|()+-_@'\"<>&%{}=#*абвгәғқңөұүһіюяАӘИЕЁabcdexyzIOo"
TOKENS = (*USUAL, *STRANGE, "00", "  ", "- ", "1 ", "а ", "a.", "ж,", "\n\n", "@a.", "мың ", "обл ", "қ.", "иә ", "a'")


def near(*examples: str) -> st.SearchStrategy[str]:
    """Any text: made up, long, or an example with some of its characters changed."""
    made = st.text(max_size=40) | st.text(st.sampled_from(USUAL + STRANGE), max_size=80)
    surrogates = st.text(st.characters(), max_size=10)
    repeated = st.builds(lambda token, times, end: token * times + end, st.sampled_from(TOKENS),
                         st.integers(1, 2048), st.sampled_from(TOKENS)).map(lambda text: text[:LONGEST])  # fmt: skip
    return st.one_of(made, surrogates, repeated, _changed(examples), _changed(examples), _changed(examples))


@st.composite
def _changed(draw: st.DrawFn, examples: tuple[str, ...]) -> str:
    text = draw(st.sampled_from(examples))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(text)))
        taken = draw(st.integers(0, 2))
        text = text[:at] + draw(st.sampled_from(TOKENS)) + text[at + taken :]
    return text


def hold(check: Callable[..., None], examples: int, *strategies: st.SearchStrategy[Any]) -> None:
    """The check holds for so many examples."""
    bounds = settings(
        max_examples=examples,
        derandomize=examples == FEW,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    bounds(given(*strategies)(check))()


REPEATED = (
    " ",
    "\n",
    "a",
    "қ",
    "1",
    ",",
    ".",
    "-",
    "'",
    "₸",
    "\u0301",
    "ﷺ",
    "1 ",
    "а ",
    "ж,",
    "\n ",
    "a.",
    "иә ",
    "@a.",
)


def linear(read: Callable[[str], Any]) -> None:
    """Eight times the length takes about eight times as long, whatever is repeated; not sixty-four times."""
    for token in REPEATED:
        for text in (token * LONGEST, "1" + token * LONGEST):
            long = _seconds(read, text[: LONGEST - 1] + "1")
            if long > 0.01:
                short = _seconds(read, text[: LONGEST // 8 - 1] + "1")
                assert long < max(short * 24, 0.01), f"{token!r}: {short:.4f}s, {long:.4f}s"


def _seconds(read: Callable[[str], Any], text: str) -> float:
    """The best of three, or one quick one."""
    best = 1e9
    for _ in range(3):
        began = time.process_time()
        read(text)
        best = min(best, time.process_time() - began)
        if best < 0.01:
            break
    return best
