"""【変更する】, sessions, the guardian's view, and leaving: what one does about one's own account."""

import pytest

from tests.lifecycle.operations import HOME, PROFILE, SESSIONS, WHO
from tests.lifecycle.people import HANAKO, NEW_PASSWORD, OTHER_PASSWORD, SABURO, SACHIKO
from tests.lifecycle.portal import Portal, Visitor, token_in
from tests.lifecycle.registering import code_of, provisional, registers, started

DEMO = "demo-coop-2026"
SABURO_AT = "saburo@example.jp"
SACHIKO_AT = "sachiko@example.jp"
CARD = "{ viewer { member { digitalCard { state } } } }"


@pytest.fixture
async def saburo(portal: Portal) -> Visitor:
    """八甲田 三郎 of Hirosaki, just registered."""
    return await registers(portal, SABURO, SABURO_AT)


async def test_the_password_is_changed_with_the_current_one_and_other_sessions_end(
    portal: Portal, saburo: Visitor
) -> None:
    """A36: this session stays; the owner hears of it."""
    library = await portal.signed_in("hirosaki", "member-0005", NEW_PASSWORD)
    wrong = {"password": "not the current one", "newPassword": OTHER_PASSWORD}
    assert await code_of(saburo, "changePassword", **wrong) == "INVALID_CREDENTIALS"
    weak = {"password": NEW_PASSWORD, "newPassword": "八甲田八甲田八甲田八甲田八甲田"}
    assert await code_of(saburo, "changePassword", **weak) == "PASSWORD_REFUSED"

    await saburo.done("changePassword", password=NEW_PASSWORD, newPassword=OTHER_PASSWORD)
    assert (await library.data(WHO))["viewer"] is None
    assert (await saburo.data(WHO))["viewer"] is not None
    await portal.mail(SABURO_AT, "パスワード変更のお知らせ")
    await portal.signed_in("hirosaki", "member-0005", OTHER_PASSWORD)


async def test_the_login_id_is_changed_with_the_current_password(
    portal: Portal, nobody: Visitor, saburo: Visitor
) -> None:
    """A36."""
    assert (
        await code_of(saburo, "changeLoginId", password=OTHER_PASSWORD, loginId="saburo")
        == "INVALID_CREDENTIALS"
    )
    for refused in ("a b", SABURO.number, f"{SABURO.number}ｐ", "ab"):
        taken = await code_of(saburo, "changeLoginId", password=NEW_PASSWORD, loginId=refused)
        assert taken == "LOGIN_ID_REFUSED", refused
    taken = await code_of(saburo, "changeLoginId", password=NEW_PASSWORD, loginId="HIROSAKI-taro")
    assert taken == "LOGIN_ID_IN_USE"

    await saburo.done("changeLoginId", password=NEW_PASSWORD, loginId="saburo")
    await portal.mail(SABURO_AT, "ログインID変更のお知らせ")
    await portal.signed_in("hirosaki", "saburo", NEW_PASSWORD)
    attempt = {"coop": "hirosaki", "identifier": "member-0005", "password": NEW_PASSWORD}
    assert await code_of(nobody, "signIn", **attempt) == "INVALID_CREDENTIALS"


async def test_a_new_address_is_confirmed_there_and_announced_to_the_old_one(
    portal: Portal, nobody: Visitor, saburo: Visitor
) -> None:
    """A36."""
    await saburo.done("changeEmail", password=NEW_PASSWORD, email="new@example.jp")
    await portal.mail(SABURO_AT, "メールアドレス変更の受付")
    assert (await saburo.data(WHO))["viewer"]["account"]["email"] == SABURO_AT
    token = token_in(await portal.mail("new@example.jp", "メールアドレスの確認"))

    await nobody.done("confirmEmail", coop="hirosaki", token=token)
    assert (await saburo.data(WHO))["viewer"]["account"]["email"] == "new@example.jp"
    await portal.mail(SABURO_AT, "メールアドレス変更のお知らせ")
    assert await code_of(nobody, "confirmEmail", coop="hirosaki", token=token) == "LINK_INVALID"


async def test_in_hokkaido_the_new_address_is_what_one_signs_in_with(portal: Portal, nobody: Visitor) -> None:
    """A36, E1; the login ID itself is not for changing there."""
    sachiko = await registers(portal, SACHIKO, SACHIKO_AT)
    refused = await code_of(sachiko, "changeLoginId", password=NEW_PASSWORD, loginId="sachiko")
    assert refused == "NOT_OFFERED"
    await sachiko.done("changeEmail", password=NEW_PASSWORD, email="otaru@example.com")
    token = token_in(await portal.mail("otaru@example.com", "メールアドレスの確認"))
    await nobody.done("confirmEmail", coop="hokkaido", token=token)
    await portal.signed_in("hokkaido", "otaru@example.com", NEW_PASSWORD)
    attempt = {"coop": "hokkaido", "identifier": SACHIKO_AT, "password": NEW_PASSWORD}
    assert await code_of(nobody, "signIn", **attempt) == "INVALID_CREDENTIALS"


async def test_moving_to_somebody_elses_address_tells_nothing_and_does_nothing(
    portal: Portal, nobody: Visitor
) -> None:
    """E1: the answer is that of any address; its owner is told."""
    sachiko = await registers(portal, SACHIKO, SACHIKO_AT)
    payload = await sachiko.done("changeEmail", password=NEW_PASSWORD, email="sapporo@example.jp")
    assert payload["email"] == "sapporo@example.jp"
    await portal.mail("sapporo@example.jp", "メールアドレスのご登録について")
    assert (await sachiko.data(WHO))["viewer"]["account"]["loginId"] == SACHIKO_AT


