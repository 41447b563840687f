"""Finds the question somebody means, in their own words: Kazakh, Russian, both at once, any letters, with typos.

Words are compared in one plain spelling (domain/spelling.py) and by likeness, since Kazakh grows endings
and keyboards lack letters. A rare word tells more than a frequent one. What is like nothing known finds nothing:
an honest "I do not know" is better than the least bad answer.

The numbers here were chosen by measuring: tests/domain/test_question_search.py holds them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log

from rapidfuzz import process
from rapidfuzz.distance import Indel, Prefix

from domain.spelling import plain
from domain.tables import table

ALIKE, SHORT_ALIKE = 0.75, 0.84  # below this two words (short: up to SHORT letters) are not the same word
SHORT = 6
STEM = 4  # so many first letters in common make a word of the same stem
SAME_STEM, NEAR_STEM = 0.85, 0.7  # how alike such words count: one is the other with an ending, or each has its own
STRANGE, STRANGE_NUMBER = 0.6, 0.1  # how much a word like no known one weighs, against the rarest known one
IN_PHRASE, OF_PHRASE, IN_WORDINGS, IN_ANSWER = 0.3, 0.25, 0.25, 0.2  # shares of the measures of nearness
FOUND = 0.34  # below this the person is told that the answer is not known
MOST_WORDS = 24  # of a long message only the beginning counts
PIECE = re.compile(r"[^\W\d_]+|\d+")

Bag = frozenset[str]


@dataclass(frozen=True)
class Asked:
    """One question as people ask it (its title and other wordings), and the words of its answer."""

    key: str
    phrases: tuple[str, ...]
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """A question that may be meant, and how near it is: 0 to 1."""

    key: str
    nearness: float


@dataclass(frozen=True)
class Phrase:
    """One wording of a question, in plain words, with their weight."""

    key: str
    words: Bag
    weight: float


@dataclass(frozen=True)
class Said:
    """What a person wrote: each word's weight, and the known words it may stand for with their likeness."""

    words: tuple[tuple[float, Mapping[str, float]], ...]

    def known(self) -> dict[str, float]:
        """Every known word that may be meant."""
        best: dict[str, float] = {}
        for _weight, likes in self.words:
            for word, alike in likes.items():
                best[word] = max(best.get(word, 0.0), alike)
        return best

    def covered(self, bag: Bag) -> float:
        """How much of what was said is in this bag of known words, by weight: 0 to 1."""
        total = sum(weight for weight, _likes in self.words)
        return (
            sum(weight * max((likes[w] for w in likes.keys() & bag), default=0.0) for weight, likes in self.words)
            / total
        )


@dataclass(frozen=True)
class QuestionIndex:
    """Every question in plain words. Built once: it never changes while the program runs."""

    phrases: tuple[Phrase, ...]
    wordings: Mapping[str, Bag]
    answers: Mapping[str, Bag]
    weights: Mapping[str, float]
    by_word: Mapping[str, tuple[Phrase, ...]]
    known: tuple[str, ...]
    stems: Mapping[str, tuple[str, ...]]  # first letters -> known words

    def nearest(self, text: str, most: int = 3) -> tuple[Found, ...]:
        """At most so many questions, nearest first; empty when the text is like none of them."""
        words = words_of(text)[:MOST_WORDS]
        said = self._heard([] if _is_courtesy(words) else words)
        known = said.known()
        best: dict[str, float] = {}
        for phrase in {id(phrase): phrase for word in known for phrase in self.by_word.get(word, ())}.values():
            best[phrase.key] = max(best.get(phrase.key, 0.0), self._phrase(said, known, phrase))
        found = [Found(key, nearness + self._question(said, key)) for key, nearness in best.items()]
        found.sort(key=lambda one: (-one.nearness, one.key))
        return tuple(one for one in found[:most] if one.nearness >= FOUND)

    def _heard(self, words: Sequence[str]) -> Said:
        likes = ((word, _like(word, self.known, self.stems)) for word in dict.fromkeys(words))
        return Said(tuple((self._weight(word, one), one) for word, one in likes))

    def _weight(self, word: str, likes: Mapping[str, float]) -> float:
        """How much a word tells: as much as the rarest known one it may stand for; a strange number next to nothing."""
        strange = log(1 + len(self.answers)) * (STRANGE_NUMBER if word.isdecimal() else STRANGE)
        return max((self.weights[known] for known in likes), default=strange)

    def _phrase(self, said: Said, known: Mapping[str, float], phrase: Phrase) -> float:
        """How much of what was said is in the phrase, and how much of the phrase was said."""
        met = sum(self.weights[word] * known.get(word, 0.0) for word in phrase.words)
        return IN_PHRASE * said.covered(phrase.words) + OF_PHRASE * met / phrase.weight

    def _question(self, said: Said, key: str) -> float:
        """How much of what was said is in any wording of the question, and in its answer too."""
        wordings = self.wordings[key]
        return IN_WORDINGS * said.covered(wordings) + IN_ANSWER * said.covered(wordings | self.answers[key])


