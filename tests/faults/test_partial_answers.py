"""A system that answers in part costs the members it left out, and never gives one the figures of another."""

from collections.abc import Mapping
from typing import Any

from tests.api.asking import Api
from tests.faults.screens import HOKKAIDO_HOME, POS, STAFF_LIST, with_value, without
from tests.faults.trouble import MESSAGES
from tests.running import LegacySystems

CODE = "SYSTEM_ANSWER_INCOMPLETE"


async def test_a_pos_that_leaves_out_every_other_member_costs_exactly_their_pico(
    api: Api, healthy: Mapping[str, Any], legacy_systems: LegacySystems
) -> None:
    staff = await STAFF_LIST.for_whom_it_is(api)
    async with legacy_systems.hirosaki.pos.fault("partial"):
        answer = await STAFF_LIST.seen_by(staff)

    left_out = STAFF_LIST.paths_of(POS, healthy["staff list"])[::2]
    assert answer.data == without(healthy["staff list"], left_out)
    assert answer.codes() == dict.fromkeys(left_out, CODE)
    assert {error["message"] for error in answer.errors} == {MESSAGES[POS]}


async def test_whoever_was_left_out_gets_their_own_last_known_figures(
    api: Api, healthy: Mapping[str, Any], legacy_systems: LegacySystems
) -> None:
    staff = await STAFF_LIST.for_whom_it_is(api)
    await STAFF_LIST.seen_by(staff)
    async with legacy_systems.hirosaki.pos.fault("partial"):
        answer = await staff.ask(
            "{ members(first: 100) { edges { node { pico { snapshot prepaidBalance points } } } } }"
        )

    edges = healthy["staff list"]["members"]["edges"]
    expected = [
        edge["node"]["pico"]
        and {
            "snapshot": "CURRENT" if place % 2 else "LAST_KNOWN",
            "prepaidBalance": edge["node"]["pico"]["prepaidBalance"],
            "points": edge["node"]["pico"]["points"],
        }
        for place, edge in enumerate(edges)
    ]
    assert [edge["node"]["pico"] for edge in answer.data["members"]["edges"]] == expected
    assert (answer.errors, answer.extensions) == ([], {"lastKnown": ["POS"]})


async def test_statements_whose_lines_did_not_all_arrive_are_not_shown_at_all(
    api: Api, healthy: Mapping[str, Any], legacy_systems: LegacySystems
) -> None:
    """E7: a bill that lacks a line is no bill; the rest of the registry's fields stay."""
    sapporo = await HOKKAIDO_HOME.for_whom_it_is(api)
    async with legacy_systems.hokkaido.registry.fault("partial"):
        answer = await HOKKAIDO_HOME.seen_by(sapporo)

    assert answer.data == without(healthy["hokkaido home"], ["viewer.member.statements"])
    assert answer.codes() == {"viewer.member.statements": CODE}


async def test_a_row_that_is_lost_on_the_way_never_becomes_a_member_who_does_not_exist(
    api: Api, healthy: Mapping[str, Any], legacy_systems: LegacySystems
) -> None:
    """A database does not name the rows that did not arrive, so the whole answer is given up."""
    staff = await STAFF_LIST.for_whom_it_is(api)
    async with legacy_systems.hirosaki.registry.fault("partial", only=["KUMIAIINSHO"]):
        answer = await STAFF_LIST.seen_by(staff)

    count = len(healthy["staff list"]["members"]["edges"])
    cards = [f"members.edges.{place}.node.cards" for place in range(count)]
    assert answer.data == with_value(healthy["staff list"], cards, None)
    assert answer.codes() == dict.fromkeys(cards, CODE)
