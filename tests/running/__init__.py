"""The systems a test runs against, really running; `tests/conftest.py` offers them as fixtures."""

from tests.running.clock import NOW, fixed_clock
from tests.running.demo import DemoGateway
from tests.running.legacy import CoopSystems, LegacySystem, LegacySystems, Postbox
from tests.running.postgres import Postgres
from tests.running.signing_key import SIGNING_KEY

__all__ = [
    "NOW",
    "SIGNING_KEY",
    "CoopSystems",
    "DemoGateway",
    "LegacySystem",
    "LegacySystems",
    "Postbox",
    "Postgres",
    "fixed_clock",
]
