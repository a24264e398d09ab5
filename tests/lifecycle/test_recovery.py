"""What was forgotten: the login ID, the password by both strategies, and the address, which only staff tell."""

import pytest

from tests.lifecycle.operations import HOME, WHO
from tests.lifecycle.people import HANAKO, NEW_PASSWORD, OTHER_PASSWORD, SABURO, SACHIKO
from tests.lifecycle.portal import Portal, Visitor, reissued_in, token_in
from tests.lifecycle.registering import code_of, completed, is_uniform, provisional, registers

SABURO_AT = "saburo@example.jp"
SACHIKO_AT = "sachiko@example.jp"


@pytest.fixture
async def saburo(portal: Portal) -> Visitor:
    """八甲田 三郎 of Hirosaki, just registered, signed in at home."""
    return await registers(portal, SABURO, SABURO_AT)


@pytest.fixture
async def sachiko(portal: Portal) -> Visitor:
    """小樽 幸子 of Hokkaido, just registered, signed in at home."""
    return await registers(portal, SACHIKO, SACHIKO_AT)


async def test_a_forgotten_login_id_is_mailed_to_the_registered_address(
    portal: Portal, nobody: Visitor, saburo: Visitor
) -> None:
    """A28, A31: with number and address; the reply says in which order to go on."""
    payload = await nobody.does(
        "requestLoginIdReminder", coop="hirosaki", memberNumber=SABURO.number, email=SABURO_AT
    )
    assert is_uniform(payload)
    assert "（１）「ログインIDを忘れた」（２）「パスワードを忘れた」の順" in payload["message"]
    assert "member-0005" in (await portal.mail(SABURO_AT, "ログインIDのお知らせ"))["text"]


async def test_a_reissued_password_is_good_once_and_only_for_a_new_one(
    portal: Portal, nobody: Visitor, saburo: Visitor
) -> None:
    """A29, A30, A32, X15: pasted with the space around it, by number and login ID."""
    asked = {"coop": "hirosaki", "identifier": "member-0005", "memberNumber": SABURO.number}
    assert is_uniform(await nobody.does("requestPasswordReset", **asked))
    reissued = reissued_in(await portal.mail(SABURO_AT, "パスワード再発行のお知らせ"))
    assert not set("0o1il") & set(reissued)

    attempt = {"coop": "hirosaki", "identifier": "member-0005", "password": f"　{reissued} \n"}
    payload = await nobody.done("signIn", **attempt, transport="TOKEN")
    assert payload["purpose"] == "CHANGE_PASSWORD"
    limited = nobody.with_token(payload["token"])
    assert (await limited.ask(HOME)).data["viewer"]["member"] is None
    assert await code_of(nobody, "signIn", **attempt) == "INVALID_CREDENTIALS"

    await limited.done("changePassword", newPassword=OTHER_PASSWORD)
    assert (await limited.data(WHO))["viewer"] is None
    assert (await saburo.data(WHO))["viewer"] is None
    await portal.mail(SABURO_AT, "パスワード変更のお知らせ")
    await portal.signed_in("hirosaki", "member-0005", OTHER_PASSWORD)


async def test_until_the_new_one_is_set_the_old_password_stays(
    portal: Portal, nobody: Visitor, saburo: Visitor
) -> None:
    """A30: whoever asks for somebody else's password takes nothing away from them."""
    await nobody.done(
        "requestPasswordReset", coop="hirosaki", identifier="member-0005", memberNumber=SABURO.number
    )
    await portal.mail(SABURO_AT, "パスワード再発行のお知らせ")
    assert (await saburo.data(WHO))["viewer"] is not None
    await portal.signed_in("hirosaki", "member-0005", NEW_PASSWORD)


async def test_a_reissued_password_is_good_for_an_hour(
    portal: Portal, nobody: Visitor, saburo: Visitor
) -> None:
    """A30."""
    await nobody.done(
        "requestPasswordReset", coop="hirosaki", identifier="member-0005", memberNumber=SABURO.number
    )
    reissued = reissued_in(await portal.mail(SABURO_AT, "パスワード再発行のお知らせ"))
    portal.later(hours=1)
    attempt = {"coop": "hirosaki", "identifier": "member-0005", "password": reissued}
    assert await code_of(nobody, "signIn", **attempt) == "INVALID_CREDENTIALS"


