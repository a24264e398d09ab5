"""`python -m tests.fuzzing --minutes 5`: made-up operations for so long; ends with 1 when something was found."""

import asyncio
import logging
import os
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path
from random import SystemRandom

from pydantic import SecretStr

from gateway.accounts import Vault
from gateway.app import create_app
from gateway.coop_config.reading import load_coops
from gateway.demo.seeding import seed
from gateway.logs import set_up_logs
from gateway.settings import Settings
from gateway.store import Store
from gateway.store.migrate import migrate
from gateway.wiring import ADAPTERS
from tests.conftest import COOPS_DIR
from tests.fuzzing.operations import root_fields, schema
from tests.fuzzing.people import People
from tests.fuzzing.rounds import Figures, Fuzzing
from tests.running import SIGNING_KEY, fixed_clock
from tests.running.legacy import running_legacy_systems
from tests.running.postgres import running_postgres
