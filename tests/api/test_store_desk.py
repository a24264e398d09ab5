"""店舗での手続き (B10–B17, D2, D3, D5–D7): what staff ask of the POS for the member before them."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from gateway.store import Store
from gateway.store.records import AccessLogQuery, ChangeRequestState
from gateway.store.tables import change_requests
from gateway.viewer import StaffRole
from tests.api.asking import Api
from tests.api.doing import do, done, input_error, mails_to, refusal
from tests.api.opening import open_staff
from tests.running import LegacySystems

TARO = "210100000001"
MEGUMI = "210100000006"
"""白神 恵, whose Pico is suspended."""
NEW_CARD = "2101000000019999"
REQUEST = "changeRequest { kind state memberNumber settledAt reason }"
RECEIVED = "受付は完了しました。POSへの反映は処理中です。結果は申請の状態でご確認ください。"
STORES = "101 SHAREA、102 FERIO、103 Clover"
ALL_STORES = f"{STORES}、201 文京食堂、202 医学部食堂、301 新入生サポートセンター"


def key() -> str:
    """A new intention's."""
    return str(uuid4())


def suspension(number: str = TARO, **other: Any) -> dict[str, Any]:
    return {"memberNumber": number, "storeCode": "101", "idempotencyKey": key(), **other}


def reissue(number: str = TARO, **other: Any) -> dict[str, Any]:
    return {"memberNumber": number, "cardNumber": NEW_CARD, "idempotencyKey": key(), **other}


async def slips(register: Api, number: str = TARO) -> list[dict[str, Any]]:
    """What waits for a member, as the register sees it (B16)."""
    query = (
        "query ($number: MemberNumber!) { member(number: $number) { pico { unreceivedPrepaid { items {"
        " slipNumber amount postedOn beingReceived } } } } }"
    )
    data = await register.data(query, number=number)
    items: list[dict[str, Any]] = data["member"]["pico"]["unreceivedPrepaid"]["items"]
    return items


async def receipt(register: Api, **other: Any) -> dict[str, Any]:
    """Handing out 太郎's posted slip."""
    posted = next(item for item in await slips(register) if item["postedOn"])
    return {
        "memberNumber": TARO,
        "slipNumber": posted["slipNumber"],
        "storeCode": "102",
        "idempotencyKey": key(),
        **other,
    }


def received(kind: str, number: str = TARO) -> dict[str, Any]:
    return {
        "kind": kind,
        "state": "RECEIVED",
        "memberNumber": number,
        "settledAt": None,
        "reason": None,
    }


async def test_a_store_suspends_pico(register: Api, taro: Api, store: Store) -> None:
    """D3, D4: on record at once, pending until the POS has it; the member sees it and is told by mail."""
    payload = await done(register, "suspendPicoInStore", f"{REQUEST} message followUps", **suspension())

    assert payload == {
        "changeRequest": received("PICO_SUSPENSION"),
        "message": RECEIVED,
        "followUps": ["ミールカードをご利用の方は、食堂店でお手続きください。"],
    }
    own = await taro.data("{ viewer { member { pico { suspension { state } } } } }")
    assert own["viewer"]["member"]["pico"]["suspension"] == {"state": "REQUESTED"}
    assert [mail.kind for mail in await mails_to(store, "hirosaki@example.jp")] == ["SUSPENSION_RECEIVED"]


async def test_pico_is_resumed_in_a_store(register: Api) -> None:
    """D2."""
    payload = await done(register, "resumePico", f"{REQUEST} message", **suspension(MEGUMI))

    assert payload == {"changeRequest": received("PICO_RESUMPTION", MEGUMI), "message": RECEIVED}


async def test_the_request_names_the_store(register: Api) -> None:
    """D2, D3."""
    details = "changeRequest { details { ... on PicoResumptionDetails { store { name } } } }"

    payload = await done(register, "resumePico", details, **suspension(MEGUMI, storeCode="103"))

    assert payload["changeRequest"]["details"] == {"store": {"name": "Clover"}}


async def test_a_card_is_reissued_for_a_fee(register: Api) -> None:
    """D5, D6, D7."""
    payload = await done(register, "reissueCard", f"{REQUEST} fee message", **reissue())

    assert payload == {
        "changeRequest": received("CARD_REISSUE"),
        "fee": 500,
        "message": f"{RECEIVED}新しいカードが発行されると、旧カードは使用できなくなります。"
        "Pico残高やポイントなどは、新しいカードに引き継がれます。",
    }


