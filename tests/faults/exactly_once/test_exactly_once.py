"""Instructions are carried out exactly once in effect: the small form of `python -m tests.faults.exactly_once`."""

from collections.abc import Mapping
from pathlib import Path

from gateway.coop import Coop
from tests.faults.exactly_once.figures import Plan
from tests.faults.exactly_once.run import run
from tests.faults.exactly_once.world import Ground
from tests.running import LegacySystems
from tests.running.legacy import MEMBERS

PLAN = Plan(instructions=60, people=12, every=12, seed=20261120)


async def test_nothing_is_lost_or_done_twice_while_everything_is_killed(
    seeded_database: str, legacy_systems: LegacySystems, coops: Mapping[str, Coop], tmp_path: Path
) -> None:
    """B6, D1, D2: the POS ledger equals the accepted requests."""
    ground = Ground(seeded_database, legacy_systems.environment, coops["hirosaki"], MEMBERS)

    figures = await run(PLAN, ground, tmp_path)

    assert figures.discrepancies == []
    assert figures.accepted + figures.refused == PLAN.instructions
    assert figures.done + figures.rejected == figures.accepted
    assert figures.resends > 0
    assert sum(figures.kills.values()) >= 2
    assert figures.faults.total() >= 1
