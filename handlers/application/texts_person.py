"""The questions about the person, in words."""

from __future__ import annotations

from handlers.application.words import Asking
from handlers.language import _

PERSON: dict[str, Asking] = {
    "surname": Asking(
        lambda: _("What is your surname?"),
        lambda: _("Exactly as on your ID card."),
        lambda: _("Iskakova"),
    ),
    "name": Asking(
        lambda: _("What is your first name?"),
        lambda: _("As on your ID card, without the patronymic."),
        lambda: _("Aigerim"),
    ),
    "patronymic": Asking(
        lambda: _("What is your patronymic?"),
        lambda: _("If there is none on your ID card, press “Skip”."),
        lambda: _("Serikkyzy"),
    ),
    "iin": Asking(
        lambda: _("What is your IIN?"),
        lambda: _("12 digits on your ID card. They are kept encrypted. I will read them back to you."),
        lambda: "030504 2 0001 9",
    ),
    "birth_date": Asking(
        lambda: _("When were you born?"),
        lambda: _("Day, month and year. You can write the month in words."),
        lambda: _("04.05.2003 or 4 May 2003"),
    ),
    "sex": Asking(
        lambda: _("Are you a woman or a man?"),
        lambda: _("As on your ID card. It is asked for the statistics of the programme only."),
        lambda: _("if your ID card says “female”, press “Female”"),
    ),
    "citizenship": Asking(
        lambda: _("What is your citizenship?"),
        lambda: _("Grants are given to citizens of Kazakhstan."),
        lambda: _("if you have an ID card of a citizen, press “Citizen of Kazakhstan”"),
    ),
    "phone": Asking(
        lambda: _("What is your mobile number?"),
        lambda: _("We call it if something must be settled quickly. Share it with the button or write it."),
        lambda: "+7 701 000 00 00",
    ),
    "email": Asking(
        lambda: _("What is your e-mail address?"),
        lambda: _("If you have none, press “Skip”."),
        lambda: "aigerim@example.kz",
    ),
    "contact_name": Asking(
        lambda: _("Whom can we call if we do not reach you?"),
        lambda: _("A relative or a friend. Write the name and who it is to you. Ask them first."),
        lambda: _("Saule Iskakova, mother"),
    ),
    "contact_phone": Asking(
        lambda: _("What is this person's phone number?"),
        lambda: _("Better a number other than yours."),
        lambda: "8 702 000 00 00",
    ),
    "marital_status": Asking(
        lambda: _("What is your marital status?"),
        lambda: _("It does not affect the decision."),
        lambda: _("if you are not married, press “Not married”"),
    ),
    "working": Asking(
        lambda: _("Do you work now?"),
        lambda: _("A job with a contract, own business or paid orders count. Housework and care for a child do not."),
        lambda: _("if you look for work or stay at home with a child, press “No, I do not work”"),
    ),
    "studying": Asking(
        lambda: _("Do you study now?"),
        lambda: _("School, college or university. Full-time means that you attend classes every day."),
        lambda: _("if you finished your studies, press “No, I do not study”"),
    ),
    "training": Asking(
        lambda: _("Are you in vocational training now?"),
        lambda: _("Courses from the employment centre or an employer, and internships count."),
        lambda: _("a short course on the Internet does not count"),
    ),
    "unemployed_for": Asking(
        lambda: _("How long have you been without work?"),
        lambda: _("Count from your last working day. If you never worked, count from the end of your studies."),
        lambda: _("finished college in June, now it is November: “Up to 6 months”"),
    ),
    "education": Asking(
        lambda: _("What education do you have?"),
        lambda: _("Choose the highest level that you have finished."),
        lambda: _("left university in the second year after school: “11 classes”"),
    ),
}