async def test_the_old_card_is_dead_as_soon_as_the_new_one_is_accepted(register: Api, taro: Api) -> None:
    """D6, D7: the registry does not know the new one yet; balance and points are as they were."""
    query = """{ viewer { member {
      cards { number state reissueCount reissue { state } } pico { prepaidBalance points }
    } } }"""
    before = (await taro.data(query))["viewer"]["member"]

    await done(register, "reissueCard", **reissue(cardNumber="２１０１-0000-0001-9999"))

    after = (await taro.data(query))["viewer"]["member"]
    assert [(card["number"], card["state"]) for card in before["cards"]] == [("2101000000010035", "ACTIVE")]
    assert after["cards"] == [
        {"number": NEW_CARD, "state": "ACTIVE", "reissueCount": 1, "reissue": {"state": "RECEIVED"}},
        {"number": "2101000000010035", "state": "REPLACED", "reissueCount": 0, "reissue": None},
    ]
    assert after["pico"] == before["pico"]


async def test_a_slip_is_handed_out_at_a_register(register: Api) -> None:
    """B10, B11, B12, B14."""
    payload = await done(register, "receivePrepaid", f"{REQUEST} message", **await receipt(register))

    assert payload == {"changeRequest": received("PREPAID_RECEIPT"), "message": RECEIVED}
    assert [(item["amount"], item["beingReceived"]) for item in await slips(register)] == [
        (20000, True),
        (5000, False),
    ]


async def test_a_slip_that_is_not_posted_is_not_handed_out(register: Api) -> None:
    """B12, X8: staff see it, and read why."""
    paid = next(item for item in await slips(register) if item["postedOn"] is None)

    error = await refusal(
        register, "receivePrepaid", **await receipt(register, slipNumber=paid["slipNumber"])
    )

    message = "この受付番号のプリペイドは、計上前か受取済みのため、お渡しできません。"
    assert error == input_error("NOT_RECEIVABLE", message, "slipNumber")


@pytest.mark.parametrize("slip", ["", "伝票1", "1" * 21])
async def test_what_is_no_slip_number_is_refused(register: Api, slip: str) -> None:
    error = await refusal(register, "receivePrepaid", **await receipt(register, slipNumber=slip))

    message = "受付番号は、未受取プリペイドの内訳にある番号をご入力ください。"
    assert error == input_error("BAD_INPUT", message, "slipNumber")


async def test_dining_halls_hand_no_money_out(register: Api) -> None:
    """B14."""
    error = await refusal(register, "receivePrepaid", **await receipt(register, storeCode="201"))

    message = f"プリペイドをお渡しできる店舗のコードをご指定ください（{STORES}）。"
    assert error == input_error("STORE_REFUSED", message, "storeCode")


@pytest.mark.parametrize("mutation", ["suspendPicoInStore", "resumePico"])
@pytest.mark.parametrize("store_code", ["999", "", "SHAREA"])
async def test_a_store_is_one_of_the_co_ops_own(register: Api, mutation: str, store_code: str) -> None:
    """D2, D3: 999 is the POS's code for the Web."""
    error = await refusal(register, mutation, **suspension(storeCode=store_code))

    message = f"お手続きの店舗のコードをご指定ください（{ALL_STORES}）。"
    assert error == input_error("STORE_REFUSED", message, "storeCode")


@pytest.mark.parametrize("card", ["", "210100000001999", "21010000000199990", "カード"])
async def test_a_card_number_has_sixteen_digits(register: Api, card: str) -> None:
    """D5."""
    error = await refusal(register, "reissueCard", **reissue(cardNumber=card))

    assert error == input_error("BAD_INPUT", "カード番号は半角数字16桁でご入力ください。", "cardNumber")


@pytest.mark.parametrize("card", ["2101000000010035", "2101000000030041"])
async def test_a_card_somebody_has_is_issued_to_nobody(register: Api, card: str) -> None:
    """D5, D7: one's own old one, or another member's."""
    error = await refusal(register, "reissueCard", **reissue(cardNumber=card))

    message = "このカード番号はすでに使用されています。新しいカードの番号をご確認ください。"
    assert error == input_error("CARD_NUMBER_IN_USE", message, "cardNumber")


async def test_a_card_on_its_way_is_not_issued_again(register: Api) -> None:
    """D5: another key is another intention."""
    await done(register, "reissueCard", **reissue())

    assert (await refusal(register, "reissueCard", **reissue()))["code"] == "CARD_NUMBER_IN_USE"


async def set_state(store: Store, state: ChangeRequestState) -> None:
    """The requests there are have come so far."""
    async with store.engine.begin() as connection:
        await connection.execute(sa.update(change_requests).values(state=state))


