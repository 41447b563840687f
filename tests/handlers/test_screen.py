"""How buttons are laid out."""

from __future__ import annotations

from handlers.screen import Button, in_pairs


def lines(*labels: str) -> list[list[str]]:
    return [[button.label for button in line] for line in in_pairs([Button(label) for label in labels])]


def test_short_labels_stand_in_pairs_and_a_long_one_alone() -> None:
    long = "✏️ Отбасылық жағдайыңыз қандай"
    assert lines("a", "b", "c") == [["a", "b"], ["c"]]
    assert lines("a", long, "b", "c", long) == [["a"], [long], ["b", "c"], [long]]
    assert lines() == []
