import bot  # noqa: F401 - before aiogram, as in the program (bot/types_on_demand.py)