async def test_one_sees_and_ends_ones_sessions(portal: Portal, saburo: Visitor) -> None:
    """E26: on whatever device."""
    library = await portal.signed_in("hirosaki", "member-0005", NEW_PASSWORD)
    listed = (await saburo.data(SESSIONS))["viewer"]["account"]["sessions"]
    (other,) = [each["id"] for each in listed if not each["current"]]
    query = "mutation End($id: ID!) { endSession(input: {sessionId: $id}) { errors { code } } }"
    assert (await saburo.data(query, id=other))["endSession"]["errors"] == []
    assert (await library.data(WHO))["viewer"] is None


@pytest.mark.parametrize(
    ("use_every", "for_hours", "lives"), [(61, 2, False), (59, 23, True), (59, 25, False)]
)
async def test_a_session_ends_when_unused_and_in_any_case_after_a_day(
    portal: Portal, use_every: int, for_hours: int, lives: bool
) -> None:
    """E26: an hour without use, 24 hours altogether."""
    taro = await portal.signed_in("hirosaki", "hirosaki-taro")
    end = portal.clock().timestamp() + for_hours * 3600
    while portal.clock().timestamp() < end:
        portal.later(minutes=use_every)
        seen = (await taro.data(WHO))["viewer"]
    assert (seen is not None) is lives


async def test_the_student_decides_whether_the_guardian_looks_on(portal: Portal) -> None:
    """A16, X13: taken away and given back at once; the guardian cannot."""
    taro = await portal.signed_in("hirosaki", "hirosaki-taro")
    ichiro = await portal.signed_in("hirosaki", "hirosaki-ichiro")
    assert (await ichiro.ask(PROFILE)).errors == []

    await taro.done("setGuardianSharing", shared=False)
    assert set((await ichiro.ask(PROFILE)).codes().values()) == {"FORBIDDEN"}
    refused = await ichiro.tries("setGuardianSharing", shared=True)
    assert refused.only_error()["extensions"]["code"] == "FORBIDDEN"

    await taro.done("setGuardianSharing", shared=True)
    assert (await ichiro.ask(PROFILE)).errors == []


async def test_leaving_mypage_is_for_good(portal: Portal, nobody: Visitor, saburo: Visitor) -> None:
    """A27, E14: password again; account and sessions are closed, and no way of registering leads back."""
    phone = await portal.signed_in("hirosaki", "member-0005", NEW_PASSWORD)
    assert await code_of(saburo, "leaveMyPage", password=OTHER_PASSWORD) == "INVALID_CREDENTIALS"
    await saburo.done("leaveMyPage", password=NEW_PASSWORD)
    for device in (saburo, phone):
        assert (await device.data(WHO))["viewer"] is None
    await portal.mail(SABURO_AT, "マイページ利用中止のお知らせ")
    attempt = {"coop": "hirosaki", "identifier": "member-0005", "password": NEW_PASSWORD}
    assert await code_of(nobody, "signIn", **attempt) == "INVALID_CREDENTIALS"
    assert await code_of(nobody, "startRegistration", **started(SABURO)) == "ALREADY_REGISTERED"


async def test_leaving_mypage_ends_the_digital_card(portal: Portal) -> None:
    """E13, E14: 札幌 一郎's card is revoked, and the mail advises to uninstall the app."""
    sapporo = await portal.signed_in("hokkaido", "sapporo@example.jp")
    assert (await sapporo.data(CARD))["viewer"]["member"]["digitalCard"]["state"] == "ACTIVE"
    await sapporo.done("leaveMyPage", password=DEMO)
    mail = await portal.mail("sapporo@example.jp", "マイページ利用中止のお知らせ")
    assert "アンインストール" in mail["text"]
    staff = await portal.staff("hokkaido")
    query = 'query { member(number: "10000001") { digitalCard { state } } }'
    assert (await staff.data(query))["member"]["digitalCard"] == {"state": "REVOKED"}


async def test_the_digital_card_needs_mypage(portal: Portal, nobody: Visitor) -> None:
    """E13: it can be presented from a member's own session only, whatever staff see of it."""
    query = "{ viewer { member { digitalCard { state presentation { code } } } } }"
    assert (await nobody.data(query))["viewer"] is None
    sapporo = await portal.signed_in("hokkaido", "sapporo@example.jp")
    assert (await sapporo.data(query))["viewer"]["member"]["digitalCard"]["presentation"]["code"]

    staff = await portal.staff("hokkaido")
    for number, state in (("10000001", "ACTIVE"), (SACHIKO.number, "NOT_ACTIVATED")):
        card = f'{{ member(number: "{number}") {{ digitalCard {{ state presentation {{ code }} }} }} }}'
        shown = (await staff.data(card))["member"]["digitalCard"]
        assert shown == {"state": state, "presentation": None}


async def test_a_provisional_registration_never_opens_a_left_account_again(
    portal: Portal, nobody: Visitor
) -> None:
    """A27, E14: 津軽 花子 leaves; her birth date opens nothing any more."""
    hanako = await provisional(portal, HANAKO.number, "20010615")
    await hanako.done(
        "completeRegistration",
        loginId="hanako",
        password=NEW_PASSWORD,
        email="hanako@example.jp",
        acceptedTerms="2020-03",
    )
    registered = await portal.signed_in("hirosaki", "hanako", NEW_PASSWORD)
    assert (await registered.ask(HOME)).errors == []
    await registered.done("leaveMyPage", password=NEW_PASSWORD)
    attempt = {"coop": "hirosaki", "identifier": HANAKO.number, "password": "20010615"}
    assert await code_of(nobody, "signIn", **attempt) == "INVALID_CREDENTIALS"
