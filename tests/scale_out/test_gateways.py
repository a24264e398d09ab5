"""Any number of gateways on one PostgreSQL, without sticky sessions; each may die or be replaced at any time."""

from gateway.demo.processes import Child
from tests.running.fleet import Fleet
from tests.scale_out.visitors import AT_ONCE, CONNECTION_LOST, Visitors

ENOUGH = 20
"""Answers after which a gateway is known to have its share of the requests."""


def name(gateway: Child) -> str:
    """What the load balancer calls it."""
    return f"gateway{gateway.announced['port']}"


async def started_again(fleet: Fleet, gateways: list[Child], gateway: Child) -> Child:
    """Another one in its place."""
    place = gateways.index(gateway)
    gateways[place] = await fleet.gateway(gateway.program.name, gateway.announced["port"])
    return gateways[place]


async def test_a_killed_gateway_costs_only_what_it_was_answering(
    fleet: Fleet, gateways: list[Child], visitors: Visitors
) -> None:
    async with visitors.asking():
        for gateway in tuple(gateways):
            await visitors.answered_by(name(gateway), ENOUGH)
            failed_before = len(visitors.failed)
            await fleet.kill(gateway)
            await visitors.answered_again(5 * ENOUGH)
            assert len(visitors.failed) - failed_before <= AT_ONCE, visitors.failed
            await visitors.answered_by(name(await started_again(fleet, gateways, gateway)), ENOUGH)
    assert all(failure == CONNECTION_LOST or failure.startswith("502") for failure in visitors.failed)
    assert set(visitors.answered) == {name(gateway) for gateway in gateways}


async def test_replacing_the_gateways_one_by_one_costs_no_request(
    fleet: Fleet, gateways: list[Child], visitors: Visitors
) -> None:
    async with visitors.asking():
        for gateway in tuple(gateways):
            await visitors.answered_by(name(gateway), ENOUGH)
            await fleet.end(gateway)
            await visitors.answered_by(name(await started_again(fleet, gateways, gateway)), ENOUGH)
    assert visitors.failed == []


async def test_without_any_gateway_the_load_balancer_says_so_and_all_is_well_with_the_first_one_back(
    fleet: Fleet, gateways: list[Child], visitors: Visitors
) -> None:
    for gateway in gateways:
        await fleet.kill(gateway)
    answer = await visitors.client.post("/graphql", json={"query": "{ __typename }"})
    assert answer.status_code == 503
    again = await started_again(fleet, gateways, gateways[0])
    async with visitors.asking():
        await visitors.answered_by(name(again), ENOUGH)