def build_index(asked: Iterable[Asked]) -> QuestionIndex:
    """The index of these questions; a key may come several times (once for each language)."""
    phrases: list[tuple[str, Bag]] = []
    answers: dict[str, Bag] = {}
    for one in asked:
        phrases += [(one.key, frozenset(words_of(phrase))) for phrase in one.phrases]
        answers[one.key] = answers.get(one.key, frozenset()).union(*map(words_of, one.answers))
    weights = _weights(phrases, answers)
    weighed = tuple(Phrase(key, words, sum(weights[word] for word in words)) for key, words in phrases if words)
    wordings = {key: frozenset[str]().union(*(words for k, words in phrases if k == key)) for key in answers}
    return QuestionIndex(weighed, wordings, answers, weights, _by_word(weighed), tuple(weights), _by_stem(weights))


def words_of(text: str) -> list[str]:
    """The words and numbers of a text in plain spelling, in order."""
    return PIECE.findall(plain(text))


def _is_courtesy(words: Sequence[str]) -> bool:
    """Whether it is all a greeting or thanks."""
    phrases, single = _courtesies()
    return " ".join(words) in phrases or single.issuperset(words)


@cache
def _courtesies() -> tuple[Bag, Bag]:
    known = table("courtesies")
    phrases = frozenset(" ".join(words_of(phrase)) for phrase in known["phrases"])
    return phrases, frozenset(word for phrase in known["words"] for word in words_of(phrase))


def _weights(phrases: Iterable[tuple[str, Bag]], answers: Mapping[str, Bag]) -> dict[str, float]:
    """The rarer a word among the questions, the more it tells."""
    by_key: dict[str, set[str]] = {key: set() for key in answers}
    for key, phrase in phrases:
        by_key[key] |= phrase
    counts = Counter(word for words in by_key.values() for word in words)
    every = set(counts).union(*answers.values())
    return {word: log(1 + len(by_key) / max(1, counts[word])) for word in every}


def _by_word(phrases: Iterable[Phrase]) -> dict[str, tuple[Phrase, ...]]:
    places: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in phrases:
        for word in phrase.words:
            places[word].append(phrase)
    return {word: tuple(found) for word, found in places.items()}


def _by_stem(known: Iterable[str]) -> dict[str, tuple[str, ...]]:
    stems: dict[str, list[str]] = defaultdict(list)
    for word in known:
        stems[word[:STEM]].append(word)
    return {stem: tuple(words) for stem, words in stems.items()}


def _like(word: str, known: Sequence[str], stems: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """Known words like this one: the same, a typo away, or of the same stem."""
    begin_alike = stems.get(word[:STEM], ())
    if len(word) < STEM or word.isdecimal():
        return {word: 1.0} if word in begin_alike else {}
    cutoff = SHORT_ALIKE if len(word) <= SHORT else ALIKE
    near = process.extract(word, known, scorer=Indel.normalized_similarity, score_cutoff=cutoff, limit=None)
    likes = {found: score for found, score, _place in near}
    for found in begin_alike:
        likes[found] = max(likes.get(found, 0.0), _stem_alike(word, found))
    return {found: alike for found, alike in likes.items() if alike}


def _stem_alike(one: str, other: str) -> float:
    """How alike two words are that begin alike: with endings of their own, as Kazakh and Russian have them."""
    common, shorter = Prefix.similarity(one, other), min(len(one), len(other))
    if common >= max(STEM, shorter - 1):
        return SAME_STEM
    return NEAR_STEM if common > STEM and common >= 0.62 * shorter else 0.0
