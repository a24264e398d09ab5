"""デジタル組合員証の認証: who can, on what, how often, and until when."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from adapters.records import MemberNumber
from gateway.settings import Settings
from gateway.store import Store
from tests.api.asking import Api
from tests.api.own_gateway import changed_coops, running_gateway
from tests.api.test_authorisation import PROVISIONAL
from tests.api.test_devices import on
from tests.running import NOW, LegacySystems

CARD = "digitalCard { state displayName nameEffectiveFrom presentation { code expiresAt } }"
ACTIVATE = f"mutation {{ activateDigitalCard {{ errors {{ __typename code message path }} {CARD} }} }}"
OWN = f"{{ viewer {{ member {{ {CARD} }} }} }}"
LOG = "{ viewer { account { accessLog(first: 100) { edges { node { action } } } } } }"
KITAMI = MemberNumber("10000006")


def an_error(code: str, message: str) -> dict[str, Any]:
    """Not about any input: there is none."""
    return {"__typename": "InputError", "code": code, "message": message, "path": None}


async def activated(api: Api) -> Any:
    """The payload."""
    return (await api.data(ACTIVATE))["activateDigitalCard"]


@pytest.fixture
async def kitami(api: Api) -> Api:
    """北見 真由美, who registered this month and has no card yet."""
    return await api.signed_in("hokkaido", "kitami@example.jp")


async def test_who_has_registered_activates_the_card_and_can_present_it(kitami: Api) -> None:
    """E13, X16: at once, although the profile opens next month only."""
    payload = await activated(kitami)

    card = payload["digitalCard"]
    assert payload["errors"] == []
    assert (card["state"], card["displayName"]) == ("ACTIVE", "帯広 真由美")
    assert card["presentation"]["expiresAt"] == "2026-11-20T12:01:00+09:00"
    shown = (await kitami.data(OWN))["viewer"]["member"]["digitalCard"]
    assert shown["state"] == "ACTIVE"


async def test_activating_again_changes_nothing_and_is_logged_once(kitami: Api, store: Store) -> None:
    """E13, E26."""
    first = await activated(kitami)

    assert (await activated(kitami))["digitalCard"]["state"] == first["digitalCard"]["state"] == "ACTIVE"
    (card,) = (await store.of("hokkaido").digital_cards.of_members([KITAMI])).values()
    assert card is not None
    assert card.activated_at == NOW
    log = (await kitami.data(LOG))["viewer"]["account"]["accessLog"]["edges"]
    assert [entry["node"]["action"] for entry in log].count("CARD_ACTIVATED") == 1


async def test_a_feature_phone_is_no_place_for_it(kitami: Api) -> None:
    """E17."""
    answer = (await on("FEATURE_PHONE", kitami, ACTIVATE)).json()

    message = (
        "申し訳ありませんが、デジタル組合員証はスマートフォンのアプリを利用しておりますので、"
        "携帯電話(フィーチャーフォン)ではご利用いただけません。"
    )
    assert answer == {
        "data": {
            "activateDigitalCard": {"errors": [an_error("DEVICE_UNSUPPORTED", message)], "digitalCard": None}
        }
    }
    assert (await kitami.data(OWN))["viewer"]["member"]["digitalCard"]["state"] == "NOT_ACTIVATED"


async def test_a_card_that_has_ended_is_not_activated_again(kitami: Api, store: Store) -> None:
    """E14, E24: nor can it be presented."""
    await activated(kitami)
    await store.of("hokkaido").digital_cards.revoke(KITAMI, NOW)

    payload = await activated(kitami)

    message = "このデジタル組合員証はご利用を終了しています。デジタル組合員証アプリのアンインストールをしてください。"
    assert payload == {"errors": [an_error("CARD_REVOKED", message)], "digitalCard": None}
    shown = (await kitami.data(OWN))["viewer"]["member"]["digitalCard"]
    assert (shown["state"], shown["presentation"]) == ("REVOKED", None)


async def test_it_is_activated_while_the_registry_is_down_and_shown_when_it_is_back(
    kitami: Api, legacy_systems: LegacySystems
) -> None:
    """E13: the registry knows the name, not the card."""
    async with legacy_systems.hokkaido.registry.fault("error"):
        answer = await kitami.ask(ACTIVATE)

    assert answer.data == {"activateDigitalCard": {"errors": [], "digitalCard": None}}
    assert answer.codes() == {"activateDigitalCard.digitalCard": "SYSTEM_UNAVAILABLE"}
    assert (await kitami.data(OWN))["viewer"]["member"]["digitalCard"]["state"] == "ACTIVE"


async def test_a_co_op_without_digital_cards_says_so(taro: Api) -> None:
    assert await activated(taro) == {
        "errors": [an_error("NOT_OFFERED", "この生協では、デジタル組合員証のお取り扱いはありません。")],
        "digitalCard": None,
    }


@pytest.fixture
async def with_cards(
    seeded_database: str, legacy_systems: LegacySystems, patient_coops_dir: Path, tmp_path: Path
) -> AsyncIterator[Api]:
    """A gateway whose university co-op has digital cards, too; nobody is signed in."""
    coops_dir = changed_coops(patient_coops_dir, tmp_path, '"GUARDIANS"]', '"GUARDIANS", "DIGITAL_CARD"]')
    settings = Settings(database_url=SecretStr(seeded_database), coops_dir=coops_dir, deadline_seconds=30)
    async with running_gateway(settings) as api:
        yield api


async def test_who_has_signed_in_provisionally_must_register_first(with_cards: Api) -> None:
    """E13."""
    provisional = await with_cards.signed_in("hirosaki", *PROVISIONAL)

    message = "デジタル組合員証はマイページ登録がないと、認証ができずご利用いただけません。"
    assert await activated(provisional) == {
        "errors": [an_error("MYPAGE_REQUIRED", message)],
        "digitalCard": None,
    }


async def test_it_is_the_members_own(with_cards: Api, hokkaido_staff: Api, api: Api) -> None:
    """X13: neither a guardian's nor the staff's, and nobody's who has not signed in."""
    ichiro = await with_cards.signed_in("hirosaki", "hirosaki-ichiro")

    for who, code in ((ichiro, "FORBIDDEN"), (hokkaido_staff, "FORBIDDEN"), (api, "UNAUTHENTICATED")):
        answer = await who.ask(ACTIVATE)
        assert (answer.data, answer.codes()) == (None, {"activateDigitalCard": code})