@pytest.mark.parametrize("state", [each for each in ChangeRequestState if each.value != "REJECTED"])
async def test_a_card_that_was_asked_for_is_issued_to_nobody_else(
    register: Api, store: Store, state: ChangeRequestState
) -> None:
    """D5: whatever became of it, also where it was issued and the registry has not taken it up."""
    await done(register, "reissueCard", **reissue())
    await set_state(store, state)

    error = await refusal(register, "reissueCard", **reissue(MEGUMI))

    message = "このカード番号はすでに使用されています。新しいカードの番号をご確認ください。"
    assert error == input_error("CARD_NUMBER_IN_USE", message, "cardNumber")


async def test_a_card_that_was_refused_to_one_member_can_be_issued_to_another(
    register: Api, store: Store
) -> None:
    """D5."""
    await done(register, "reissueCard", **reissue())
    await set_state(store, ChangeRequestState.REJECTED)

    payload = await done(register, "reissueCard", REQUEST, **reissue(MEGUMI))

    assert payload["changeRequest"] == received("CARD_REISSUE", MEGUMI)


async def test_of_many_members_who_are_to_get_one_card_at_once_one_gets_it(register: Api) -> None:
    """D5."""
    members = [TARO, MEGUMI, *(f"2101000000{index}" for index in range(20, 30))]

    payloads = await asyncio.gather(
        *(do(register, "reissueCard", "changeRequest { kind }", **reissue(member)) for member in members)
    )

    codes = sorted([error["code"] for error in payload["errors"]] for payload in payloads)
    assert codes == [[], *[["CARD_NUMBER_IN_USE"]] * (len(members) - 1)]


async def test_one_reissue_that_is_sent_many_times_at_once_is_answered_alike(register: Api) -> None:
    """D5: with one key."""
    wanted = reissue()

    payloads = await asyncio.gather(
        *(done(register, "reissueCard", "changeRequest { id }", **wanted) for _ in range(8))
    )

    assert payloads == [payloads[0]] * 8


async def test_what_is_suspended_is_not_suspended_again(register: Api) -> None:
    """D3."""
    error = await refusal(register, "suspendPicoInStore", **suspension(MEGUMI))

    assert error["code"] == "ALREADY_SUSPENDED"


async def test_what_is_usable_is_not_resumed(register: Api) -> None:
    """D2."""
    error = await refusal(register, "resumePico", **suspension())

    message = "電子マネーPicoは利用停止中ではないか、利用再開の手続き中です。"
    assert error == input_error("NOT_SUSPENDED", message, "memberNumber")


async def test_suspension_and_resumption_follow_one_another(register: Api) -> None:
    """D2, D3: what is under way counts."""
    await done(register, "suspendPicoInStore", **suspension())
    await done(register, "resumePico", **suspension())

    assert (await refusal(register, "resumePico", **suspension()))["code"] == "NOT_SUSPENDED"
    await done(register, "suspendPicoInStore", **suspension())


async def given(register: Api, mutation: str) -> dict[str, Any]:
    """What the mutation takes."""
    match mutation:
        case "resumePico":
            return suspension(MEGUMI)
        case "reissueCard":
            return reissue()
        case "receivePrepaid":
            return await receipt(register)
        case _:
            return suspension()


MUTATIONS = ["suspendPicoInStore", "resumePico", "reissueCard", "receivePrepaid"]
every_mutation = pytest.mark.parametrize("mutation", MUTATIONS)


@every_mutation
async def test_the_same_key_again_gets_the_first_answer(register: Api, store: Store, mutation: str) -> None:
    """Even where the request itself now speaks against it; written down once."""
    input_ = await given(register, mutation)
    selection = "changeRequest { id requestedAt }"

    first = await done(register, mutation, selection, **input_)
    again = await done(register, mutation, selection, **input_)

    assert again == first
    log = await store.of("hirosaki").access_log.page(AccessLogQuery(limit=20))
    assert [entry.action.value for entry in log.items].count("CHANGE_REQUESTED") == 1


@every_mutation
async def test_the_same_key_with_other_input_is_an_error(register: Api, mutation: str) -> None:
    input_ = await given(register, mutation)
    await done(register, mutation, **input_)

    other = {**input_, "memberNumber": "210100000003"}
    error = await refusal(register, mutation, **other)

    assert (error["code"], error["path"]) == ("IDEMPOTENCY_KEY_REUSED", ["input", "idempotencyKey"])


