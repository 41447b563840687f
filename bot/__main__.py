"""The command line: `python -m bot --help`."""

from bot.commands import program

if __name__ == "__main__":
    program(prog_name="python -m bot")
