"""閉局中: a POS that is closed for the night is not ill, and says when it opens again."""

from collections.abc import Mapping
from typing import Any

from tests.api.asking import Api
from tests.faults.screens import HIROSAKI_HOME, POS, without
from tests.running import LegacySystems

MIDNIGHT = "2026-11-21T00:00:00+09:00"
"""When the simulated POS, which never closes by itself, opens after the fault `closed`."""


async def test_at_night_the_pos_says_that_it_is_closed_and_until_when(
    api: Api, healthy: Mapping[str, Any], legacy_systems: LegacySystems
) -> None:
    taro = await HIROSAKI_HOME.for_whom_it_is(api)
    async with legacy_systems.hirosaki.pos.fault("closed"):
        answer = await HIROSAKI_HOME.seen_by(taro)

    lost = HIROSAKI_HOME.paths_of(POS, healthy["hirosaki home"])
    assert answer.data == without(healthy["hirosaki home"], lost)
    assert set(answer.codes()) == set(lost)
    assert {error["message"] for error in answer.errors} == {
        "電子マネー・ご利用履歴・ミールカードの情報は、夜間処理のため0時00分まで表示できません。"
    }
    closed = {"code": "SYSTEM_CLOSED", "system": "POS", "reopensAt": MIDNIGHT}
    assert [error["extensions"] for error in answer.errors] == [closed] * len(lost)


async def test_a_closed_pos_is_asked_once_and_however_often_it_says_so_its_circuit_stays_closed(
    api: Api, healthy: Mapping[str, Any], legacy_systems: LegacySystems
) -> None:
    taro = await HIROSAKI_HOME.for_whom_it_is(api)
    pos = legacy_systems.hirosaki.pos
    async with pos.fault("closed"):
        await pos.forget_calls()
        for _ in range(10):
            await HIROSAKI_HOME.seen_by(taro)
        assert await pos.calls() == {"ZANDAKA": 10, "MEAL": 10}

    answer = await HIROSAKI_HOME.seen_by(taro)
    assert (answer.data, answer.errors) == (healthy["hirosaki home"], [])