@every_mutation
async def test_it_stands_in_the_access_log(register: Api, store: Store, mutation: str) -> None:
    """E26: who, for whom, what."""
    input_ = await given(register, mutation)

    await done(register, mutation, **input_)

    log = await store.of("hirosaki").access_log.page(AccessLogQuery(limit=5))
    entry = next(entry for entry in log.items if entry.action.value == "CHANGE_REQUESTED")
    account = await store.of("hirosaki").accounts.by_login_id("store-hirosaki")
    assert account is not None
    assert (entry.account_id, entry.member_number) == (account.account_id, input_["memberNumber"])


@every_mutation
async def test_an_unknown_member_is_not_found(register: Api, mutation: str) -> None:
    nobody = {**await given(register, mutation), "memberNumber": "210100009999"}

    error = await refusal(register, mutation, **nobody)

    message = "入力された情報に該当する組合員が見つかりません"
    assert error == input_error("MEMBER_NOT_FOUND", message, "memberNumber")


@every_mutation
async def test_a_number_of_another_form_is_told_how_they_are_written(register: Api, mutation: str) -> None:
    """A3, A4."""
    malformed = {**await given(register, mutation), "memberNumber": "2101"}

    error = await refusal(register, mutation, **malformed)

    assert error == input_error("BAD_INPUT", "半角数字12桁（ハイフンなし）でご入力ください。", "memberNumber")


@every_mutation
async def test_it_is_done_by_the_staff_of_stores_only(
    api: Api, taro: Api, store: Store, mutation: str
) -> None:
    """D2, D3, D5, B11: other roles may not, nor the member, nor nobody."""
    input_ = {**suspension(), "slipNumber": "1", "cardNumber": NEW_CARD}
    wanted = {
        "reissueCard": {"memberNumber", "cardNumber", "idempotencyKey"},
        "receivePrepaid": {"memberNumber", "slipNumber", "storeCode", "idempotencyKey"},
    }.get(mutation, {"memberNumber", "storeCode", "idempotencyKey"})
    kind = f"{mutation[0].upper()}{mutation[1:]}Input"
    operation = f"mutation Do($input: {kind}!) {{ {mutation}(input: $input) {{ errors {{ code }} }} }}"
    variables = {name: value for name, value in input_.items() if name in wanted}
    others = (StaffRole.DESK, StaffRole.OFFICE, StaffRole.AUDITOR, StaffRole.ADMINISTRATOR)
    await open_staff(store, "hirosaki", "all-others", *others)
    everybody_else = await api.signed_in("hirosaki", "all-others")
    for viewer, code in ((everybody_else, "FORBIDDEN"), (taro, "FORBIDDEN"), (api, "UNAUTHENTICATED")):
        answer = await viewer.ask(operation, input=variables)
        assert answer.only_error()["extensions"]["code"] == code


async def test_a_co_op_without_pico_does_none_of_it(api: Api) -> None:
    """Hokkaido: said plainly, and no store could be named."""
    hokkaido = await api.signed_in("hokkaido", "store-hokkaido@example.jp")

    for mutation, input_ in (
        ("suspendPicoInStore", suspension("10000001")),
        ("reissueCard", reissue("10000001")),
    ):
        error = await refusal(hokkaido, mutation, **input_)
        assert error == input_error("NOT_OFFERED", "この生協では電子マネーPicoを取り扱っていません。")


async def test_while_the_pos_is_closed_it_is_accepted_and_waits(
    register: Api, legacy_systems: LegacySystems
) -> None:
    """D3, D5, B11: what the POS cannot say just now speaks against nobody."""
    input_ = await receipt(register)
    async with legacy_systems.hirosaki.pos.fault("closed"):
        suspended = await done(register, "suspendPicoInStore", REQUEST, **suspension())
        handed_out = await done(register, "receivePrepaid", REQUEST, **input_)
        reissued = await done(register, "reissueCard", REQUEST, **reissue())

    for payload in (suspended, handed_out, reissued):
        assert payload["changeRequest"]["state"] == "RECEIVED"


async def test_while_the_registry_is_out_a_card_is_still_suspended(
    register: Api, legacy_systems: LegacySystems
) -> None:
    """D3: a lost card cannot wait; a new one can."""
    async with legacy_systems.hirosaki.registry.fault("error"):
        await done(register, "suspendPicoInStore", **suspension("210100000003"))
        operation = (
            "mutation Do($input: ReissueCardInput!) { reissueCard(input: $input) { errors { code } } }"
        )
        answer = await register.ask(operation, input=reissue("210100000003"))

    assert answer.only_error()["extensions"]["code"] == "SYSTEM_UNAVAILABLE"
