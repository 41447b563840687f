"""The words of every option of the form's questions: on buttons, in the review, in the PDF."""

from __future__ import annotations

from handlers.form_titles import Say
from handlers.language import _

OPTIONS: dict[str, dict[str, Say]] = {
    "sex": {"female": lambda: _("Female"), "male": lambda: _("Male")},
    "citizenship": {
        "kazakhstan": lambda: _("Citizen of Kazakhstan"),
        "other": lambda: _("Another country or none"),
    },
    "marital_status": {
        "single": lambda: _("Not married"),
        "married": lambda: _("Married"),
        "divorced": lambda: _("Divorced"),
        "widowed": lambda: _("Widowed"),
    },
    "working": {"no": lambda: _("No, I do not work"), "yes": lambda: _("Yes, I work")},
    "studying": {
        "no": lambda: _("No, I do not study"),
        "part_time": lambda: _("Yes, part-time"),
        "full_time": lambda: _("Yes, full-time"),
    },
    "training": {"no": lambda: _("No, I am not in training"), "yes": lambda: _("Yes, I am in training")},
    "unemployed_for": {
        "months_3": lambda: _("Up to 3 months"),
        "months_6": lambda: _("Up to 6 months"),
        "year_1": lambda: _("Up to 1 year"),
        "years_3": lambda: _("Up to 3 years"),
        "more": lambda: _("More than 3 years"),
    },
    "education": {
        "none": lambda: _("No certificate"),
        "classes_9": lambda: _("9 classes"),
        "classes_11": lambda: _("11 classes"),
        "college": lambda: _("College"),
        "bachelor": lambda: _("Bachelor"),
        "master": lambda: _("Master or doctor"),
    },
    "registration": {
        "permanent": lambda: _("Permanent registration"),
        "temporary": lambda: _("Temporary registration"),
        "none": lambda: _("Not registered in this region"),
    },
    "settlement_kind": {
        "city": lambda: _("City or regional centre"),
        "village": lambda: _("Village"),
        "urban_type": lambda: _("Urban-type settlement"),
    },
    "vulnerable_groups": {
        "registered_unemployed": lambda: _("Registered as unemployed"),
        "low_income": lambda: _("Low-income family"),
        "large_family": lambda: _("Large family"),
        "orphan": lambda: _("Orphan"),
        "disability": lambda: _("Disability, group 1–3"),
        "disabled_child": lambda: _("Parent of a child with disability"),
        "mother_award": lambda: _("Mother with an Altyn alqa or Kumis alqa"),
        "rural": lambda: _("I live in a village"),
        "none": lambda: _("None of these"),
    },
    "earlier_programmes": {
        "zhas_project": lambda: "ZHAS PROJECT",
        "zhasyl_el": lambda: _("Zhasyl El"),
        "bastau_business": lambda: _("Bastau Business"),
        "with_diploma_to_village": lambda: _("With a diploma to the village"),
        "other": lambda: _("Another programme"),
        "none": lambda: _("I took part in none"),
    },
    "learned_from": {
        "social_networks": lambda: _("Social networks"),
        "media": lambda: _("Newspapers, TV, websites"),
        "meeting": lambda: _("A meeting or event"),
        "ngo": lambda: _("A public organisation (NGO)"),
        "state_body": lambda: _("A state body"),
        "friends": lambda: _("Friends or relatives"),
        "posters": lambda: _("Posters and leaflets"),
    },
    "funded_elsewhere": {
        "no": lambda: _("No, it is not funded elsewhere"),
        "yes": lambda: _("Yes, it got money elsewhere"),
    },
}
