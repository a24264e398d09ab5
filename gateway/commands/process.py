"""What the commands that stay running have in common: settings and logs at the start, and the line that says READY."""

import json
import sys
from collections.abc import Mapping

from gateway.logs import configure_logs
from gateway.settings import Settings, read_settings


def settings_and_logs() -> Settings:
    """The settings, once everything is logged as they say."""
    settings = read_settings()
    configure_logs(settings.mode)
    return settings


def announce(told: Mapping[str, object]) -> None:
    """Tells whoever started this process that it is ready."""
    sys.stdout.write(f"READY {json.dumps(told)}\n")
    sys.stdout.flush()
