"""Pins the dependencies anew, with hashes and without the address of any registry: `make lock`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BIN = Path(sys.executable).parent
FLAGS = "--universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --upgrade -q"
LOCKS = {"requirements.lock": [], "requirements-dev.lock": ["--group", "dev"]}


def main() -> int:
    for name, group in LOCKS.items():
        subprocess.run([BIN / "uv", "pip", "compile", "pyproject.toml", *FLAGS.split(), *group, "-o", name], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
