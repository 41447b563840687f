"""The long texts (questions, consent, rules, about) in both languages: same shape, within their limits, in the
trade's words, typed in one alphabet. What people themselves say (`also`) is exempt from spelling, never from
mixed alphabets."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
LANGUAGES = ("kk", "ru")
COMMANDS = [
    "start",
    "check",
    "apply",
    "status",
    "ask",
    "tickets",
    "questions",
    "data",
    "notifications",
    "language",
    "cancel",
    "help",
]
PLACEHOLDERS = {"max_amount", "age_from", "age_to", "opens", "closes", "results"}
PLACEHOLDERS |= {"region_quotas", "lot_regions", "file_formats", "file_limit", "documents"}
PLACEHOLDERS |= {"call_centre_phone", "call_centre_hours", "criteria", "rework_hours"}
CONSENT_PLACEHOLDERS = {"organiser", "years"}

# Stems that have a word of the trade instead (өтінім, өңір, өлшемшарт, заявка …).
FORBIDDEN = {
    "kk": r"өтініш|аймақ|аймағ|арыз|критери|ментор|тренер|протокол|жалоб|поставщик|заявк|заявлени|персонал"
    r"|колл-центр|грантист|бенефициар|жеке\sдерек|жеке\sмәлімет|счет|справк",
    "ru": r"заявлени|аппликант|грантист|бенефициар|личн\w+\sданн|апелляци|аймак|облыс",
}
# Kazakh words written without their own letters, the commonest slips of a Russian keyboard.
WITHOUT_KAZAKH_LETTERS = re.compile(r"(жане|ушин|калай|кандай|кажет|кужат|бурын|сурак|озиниз|мумкин)")
# Kazakh never needs these letters but in words taken over whole.
LOAN_LETTERS = re.compile(r"[ёщъьц]")
LOANS = re.compile(r"медицина|полиция|демонстрациялық")
KAZAKH_LETTERS = re.compile(r"[әғқңөұүһі]")
# Names and the language switch stand in the other language on purpose.
KAZAKH_IN_RUSSIAN = {"алқа", "күміс", "тілді"}
RUSSIAN_IN_KAZAKH = {"сменить"}


def read_toml(language: str, name: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / "locales" / language / name).read_text("utf-8"))


def sections(path: Path, mark: str) -> dict[str, str]:
    """The text under each heading, by heading, in order."""
    parts = re.split(rf"(?m)^{mark} (.+)\n", path.read_text("utf-8"))[1:]
    return dict(zip(parts[::2], (body.strip() for body in parts[1::2]), strict=True))


def questions(language: str) -> dict[str, dict[str, Any]]:
    """Every question by "topic.question", in order."""
    topics = read_toml(language, "questions.toml")["topic"]
    return {f"{t['key']}.{q['key']}": q for t in topics for q in t["question"]}


def consent(language: str) -> dict[str, str]:
    return sections(ROOT / "locales" / language / "consent.md", "#")


def rules(language: str) -> dict[str, str]:
    return sections(ROOT / "programme" / "samples" / f"rules.{language}.md", "##")


def shown(language: str) -> Iterator[tuple[str, str]]:
    """Everything the product itself says in this language: (where, text)."""
    for topic in read_toml(language, "questions.toml")["topic"]:
        yield topic["key"], topic["title"]
    for key, question in questions(language).items():
        for field in {"title", "answer", "answer_closed"} & question.keys():
            yield f"{key}.{field}", question[field]
    about = read_toml(language, "about.toml")
    yield from ((field, about[field]) for field in ("description", "short_description"))
    yield from about["commands"].items()
    yield from ((f"consent {heading}", text) for heading, text in consent(language).items())
    yield from ((f"rules {heading}", f"{heading}\n{text}") for heading, text in rules(language).items())


def said(language: str) -> Iterator[tuple[str, str]]:
    """What is shown, and how people ask."""
    yield from shown(language)
    yield from ((key, way) for key, question in questions(language).items() for way in question["also"])


def placeholders(text: str) -> Counter[str]:
    return Counter(re.findall(r"\{(.*?)\}", text))


def commands(text: str) -> list[str]:
    return re.findall(r"(?<![\w<])/([a-z]+)", text)


def words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", re.sub(r"\{\w+\}|</?[bi]>|/[a-z]+", " ", text))


def tag_faults(text: str) -> list[str]:
    """Tags other than <b>, <i>, tags that cross or stay open, and signs that Telegram would take for HTML."""
    faults = re.findall(r"&|<(?!/?[bi]>)|(?<!<b)(?<!<i)(?<!</b)(?<!</i)>", text)
    opened: list[str] = []
    for closing, tag in re.findall(r"<(/?)([bi])>", text):
        if not closing:
            opened.append(tag)
        elif not opened or opened.pop() != tag:
            faults.append(f"</{tag}>")
    return faults + opened


def test_both_languages_ask_the_same_questions_in_the_same_order() -> None:
    kk, ru = (read_toml(language, "questions.toml")["topic"] for language in LANGUAGES)
    assert [topic["key"] for topic in kk] == [topic["key"] for topic in ru]
    assert list(questions("kk")) == list(questions("ru"))
    assert len(questions("kk")) == sum(len(topic["question"]) for topic in kk)


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_fit_their_buttons_and_messages(language: str) -> None:
    for topic in read_toml(language, "questions.toml")["topic"]:
        assert 0 < len(topic["title"]) <= 30, topic["key"]
    for key, question in questions(language).items():
        assert question.keys() - {"answer_closed"} == {"key", "title", "also", "answer"}, key
        assert 0 < len(question["title"]) <= 60, key
        assert 3 <= len(question["also"]) <= 8, key
        for field in {"answer", "answer_closed"} & question.keys():
            assert 0 < len(question[field]) <= 1200, (key, field)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_questions_are_asked_in_the_same_words(language: str) -> None:
    ways = [q["title"] for q in questions(language).values()]
    ways += [way for q in questions(language).values() for way in q["also"]]
    assert [way for way, times in Counter(way.casefold() for way in ways).items() if times > 1] == []


def test_answers_use_the_same_known_placeholders_in_both_languages() -> None:
    russian = questions("ru")
    for key, question in questions("kk").items():
        used = placeholders(question["answer"])
        assert used == placeholders(russian[key]["answer"]), key
        assert used.keys() <= PLACEHOLDERS, key
    assert {p for q in russian.values() for p in placeholders(q["answer"])} == PLACEHOLDERS


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_with_placeholders_has_another_for_when_nothing_is_open(language: str) -> None:
    for key, question in questions(language).items():
        assert bool(placeholders(question["answer"])) == ("answer_closed" in question), key
        for text in (question["title"], question.get("answer_closed", ""), *question["also"]):
            assert "{" not in text, key


def test_both_languages_send_people_to_the_same_commands() -> None:
    russian = questions("ru")
    for key, question in questions("kk").items():
        for field in {"answer", "answer_closed"} & question.keys():
            assert Counter(commands(question[field])) == Counter(commands(russian[key][field])), (key, field)


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_commands_that_exist_are_named(language: str) -> None:
    assert {name for _, text in shown(language) for name in commands(text)} <= set(COMMANDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_about_fits_what_telegram_takes(language: str) -> None:
    about = read_toml(language, "about.toml")
    assert list(about) == ["description", "short_description", "commands"]
    assert 0 < len(about["description"]) <= 512
    assert 0 < len(about["short_description"]) <= 120
    assert list(about["commands"]) == COMMANDS
    assert [name for name, text in about["commands"].items() if not 0 < len(text) <= 60] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_consent_is_versioned_and_begins_with_its_gist(language: str) -> None:
    text = (ROOT / "locales" / language / "consent.md").read_text("utf-8")
    assert re.match(r"version: \d+\n", text)
    assert list(consent(language)) == ["processing", "publication"]
    for heading, body in consent(language).items():
        assert len(body) <= 2500, heading
        assert re.match(r"<b>[^\n<]+\n[^\n<]+\n[^\n<]+</b>\n\n", body), heading
        assert placeholders(body).keys() == CONSENT_PLACEHOLDERS, heading
        assert "/data" in body, heading


def test_consent_has_one_version_and_the_same_placeholders() -> None:
    texts = [(ROOT / "locales" / language / "consent.md").read_text("utf-8") for language in LANGUAGES]
    versions = {text.partition("\n")[0] for text in texts}
    assert len(versions) == 1
    for heading, body in consent("kk").items():
        assert placeholders(body) == placeholders(consent("ru")[heading]), heading


def test_sample_rules_say_in_both_languages_that_they_are_a_sample() -> None:
    for language, mark in (("kk", "емонстрациялық үлгі"), ("ru", "емонстрационный образец")):
        bodies = list(rules(language).values())
        assert mark in bodies[0]
        assert mark in bodies[-1]
    assert len(rules("kk")) == len(rules("ru"))
    for kk, ru in zip(rules("kk").values(), rules("ru").values(), strict=True):
        assert re.findall(r"\d+", kk) == re.findall(r"\d+", ru)


@pytest.mark.parametrize("language", LANGUAGES)
def test_sections_of_the_rules_fit_a_page_of_the_chat(language: str) -> None:
    for heading, body in rules(language).items():
        assert len(heading) <= 60, heading
        assert 0 < len(body) <= 3000, heading
        assert "{" not in body, heading


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_bold_and_italic_and_every_tag_closed(language: str) -> None:
    assert [(where, faults) for where, text in shown(language) if (faults := tag_faults(text))] == []


@pytest.mark.parametrize("text", ["<b>x", "x</b>", "<b><i>x</b></i>", "<u>x</u>", "a & b", "1 < 2", "2 > 1"])
def test_a_wrong_tag_is_seen(text: str) -> None:
    assert tag_faults(text) != []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_the_trade_are_used(language: str) -> None:
    stems = re.compile(rf"\b(?:{FORBIDDEN[language]})", re.IGNORECASE)
    assert [(where, found) for where, text in shown(language) if (found := stems.findall(text))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_mixes_alphabets(language: str) -> None:
    mixed = re.compile(r"[a-z].*[а-яёәғқңөұүһі]|[а-яёәғқңөұүһі].*[a-z]", re.IGNORECASE)
    assert [(where, word) for where, text in said(language) for word in words(text) if mixed.search(word)] == []


def test_kazakh_is_typed_with_kazakh_letters() -> None:
    slips = [
        (where, word)
        for where, text in shown("kk")
        for word in words(text.casefold())
        if WITHOUT_KAZAKH_LETTERS.match(word)
        or (LOAN_LETTERS.search(word) and not LOANS.match(word) and word not in RUSSIAN_IN_KAZAKH)
    ]
    assert slips == []


def test_russian_has_kazakh_letters_only_in_names() -> None:
    found = {word for _, text in shown("ru") for word in words(text.casefold()) if KAZAKH_LETTERS.search(word)}
    assert found <= KAZAKH_IN_RUSSIAN


@pytest.mark.parametrize("language", LANGUAGES)
def test_punctuation_is_typeset(language: str) -> None:
    """No doubled spaces, no word twice, no space before a comma, no straight quotes, no hyphen for a dash."""
    slip = re.compile(r'  | [,.;:!?](?!\w)|"| - | \n| $|,,|\.\.')
    for where, text in shown(language):
        assert slip.findall(text) == [], where
        assert text.count("«") == text.count("»"), where
        spoken = re.findall(r"\w+|[^\w\s]", text.casefold())
        assert [a for a, b in pairwise(spoken) if a == b and a.isalpha()] == [], where


def test_kazakh_addresses_the_person_politely() -> None:
    """The polite «Сіз» with a capital letter, never «сен»."""
    pronoun = re.compile(r"\b(?:сіз(?:ге|ді|дің|ден|бен|дер)?|сен|сенің|саған|сені)\b")
    assert [(where, found) for where, text in shown("kk") if (found := pronoun.findall(text))] == []
