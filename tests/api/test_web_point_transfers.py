"""ポイント受取申請 before it is carried out: what is taken on, what is refused, what is shown at once."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from gateway.store import Store, tables
from gateway.store.records import ChangeRequestState
from tests.api.asking import Api
from tests.api.doing import do, done, input_error, mails_to, refusal, tried
from tests.running import LegacySystems

TRANSFER = "requestWebPointTransfer"
REQUEST = (
    "id kind state requestedAt settledAt details { ... on WebPointTransferDetails { points availableFrom } }"
)
PAYLOAD = (
    f"changeRequest {{ {REQUEST} }} availableFrom webPoints {{ balance transferable pending "
    "requests { edges { node { id } } } }"
)
PICO = f"""
{{ viewer {{ member {{
  pico {{
    webPoints {{ balance transferable pending requests {{ edges {{ node {{ {REQUEST} }} }} }} }}
    unreceivedPrepaid {{ total items {{ amount }} pending {{ amount requestedAt availableFrom }} }}
  }}
  changeRequests {{ edges {{ node {{ id }} }} }}
}} }} }}
"""
KEY_USED = input_error(
    "IDEMPOTENCY_KEY_REUSED",
    "この受付番号は別のお手続きに使用されています。画面を更新して、もう一度お手続きください。",
    "idempotencyKey",
)


def wish(points: int, key: str | None = None) -> dict[str, Any]:
    """The input of a transfer, a new one unless a key is given."""
    return {"points": points, "idempotencyKey": key or str(uuid4())}


def too_few(transferable: int) -> dict[str, Any]:
    """The error of a transfer of more than there is."""
    message = f"Webポイントが不足しています。ただいま受取申請できるのは{transferable}ポイントです。"
    error = input_error("INSUFFICIENT_POINTS", message, "points")
    return {**error, "__typename": "InsufficientPoints", "transferable": transferable}


async def number_of_requests(api: Api) -> int:
    """How many the viewer has made."""
    data = await api.data("{ viewer { member { changeRequests { edges { cursor } } } } }")
    return len(data["viewer"]["member"]["changeRequests"]["edges"])


async def test_what_was_asked_for_is_pending_until_it_is_carried_out(taro: Api) -> None:
    """B6, B7, B8, B9, X6: on Friday the 20th; Saturday counts, Sunday and Monday's holiday do not."""
    payload = await done(taro, TRANSFER, PAYLOAD, **wish(400))

    request = payload["changeRequest"]
    assert {**request, "id": ""} == {
        "id": "",
        "kind": "WEB_POINT_TRANSFER",
        "state": "RECEIVED",
        "requestedAt": "2026-11-20T12:00:00+09:00",
        "settledAt": None,
        "details": {"points": 400, "availableFrom": "2026-11-24"},
    }
    assert payload["availableFrom"] == "2026-11-24"
    assert payload["webPoints"] == {
        "balance": 640,
        "transferable": 200,
        "pending": 400,
        "requests": {"edges": [{"node": {"id": request["id"]}}]},
    }


async def test_the_next_query_shows_it_and_counts_nothing_that_is_not_certain(taro: Api) -> None:
    """B6, B7: the unreceived total stays; what is pending stands beside it."""
    request = (await done(taro, TRANSFER, PAYLOAD, **wish(400)))["changeRequest"]

    member = (await taro.data(PICO))["viewer"]["member"]

    assert member["changeRequests"]["edges"] == [{"node": {"id": request["id"]}}]
    assert member["pico"] == {
        "webPoints": {
            "balance": 640,
            "transferable": 200,
            "pending": 400,
            "requests": {"edges": [{"node": request}]},
        },
        "unreceivedPrepaid": {
            "total": 20000,
            "items": [{"amount": 20000}],
            "pending": [
                {
                    "amount": 400,
                    "requestedAt": "2026-11-20T12:00:00+09:00",
                    "availableFrom": "2026-11-24",
                }
            ],
        },
    }


