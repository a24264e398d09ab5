"""`serve`: answer requests at /graphql."""

from collections.abc import Sequence

from gateway.commands.process import announce, settings_and_logs
from gateway.serving import serve


def run(arguments: Sequence[str]) -> int:
    """Until SIGTERM or SIGINT."""
    serve(settings_and_logs(), ready=lambda port: announce({"port": port}))
    return 0