async def test_a_reset_url_lets_the_member_set_a_new_password(
    portal: Portal, nobody: Visitor, sachiko: Visitor
) -> None:
    """E3, E4, X15: single use; the other sessions end; the owner is told."""
    assert is_uniform(await nobody.does("requestPasswordReset", coop="hokkaido", identifier=SACHIKO_AT))
    mail = await portal.mail(SACHIKO_AT, "パスワード再設定のご案内")
    assert "https://mypage.hokkaido-gakko-coop.example/password#token=" in mail["text"]
    token = {"coop": "hokkaido", "token": token_in(mail)}

    assert await code_of(nobody, "resetPassword", **token, newPassword="too short") == "PASSWORD_REFUSED"
    await nobody.done("resetPassword", **token, newPassword=OTHER_PASSWORD)
    assert await code_of(nobody, "resetPassword", **token, newPassword=NEW_PASSWORD) == "LINK_INVALID"
    assert (await sachiko.data(WHO))["viewer"] is None
    await portal.mail(SACHIKO_AT, "パスワード変更のお知らせ")
    await portal.signed_in("hokkaido", SACHIKO_AT, OTHER_PASSWORD)
    attempt = {"coop": "hokkaido", "identifier": SACHIKO_AT, "password": NEW_PASSWORD}
    assert await code_of(nobody, "signIn", **attempt) == "INVALID_CREDENTIALS"


async def test_a_reset_url_is_good_for_an_hour_and_the_latest_only(
    portal: Portal, nobody: Visitor, sachiko: Visitor
) -> None:
    """E3."""
    await nobody.done("requestPasswordReset", coop="hokkaido", identifier=SACHIKO_AT)
    first = token_in(await portal.mail(SACHIKO_AT, "パスワード再設定のご案内"))
    await nobody.done("requestPasswordReset", coop="hokkaido", identifier=SACHIKO_AT)
    second = await _another_token(portal, first)
    new = {"coop": "hokkaido", "newPassword": OTHER_PASSWORD}
    assert await code_of(nobody, "resetPassword", **new, token=first) == "LINK_INVALID"
    portal.later(hours=1)
    assert await code_of(nobody, "resetPassword", **new, token=second) == "LINK_INVALID"


async def _another_token(portal: Portal, before: str) -> str:
    while (token := token_in(await portal.mail(SACHIKO_AT, "パスワード再設定のご案内"))) == before:
        pass
    return token


async def test_a_token_is_good_for_its_own_purpose_only(portal: Portal, nobody: Visitor) -> None:
    """A21, E3: a URL that confirms an address sets no password."""
    hanako = await provisional(portal, HANAKO.number, "20010615")
    await hanako.done("completeRegistration", **completed("hanako", "hanako@example.jp"))
    token = token_in(await portal.mail("hanako@example.jp", "メールアドレスの確認"))
    new = {"coop": "hirosaki", "newPassword": OTHER_PASSWORD}
    assert await code_of(nobody, "resetPassword", **new, token=token) == "LINK_INVALID"
    await nobody.done("confirmEmail", coop="hirosaki", token=token)


async def test_nothing_is_mailed_to_an_address_nobody_has_confirmed(portal: Portal, nobody: Visitor) -> None:
    """A28, X4: it may be a stranger's."""
    hanako = await provisional(portal, HANAKO.number, "20010615")
    await hanako.done("completeRegistration", **completed("hanako", "hanako@example.jp"))
    confirmation = await portal.mail("hanako@example.jp", "メールアドレスの確認")
    await nobody.done(
        "requestPasswordReset", coop="hirosaki", identifier="hanako", memberNumber=HANAKO.number
    )
    await registers(portal, SABURO, SABURO_AT)  # a mail that is queued later, and arrives
    assert [each["subject"] for each in await portal.mails("hanako@example.jp")] == [confirmation["subject"]]


async def test_where_the_address_is_the_id_it_is_told_by_phone_only(nobody: Visitor) -> None:
    """E2: to the person, by the co-op's number."""
    error = await nobody.refused(
        "requestLoginIdReminder", coop="hokkaido", memberNumber=SACHIKO.number, email=SACHIKO_AT
    )
    assert error["code"] == "NOT_OFFERED"
    assert "011-561-6493" in error["message"]


async def test_the_number_is_needed_where_one_signs_in_by_login_id(nobody: Visitor) -> None:
    """A29."""
    error = await code_of(nobody, "requestPasswordReset", coop="hirosaki", identifier="member-0005")
    assert error == "MEMBER_NUMBER_MISSING"


async def test_a_number_that_does_not_go_with_the_id_gets_no_mail(
    portal: Portal, nobody: Visitor, saburo: Visitor
) -> None:
    """A28, A29: and the answer is the same."""
    wrong = {"coop": "hirosaki", "identifier": "member-0005", "memberNumber": HANAKO.number}
    assert is_uniform(await nobody.does("requestPasswordReset", **wrong))
    wrong_address = {"coop": "hirosaki", "memberNumber": SABURO.number, "email": "other@example.jp"}
    assert is_uniform(await nobody.does("requestLoginIdReminder", **wrong_address))
    right = {"coop": "hirosaki", "memberNumber": SABURO.number, "email": SABURO_AT}
    await nobody.done("requestLoginIdReminder", **right)
    await portal.mail(SABURO_AT, "ログインIDのお知らせ")
    assert not [each for each in await portal.mails(SABURO_AT) if "再発行" in each["subject"]]
    assert await portal.mails("other@example.jp") == []
