"""Who may look, when, and on what: devices, the first month, the end of membership."""

import pytest

from gateway.store import Store
from tests.api.opening import open_member
from tests.lifecycle.operations import HOME, PROFILE, WHO
from tests.lifecycle.people import HANAKO, ISAMU, NEW_PASSWORD, SACHIKO
from tests.lifecycle.portal import Portal, Visitor
from tests.lifecycle.registering import code_of, completed, provisional, registers

STATEMENTS = "{ viewer { member { viewableFrom statements { edges { node { month } } } } } }"
CARD = "{ viewer { account { loginId } member { digitalCard { state } } } }"


def on(device: str, visitor: Visitor) -> Visitor:
    """The same person on another kind of device."""
    visitor.client.headers["Client-Device"] = device
    return visitor


async def test_a_feature_phone_registers_and_shows_nothing(portal: Portal) -> None:
    """A2, X22: the same session on a smartphone shows everything."""
    phone = on("FEATURE_PHONE", await provisional(portal, HANAKO.number, "20010615"))
    await phone.done("sendTestMail", email="hanako@docomo.example")
    await phone.done("completeRegistration", **completed("hanako", "hanako@docomo.example"))
    signed_in = on("FEATURE_PHONE", await portal.signed_in("hirosaki", "hanako", NEW_PASSWORD))
    assert (await signed_in.data(WHO))["viewer"]["account"]["loginId"] == "hanako"
    assert set((await signed_in.ask(HOME)).codes().values()) == {"VIEW_UNSUPPORTED_DEVICE"}
    for device in ("SMARTPHONE", "PC"):
        assert (await on(device, signed_in).ask(HOME)).errors == []


async def test_what_a_client_declares_never_widens_what_is_seen(portal: Portal) -> None:
    """X22: presentation only; a device nobody knows is refused."""
    nobody = on("SMARTPHONE", await portal.visitor())
    assert (await nobody.data(HOME))["viewer"] is None
    assert (await on("WATCH", nobody).post(HOME)).status_code == 400


async def test_profile_and_statements_open_with_the_month_after_registration(portal: Portal) -> None:
    """E9, X16: registered on 20 November; the account at once, the page on 1 December."""
    sachiko = await registers(portal, SACHIKO, "sachiko@example.jp")
    assert (await sachiko.data(WHO))["viewer"]["account"]["state"] == "REGISTERED"
    assert (await sachiko.ask(CARD)).errors == []
    for query in (PROFILE, STATEMENTS):
        assert set((await sachiko.ask(query)).codes().values()) == {"NOT_YET_VIEWABLE"}
    await sachiko.done("submitInquiry", coop="hokkaido", topic="OTHER", body="いつから見られますか。")

    portal.later(days=10, hours=11, minutes=59)
    later = await portal.signed_in("hokkaido", "sachiko@example.jp", NEW_PASSWORD)
    assert (await later.ask(PROFILE)).codes() == {"viewer.member.profile": "NOT_YET_VIEWABLE"}
    portal.later(minutes=1)
    assert (await later.ask(PROFILE)).errors == []
    assert (await later.ask(STATEMENTS)).errors == []


async def test_in_hirosaki_one_views_at_once(portal: Portal) -> None:
    """X16: waiting is the other co-op's rule."""
    hanako = await provisional(portal, HANAKO.number, "20010615")
    await hanako.done("completeRegistration", **completed("hanako"))
    signed_in = await portal.signed_in("hirosaki", "hanako", NEW_PASSWORD)
    assert (await signed_in.ask(PROFILE)).errors == []


async def test_after_the_refund_nothing_is_shown(portal: Portal, store: Store) -> None:
    """E22: 釧路 勇 still has an account, and may do no more than sign out."""
    await open_member(store, "hokkaido", "kushiro@example.jp", ISAMU.number)
    isamu = await portal.signed_in("hokkaido", "kushiro@example.jp")
    assert (await isamu.ask(PROFILE)).codes() == {"viewer.member": "WITHDRAWN"}


@pytest.mark.parametrize("number", ["10009999", "10000003"])
async def test_who_is_no_member_cannot_sign_in(nobody: Visitor, number: str) -> None:
    """E15: a stranger, and one who has not paid; an address or a number that nobody registered opens nothing."""
    for identifier in (number, f"{number}@example.jp"):
        attempt = {"coop": "hokkaido", "identifier": identifier, "password": NEW_PASSWORD}
        assert await code_of(nobody, "signIn", **attempt) == "INVALID_CREDENTIALS"


async def test_a_wrong_address_and_a_wrong_password_are_one_answer(nobody: Visitor) -> None:
    """A37, E1: naming what may be mistyped in each co-op."""
    answers = [
        await nobody.refused("signIn", coop="hokkaido", identifier=identifier, password="not this one")
        for identifier in ("sapporo@example.jp", "nobody@example.jp")
    ]
    assert answers[0] == answers[1]
    assert answers[0]["message"].startswith("メールアドレスまたはパスワードが正しくありません。")
    hirosaki = await nobody.refused(
        "signIn", coop="hirosaki", identifier="hirosaki-taro", password="not this"
    )
    assert hirosaki["message"].startswith("ログインIDまたはパスワードが正しくありません。")
