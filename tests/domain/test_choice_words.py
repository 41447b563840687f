"""Words in place of buttons: only what is clear is taken."""

from __future__ import annotations

import pytest

from domain.check_form import CHECK, CheckKind
from domain.choice_words import option_said, yes_said
from domain.refusal import Reason, Refused
from domain.tables import table

OPTIONS = {one.key: one.options for one in CHECK if one.kind is CheckKind.CHOICE} | {"optional": ("skip",)}


@pytest.mark.parametrize(
    ("key", "text", "option"),
    [
        ("working", "Жұмыс істемеймін", "no"),
        ("working", "жумыс истемеймин", "no"),
        ("working", "zhumys istemeimin", "no"),
        ("working", "не работаю!", "no"),
        ("working", "  Да  ", "yes"),
        ("working", "Иә.", "yes"),
        ("working", "+", "yes"),
        ("studying", "Заочно", "part_time"),
        ("studying", "күндізгі бөлімде оқимын", "full_time"),
        ("studying", "нет", "no"),
        ("citizenship", "иә", "kazakhstan"),
        ("citizenship", "нет", "other"),
        ("citizenship", "Гражданка РК", "kazakhstan"),
        ("registration", "прописка жоқ", "none"),
        ("registration", "временная", "temporary"),
        ("registration", "тұрақты", "permanent"),
        ("training", "жоқ", "no"),
    ],
)
def test_clear_words(key: str, text: str, option: str) -> None:
    assert option_said(text, key, OPTIONS[key]) == option


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("working", "иногда работаю"),
        ("working", "кейде"),
        ("working", "?"),
        ("working", "декреттемін"),  # on leave from a job
        ("working", ""),
        ("working", "да нет"),
        ("studying", "да"),  # full-time or part-time?
        ("registration", "да"),  # permanent or temporary?
        ("working", "да" * 1000),
        ("working", "учусь"),
    ],
)
def test_unclear_words_are_asked_again(key: str, text: str) -> None:
    with pytest.raises(Refused) as refused:
        option_said(text, key, OPTIONS[key])
    assert refused.value.reason is Reason.NOT_A_CHOICE


def test_a_phrase_of_one_option_never_means_another() -> None:
    for key, options in table("answers").items():
        said = [(text, option) for option, texts in options.items() for text in texts]
        for text, option in said:
            if key == "any":
                assert yes_said(text) is (option == "yes")
            else:
                assert option_said(text, key, OPTIONS[key]) == option, (key, text)


@pytest.mark.parametrize(("text", "meant"), [("иә", True), ("нет!", False), ("04.05.2001", None), ("", None)])
def test_yes_and_no(text: str, meant: bool | None) -> None:
    assert yes_said(text) is meant
