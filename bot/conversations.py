"""All conversations, in one visible list."""

from __future__ import annotations

from bot.routing import Routes
from handlers.announcements import routes as announcements
from handlers.application import assisting, takeover
from handlers.application import routes as application
from handlers.consent import routes as consent
from handlers.coverage import routes as coverage
from handlers.desk import routes as desk
from handlers.documents import routes as documents
from handlers.eligibility import routes as eligibility
from handlers.groups import routes as groups
from handlers.leftovers import routes as leftovers
from handlers.my_data import routes as my_data
from handlers.questions import routes as questions
from handlers.reminders import routes as reminders
from handlers.review import routes as review
from handlers.staff import routes as staff
from handlers.start import routes as start
from handlers.status import routes as status
from handlers.tickets import routes as tickets


def routes() -> Routes:
    conversations = [
        start.conversation(),
        eligibility.conversation(),
        consent.conversation(),
        application.conversation(),
        assisting.conversation(),
        takeover.conversation(),
        documents.conversation(),
        review.conversation(),
        status.conversation(),
        tickets.conversation(),
        desk.conversation(),
        questions.conversation(),
        questions.at_the_menu(),
        my_data.conversation(),
        reminders.conversation(),
        staff.conversation(),
        groups.conversation(),
        announcements.conversation(),
        coverage.conversation(),
    ]
    return Routes(conversations, leftovers.conversation(), leftovers.edited)
