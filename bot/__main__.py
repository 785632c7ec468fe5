"""The command line: `python -m bot COMMAND`."""

from __future__ import annotations

import sys

from bot.cli.main import main

if __name__ == "__main__":  # processes that are spawned import this module too
    sys.exit(main())