async def test_member_and_guardian_are_written_to_as_they_should(taro: Api, store: Store) -> None:
    """B6: the member asked; the guardian did not."""
    await done(taro, TRANSFER, **wish(200))

    (mail,) = await mails_to(store, "hirosaki@example.jp")
    assert mail.kind == "REQUEST_RECEIVED"
    assert "Webポイントの受取申請" in mail.text
    assert await mails_to(store, "hirosaki-ichiro@example.jp") == []


async def test_the_request_stands_in_the_access_log_once(taro: Api) -> None:
    """E26."""
    same = wish(200)
    await done(taro, TRANSFER, **same)
    await done(taro, TRANSFER, **same)

    data = await taro.data("{ viewer { account { accessLog { edges { node { action what } } } } } }")

    log = [edge["node"] for edge in data["viewer"]["account"]["accessLog"]["edges"]]
    (requested,) = (entry["what"] for entry in log if entry["action"] == "CHANGE_REQUESTED")
    assert requested[0] == "WEB_POINT_TRANSFER"


async def test_the_same_key_with_the_same_input_gets_the_first_answer(taro: Api) -> None:
    """B6: although nothing is left that could be asked for again."""
    same = wish(600)

    first = await done(taro, TRANSFER, PAYLOAD, **same)
    again = await done(taro, TRANSFER, PAYLOAD, **same)

    assert again == first
    assert again["webPoints"]["transferable"] == 0
    assert await number_of_requests(taro) == 1


async def test_the_same_key_with_another_input_is_an_error(taro: Api) -> None:
    key = str(uuid4())
    await done(taro, TRANSFER, **wish(200, key))

    assert await refusal(taro, TRANSFER, **wish(400, key)) == KEY_USED
    assert await refusal(taro, "suspendPico", idempotencyKey=key) == KEY_USED
    assert await number_of_requests(taro) == 1


async def test_a_key_is_the_accounts_own(taro: Api, api: Api) -> None:
    """Somebody else may have thought of the same one."""
    shirakami = await api.signed_in("hirosaki", "shirakami")
    key = str(uuid4())

    for member in (taro, shirakami):
        await done(member, TRANSFER, **wish(200, key))
        assert await number_of_requests(member) == 1


async def test_one_request_sent_eight_times_at_once_is_one_request(taro: Api) -> None:
    """All of them get the first answer, though all the points are asked for."""
    same = wish(600)

    sent = (done(taro, TRANSFER, "changeRequest { id }", **same) for _ in range(8))
    payloads = await asyncio.gather(*sent)

    assert len({payload["changeRequest"]["id"] for payload in payloads}) == 1
    assert await number_of_requests(taro) == 1


async def test_two_requests_are_two_requests(taro: Api) -> None:
    """B6: what is under way cannot be asked for again."""
    first = await done(taro, TRANSFER, PAYLOAD, **wish(200))
    second = await done(taro, TRANSFER, PAYLOAD, **wish(400))

    assert first["changeRequest"]["id"] != second["changeRequest"]["id"]
    assert second["webPoints"]["pending"] == 600
    assert await refusal(taro, TRANSFER, **wish(200)) == too_few(0)
    data = await taro.data(
        "{ viewer { member { pico { unreceivedPrepaid { pending { amount } total } } } } }"
    )
    assert data["viewer"]["member"]["pico"]["unreceivedPrepaid"] == {
        "pending": [{"amount": 200}, {"amount": 400}],
        "total": 20000,
    }


@pytest.mark.parametrize("points", [-200, 0, 1, 199, 300, 640])
async def test_points_move_in_whole_two_hundreds(taro: Api, points: int) -> None:
    """B6."""
    message = "Webポイントの受取申請は200ポイント単位でご入力ください。"

    assert await refusal(taro, TRANSFER, **wish(points)) == input_error("BAD_INPUT", message, "points")
    assert await number_of_requests(taro) == 0


async def test_more_than_there_is_is_refused_at_once(taro: Api) -> None:
    """B6."""
    assert await refusal(taro, TRANSFER, **wish(800)) == too_few(600)
    assert await number_of_requests(taro) == 0


