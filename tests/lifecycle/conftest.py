"""MyPage of both co-ops with everything behind it: PostgreSQL, registry, POS, worker, mailer and postbox."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from gateway.store import Store
from tests.lifecycle.attacking import FIGURES
from tests.lifecycle.portal import Portal, Visitor, running_portal
from tests.running import SIGNING_KEY, LegacySystems


@pytest.fixture
async def portal(
    seeded_database: str, unhurried_coops_dir: Path, legacy_systems: LegacySystems
) -> AsyncIterator[Portal]:
    """A gateway of the test's own; the postbox is empty."""
    async with running_portal(seeded_database, unhurried_coops_dir, legacy_systems, SIGNING_KEY) as portal:
        yield portal


@pytest.fixture
async def nobody(portal: Portal) -> Visitor:
    """Somebody who has not signed in."""
    return await portal.visitor()


@pytest.fixture
async def store(seeded_database: str) -> AsyncIterator[Store]:
    """The gateway's own state, where a test looks at what no operation shows."""
    store = Store.open(seeded_database)
    yield store
    await store.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the scripted attack measured."""
    if FIGURES:
        terminalreporter.section("figures of the attack")
        for figure in FIGURES:
            terminalreporter.line(figure)
