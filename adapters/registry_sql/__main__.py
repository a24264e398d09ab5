"""`python -m adapters.registry_sql URL` checks a co-op's database; exit code 1 means that something is wrong."""

import asyncio
import os
import sys
from argparse import ArgumentParser

from adapters.registry_sql.checking import findings
from adapters.registry_sql.connections import open_connections
from adapters.registry_sql.database import Database
from adapters.registry_sql.urls import UnusableUrl

PATIENCE_SECONDS = 60.0


def main() -> int:
    """Reads the command line, prints what is found, returns the exit code."""
    parser = ArgumentParser(prog="python -m adapters.registry_sql", description=__doc__)
    parser.add_argument(
        "url", help="the database's URL, or the environment variable that holds it and its password"
    )
    given: str = parser.parse_args().url
    try:
        return 0 if asyncio.run(_check(os.environ.get(given, given))) else 1
    except UnusableUrl as error:
        parser.error(str(error))


async def _check(url: str) -> bool:
    database = Database("registry", open_connections(url, 1, PATIENCE_SECONDS))
    good = True
    try:
        async for finding in findings(database):
            good = good and finding.is_good
            sys.stdout.write(f"{'ok   ' if finding.is_good else 'WRONG'} {finding.text}\n")
    finally:
        await database.close()
    return good


if __name__ == "__main__":
    sys.exit(main())
