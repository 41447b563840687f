"""The questions about where the person lives and what they took part in, in words."""

from __future__ import annotations

from handlers.application.words import Asking
from handlers.language import _

ADDRESS: dict[str, Asking] = {
    "region": Asking(
        lambda: _("In which region are you registered?"),
        lambda: _("The grants of each region are counted apart. This competition is for the regions on the buttons."),
        lambda: _("you may also write your town: the region is found by it"),
    ),
    "registration": Asking(
        lambda: _("What registration do you have there?"),
        lambda: _("You can see it in eGov: certificate of registration at the place of residence."),
        lambda: _("rent a flat and registered there for a year: “Temporary registration”"),
    ),
    "settlement_kind": Asking(
        lambda: _("Where do you live: in a city or in a village?"),
        lambda: _("By the address of your registration."),
        lambda: _("if you live in an aul, press “Village”"),
    ),
    "district": Asking(
        lambda: _("Which district is it?"),
        lambda: _("A district of the region or of the city. If there is none, write the town once more."),
        lambda: _("Zhanakorgan district"),
    ),
    "settlement": Asking(
        lambda: _("What is your town or village called?"),
        lambda: _("Only its name."),
        lambda: _("Zhanakorgan village"),
    ),
    "street": Asking(
        lambda: _("Which street?"),
        lambda: _("If there are no streets, write the microdistrict or the name of the place."),
        lambda: _("Abai street"),
    ),
    "house": Asking(
        lambda: _("Which house?"),
        lambda: _("The number, with its letter or building if there is one."),
        lambda: _("12a"),
    ),
    "flat": Asking(
        lambda: _("Which flat?"),
        lambda: _("If you live in a house without flats, press “Skip”."),
        lambda: "45",
    ),
    "vulnerable_groups": Asking(
        lambda: _("Does anything of this list fit you?"),
        lambda: _("Tick everything that fits; a paper about it is asked for later. It never lowers your chances."),
        lambda: _("if nothing fits, press “None of these”"),
    ),
    "earlier_programmes": Asking(
        lambda: _("Have you taken part in state programmes for young people before?"),
        lambda: _("Tick everything that you took part in. It does not stop you from applying."),
        lambda: _("worked in summer with Zhasyl El: tick “Zhasyl El”"),
    ),
    "earlier_other": Asking(
        lambda: _("Which other programme was it?"),
        lambda: _("Its name and the year, as you remember them."),
        lambda: _("Youth practice, 2023"),
    ),
    "learned_from": Asking(
        lambda: _("How did you learn of the programme?"),
        lambda: _("It helps us tell more young people about it."),
        lambda: _("saw a post on Instagram: “Social networks”"),
    ),
    "social_pages": Asking(
        lambda: _("What are your pages in social networks?"),
        lambda: _("Links or names, separated by commas. If you have none, press “Skip”."),
        lambda: "instagram.com/aigerim_example",
    ),
}
