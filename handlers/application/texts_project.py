"""The questions about the project, its plan and its budget, in words."""

from __future__ import annotations

from handlers.application.words import Asking
from handlers.figures import number
from handlers.language import _

PROJECT: dict[str, Asking] = {
    "title": Asking(
        lambda: _("What is your project called?"),
        lambda: _("Short and clear, so that one sees at once what it is about."),
        lambda: _("“Our yard”: free football training for the children of the village"),
    ),
    "goal": Asking(
        lambda: _("What do you want to change, and what problem does it solve?"),
        lambda: _("Two or three sentences: what is wrong now, whom it touches, what will be better."),
        lambda: _(
            "Children in our village have nowhere to go after school. We will open a free sewing club, "
            "and 30 girls will learn a craft"
        ),
    ),
    "territory": Asking(
        lambda: _("Where will the project take place?"),
        lambda: _("Name the village, district or city."),
        lambda: _("Zhanakorgan and Shalkiya villages"),
    ),
    "target_group": Asking(
        lambda: _("Who is the project for?"),
        lambda: _("Say who these people are: age, what they have in common."),
        lambda: _("young mothers of 18–30 years who do not work"),
    ),
    "people_planned": Asking(
        lambda: _("How many people will take part?"),
        lambda: _("A number. Better fewer but real."),
        lambda: "40",
    ),
    "activities": Asking(
        lambda: _("What will you do, step by step?"),
        lambda: _("List the main steps. The dates come later, in the plan. Everything is free for the participants."),
        lambda: _("1) find a room and tell people; 2) hold 24 lessons; 3) show the works at an exhibition"),
    ),
    "partners": Asking(
        lambda: _("Who will help you?"),
        lambda: _("Organisations or people, and what each gives. If there are none yet, press “Skip”."),
        lambda: _("the village library gives a room; the school tells the pupils"),
    ),
    "results": Asking(
        lambda: _("What will come of it?"),
        lambda: _("Results that one can count or see."),
        lambda: _("30 people finish the course, 10 of them take their first orders, 1 exhibition is held"),
    ),
    "sustainability": Asking(
        lambda: _("What will remain when the grant ends?"),
        lambda: _("How the work goes on, and with whose help."),
        lambda: _("the machines stay in the club, and two graduates teach the next group"),
    ),
    "publicity": Asking(
        lambda: _("How will people learn of the project?"),
        lambda: _("Where you will tell of it, and how often."),
        lambda: _("an Instagram page with two posts a week, a notice at the school, a story for the local paper"),
    ),
    "plan": Asking(
        lambda: _("Your work plan"),
        lambda: _("Line by line: what you do, when, for whom. Three to ten lines are usually enough."),
        lambda: _("24 lessons of the sewing club – 1 June to 31 July – 30 girls"),
    ),
    "budget": Asking(
        lambda: _("Your budget"),
        lambda: _("Line by line: what you need, how many, the price of one. The organiser pays the sellers itself."),
        lambda: _("Sewing machine: 5 × 90,000 ₸"),
    ),
    "funded_elsewhere": Asking(
        lambda: _("Has this project got money from elsewhere within the last year?"),
        lambda: _("From another grant, a state programme or a sponsor. The same costs cannot be paid twice."),
        lambda: _("if you asked for money only here, press “No”"),
    ),
}

CELLS: dict[str, dict[str, Asking]] = {
    "plan": {
        "action": Asking(
            lambda: _("What will you do?"),
            lambda: _("One action, in a few words."),
            lambda: _("24 lessons of the sewing club"),
        ),
        "dates": Asking(
            lambda: _("When?"),
            lambda: _("A day or a period."),
            lambda: _("1 June – 31 July"),
        ),
        "target_group": Asking(
            lambda: _("For whom is it?"),
            lambda: _("Who takes part, and how many."),
            lambda: _("30 girls of 18–25 years"),
        ),
    },
    "budget": {
        "item": Asking(
            lambda: _("What do you need?"),
            lambda: _("One thing or service. New only, bought in Kazakhstan."),
            lambda: _("Sewing machine"),
        ),
        "quantity": Asking(
            lambda: _("How many?"),
            lambda: _("A whole number."),
            lambda: "5",
        ),
        "price": Asking(
            lambda: _("What does one piece, metre or hour cost, in tenge?"),
            lambda: _("The sum is counted by itself."),
            lambda: number(90_000),
        ),
    },
}
