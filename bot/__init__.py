"""The running program: settings, assembly, update loop, sender, timers. It puts parts together and decides nothing."""

from bot.types_on_demand import import_aiogram

import_aiogram()  # before anybody else does
