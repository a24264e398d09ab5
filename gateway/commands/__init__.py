"""The commands of `python -m gateway`, one module each, with `run(arguments) -> exit code`.

`gateway.__main__` imports the one that is asked for and no other: who wants a list of accounts does not wait for a
web server.
"""

from pathlib import Path

COOPS_DIR = Path(__file__).parents[1] / "coops"
"""The co-ops' files that the gateway brings along."""

MISUSED = 2
"""Exit code for a command that does not exist, and for settings or files that are not as they must be."""
