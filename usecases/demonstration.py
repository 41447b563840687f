"""The demonstration's competition, open whenever the demonstration is started."""

from __future__ import annotations

from importlib.resources import files

from domain.competition_file import read_competition
from domain.demonstration import shifted
from domain.local_time import local_day
from domain.regions import Words
from usecases.competitions import InForce, competitions_in_force, load_competition
from usecases.order import order
from usecases.work import Work


def load_demonstration(work: Work) -> InForce:
    """Put the sample competition in force, its intake ending two weeks from now.

    While it is open it stays as it was first loaded: a start on the next day moves nothing. Once its intake
    is over, the next start opens it anew, as a new version.
    """
    text, rules = sample()
    code = read_competition(text, order(), rules).code
    for one in competitions_in_force(work):
        if one.competition.code == code and one.competition.open(work.now):
            return one
    return load_competition(work, shifted(text, local_day(work.now)), rules)


def sample() -> tuple[str, Words]:
    """The sample's file and the official texts of its rules."""
    folder = files("programme").joinpath("samples")
    kk, ru = (folder.joinpath(f"rules.{language}.md").read_text("utf-8") for language in ("kk", "ru"))
    return folder.joinpath("competition.toml").read_text("utf-8"), Words(kk, ru)
