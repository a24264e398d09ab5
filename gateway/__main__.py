"""The command line: `python -m gateway COMMAND`."""

import sys
from collections.abc import Sequence
from importlib import import_module

from gateway.cannot_start import CannotStart
from gateway.commands import MISUSED

USAGE = """\
usage: python -m gateway COMMAND

  serve               answer requests at /graphql
  worker              deliver mail, answer recovery requests, remove what has expired
  migrate             bring the gateway's database up to date
  schema              print the GraphQL schema
  coops check [DIR]   check the co-ops' files
  documents check DIR check the manifests of clients' operations
  staff [--help]      add staff accounts, change their roles, close them
  demo [--help]       both co-ops with simulated legacy systems, all on this machine

Settings come from GATEWAY_… environment variables: docs/operators/configure.md
"""

COMMANDS = {
    "serve": "gateway.commands.serve",
    "worker": "gateway.commands.worker",
    "migrate": "gateway.commands.migrate",
    "schema": "gateway.commands.schema",
    "coops": "gateway.commands.coops",
    "documents": "gateway.commands.documents",
    "staff": "gateway.commands.staff",
    "demo": "gateway.commands.demo",
}
"""Each command's module, imported when it is asked for."""


def main(arguments: Sequence[str]) -> int:
    """Runs one command; what keeps it from starting is told in plain words."""
    name, *rest = arguments or [""]
    if name not in COMMANDS:
        sys.stderr.write(USAGE)
        return MISUSED
    try:
        exit_code: int = import_module(COMMANDS[name]).run(rest)
        return exit_code
    except CannotStart as wrong:
        sys.stderr.write(f"{wrong}\n")
        return MISUSED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
