"""What every question of the form is asked with: the question itself, a short help, an example."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.form_titles import Say


@dataclass(frozen=True)
class Asking:
    """Made into words when a screen is made, in its language."""

    ask: Say
    help: Say
    example: Say
