"""The demonstration's office: there once, with something in every state."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from sqlalchemy import select

from db.tables import NotificationRow, TicketRow
from domain.staff import Role
from usecases import staff
from usecases.demonstration import load_demonstration
from usecases.demonstration_office import load_office
from usecases.work import Work


def test_everybody_is_there_once(work: Work) -> None:
    lot = load_demonstration(work).competition.lot
    for _ in range(2):
        load_office(work, lot)
    roles = [one.role for one in staff.members(work)]
    assert sorted(roles) == [Role.ADMINISTRATOR, Role.COORDINATOR, Role.OPERATOR, Role.OPERATOR, Role.SUPERVISOR]
    found = work.session.execute(select(TicketRow.state, TicketRow.rating).order_by(TicketRow.id)).all()
    assert sorted(str(state) for state, _rating in found) == ["closed", "open", "open", "taken", "waiting"]
    assert [rating for _state, rating in found if rating] == [5]
    assert work.session.scalars(select(NotificationRow)).all() == []


def test_who_works_there_sits_in_front_of_the_page() -> None:
    people = tomllib.loads(files("sandbox").joinpath("people.toml").read_text("utf-8"))["people"]
    told = tomllib.loads(files("programme").joinpath("samples", "office.toml").read_text("utf-8"))
    wanted = {one["id"]: one["name"] for one in told["staff"]} | {one["author"]: one["name"] for one in told["tickets"]}
    assert wanted.items() <= {one["id"]: one["first_name"] for one in people}.items()
