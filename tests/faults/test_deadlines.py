"""The numbers in the co-ops' files leave room for what a request asks one after another."""

from collections.abc import Mapping

import pytest

from gateway.coop import Coop


@pytest.mark.parametrize("code", ["hirosaki", "hokkaido"])
def test_the_longest_way_through_slow_systems_fits_in_the_deadline(
    code: str, coops: Mapping[str, Coop], deadline_seconds: float
) -> None:
    """The registry opens the way to a member; Pico's details follow its balance, statements the member."""
    systems = coops[code].systems
    registry, notices = systems.registry.limits.timeout_seconds, systems.notices.limits.timeout_seconds
    pos = 0.0 if systems.pos is None else systems.pos.limits.timeout_seconds

    assert max(registry + 2 * pos, 2 * registry, registry + notices) < deadline_seconds