@pytest.mark.parametrize("key", ["", "1", "6f7e4c34-9d3f-0a1f6a6f2b11"])
async def test_a_key_that_is_no_uuid_is_no_operation(taro: Api, key: str) -> None:
    answer = await tried(taro, TRANSFER, points=200, idempotencyKey=key)

    assert answer.data is None
    assert "An idempotency key is a UUID" in answer.only_error()["message"]


async def test_it_is_taken_on_while_the_pos_is_closed(taro: Api, legacy_systems: LegacySystems) -> None:
    """B6: whether there are enough points the POS will say; the payload says what it cannot."""
    async with legacy_systems.hirosaki.pos.fault("closed"):
        answer = await tried(taro, TRANSFER, PAYLOAD, **wish(800))

        payload = answer.data[TRANSFER]
        assert payload["errors"] == []
        assert payload["changeRequest"]["state"] == "RECEIVED"
        assert payload["availableFrom"] == "2026-11-24"
        assert payload["webPoints"] is None
        assert answer.codes() == {"requestWebPointTransfer.webPoints": "SYSTEM_CLOSED"}
        assert await number_of_requests(taro) == 1


@pytest.mark.parametrize(
    ("state", "refused"),
    [
        (ChangeRequestState.RECEIVED, True),
        (ChangeRequestState.IN_PROGRESS, False),
        (ChangeRequestState.NEEDS_ATTENTION, False),
    ],
)
async def test_what_may_have_left_the_balance_already_is_not_held_against_the_next_request(
    taro: Api, store: Store, state: ChangeRequestState, refused: bool
) -> None:
    """B6: its answer may be lost. It is shown as pending; whether there are points left the POS will say."""
    await done(taro, TRANSFER, **wish(600))
    async with store.engine.begin() as connection:
        await connection.execute(sa.update(tables.change_requests).values(state=state))

    points = (await taro.data(PICO))["viewer"]["member"]["pico"]["webPoints"]
    errors = (await do(taro, TRANSFER, **wish(600)))["errors"]

    assert (points["transferable"], points["pending"]) == (0, 600)
    assert errors == ([too_few(0)] if refused else [])


async def test_a_last_known_balance_is_good_enough_to_say_that_there_is_too_little(
    taro: Api, legacy_systems: LegacySystems
) -> None:
    """B6."""
    await taro.data(PICO)

    async with legacy_systems.hirosaki.pos.fault("error"):
        assert await refusal(taro, TRANSFER, **wish(800)) == too_few(600)
        payload = await done(taro, TRANSFER, PAYLOAD, **wish(400))

    assert payload["webPoints"]["transferable"] == 200


async def test_a_co_op_without_pico_does_not_offer_it(sapporo: Api) -> None:
    message = "この生協では、Webポイントの受取申請は行っておりません。"

    assert await refusal(sapporo, TRANSFER, **wish(200)) == input_error("NOT_OFFERED", message)


async def test_only_the_member_may_ask(api: Api, ichiro: Api, hirosaki_staff: Api) -> None:
    """X13: not a guardian, not staff."""
    for who, code in ((api, "UNAUTHENTICATED"), (ichiro, "FORBIDDEN"), (hirosaki_staff, "FORBIDDEN")):
        answer = await tried(who, TRANSFER, **wish(200))
        assert (answer.data, answer.codes()) == (None, {TRANSFER: code})


async def test_a_refund_of_unreceived_money_is_asked_for_by_inquiry_only(taro: Api) -> None:
    """X10: no operation gives money back, charged or not (but for share capital); an inquiry about it arrives."""
    data = await taro.data("{ __schema { mutationType { fields { name } } } }")
    operations = {field["name"] for field in data["__schema"]["mutationType"]["fields"]}
    assert {name for name in operations if "refund" in name.lower()} == {
        "recordShareRefund",
        "cancelShareRefund",
    }

    payload = await do(
        taro,
        "submitInquiry",
        "inquiry { state }",
        coop="hirosaki",
        topic="OTHER",
        body="未受取プリペイドの返金を希望します。",
    )

    assert payload == {"errors": [], "inquiry": {"state": "OPEN"}}
