"""What staff do for who cannot get in: never without knowing who it is, and never with a password."""

from typing import Any

from tests.lifecycle.operations import WHO
from tests.lifecycle.people import HANAKO, OTHER_PASSWORD, SABURO, SHO, TSUBASA
from tests.lifecycle.portal import Portal, Visitor, reissued_in
from tests.lifecycle.registering import code_of, registers, started

SABURO_AT = "saburo@example.jp"
CHECK = {"method": "PHONE_CALLBACK", "note": "登録の電話番号に折り返し、生年月日と住所を確認"}
ACCOUNT = "account { loginId email state }"
ACCESS_LOG = """
query Log($search: AccessLogSearch) {
  accessLog(search: $search) { edges { node { action outcome what memberNumber reason address } } }
}
"""


def whose(number: str = SABURO.number, kind: str = "MEMBER") -> dict[str, Any]:
    return {"memberNumber": number, "kind": kind}


async def test_an_unknown_number_is_asked_about_without_signing_in(portal: Portal, nobody: Visitor) -> None:
    """A7: 「組合員番号の確認」; staff find the inquiry."""
    await nobody.done(
        "submitInquiry",
        coop="hirosaki",
        topic="MEMBER_NUMBER",
        body="組合員番号がわかりません。弘前 花子、2001年6月15日生まれです。",
        replyTo="who@example.jp",
    )
    await portal.mail("who@example.jp", "お問い合わせを受け付けました")
    staff = await portal.staff("hirosaki")
    found = await staff.data("{ inquiries { edges { node { topic body replyTo memberNumber } } } }")
    (inquiry,) = [edge["node"] for edge in found["inquiries"]["edges"]]
    assert inquiry["topic"] == "MEMBER_NUMBER"
    assert inquiry["replyTo"] == "who@example.jp"
    assert inquiry["memberNumber"] is None


async def test_who_is_not_signed_in_must_say_where_to_answer(nobody: Visitor) -> None:
    """A7."""
    asked = {"coop": "hirosaki", "topic": "MEMBER_NUMBER", "body": "わかりません。"}
    assert await code_of(nobody, "submitInquiry", **asked) == "EMAIL_REFUSED"


async def test_staff_tell_login_id_and_address_after_checking_who_asks(portal: Portal) -> None:
    """A33, E2: the check stands in the access log."""
    await registers(portal, SABURO, SABURO_AT)
    staff = await portal.staff("hirosaki")
    query = """
    mutation Tell($input: DiscloseLoginInput!) {
      discloseLogin(input: $input) { errors { code } account { loginId email } }
    }
    """
    asked = {"account": whose(), "identityCheck": CHECK}
    told = (await staff.data(query, input=asked))["discloseLogin"]
    assert told == {"errors": [], "account": {"loginId": "member-0005", "email": SABURO_AT}}


async def test_staff_must_write_down_how_they_checked(portal: Portal) -> None:
    """A33, E2."""
    await registers(portal, SABURO, SABURO_AT)
    staff = await portal.staff("hirosaki")
    empty = {"method": "QUESTIONS", "note": "  "}
    assert (
        await code_of(staff, "discloseLogin", account=whose(), identityCheck=empty)
        == "IDENTITY_CHECK_MISSING"
    )


async def test_a_dead_address_is_replaced_by_staff_and_completion_and_id_are_mailed(
    portal: Portal, nobody: Visitor
) -> None:
    """A35: then the password is reissued to the new address, and the old one hears of it."""
    await registers(portal, SABURO, SABURO_AT)
    staff = await portal.staff("hirosaki")
    await staff.done("changeAccountEmail", account=whose(), email="new@example.jp", identityCheck=CHECK)
    told = await portal.mail("new@example.jp", "メールアドレス変更完了のお知らせ")
    assert "member-0005" in told["text"]
    await portal.mail(SABURO_AT, "メールアドレス変更のお知らせ")
    await nobody.done(
        "requestPasswordReset", coop="hirosaki", identifier="member-0005", memberNumber=SABURO.number
    )
    reissued_in(await portal.mail("new@example.jp", "パスワード再発行のお知らせ"))


async def test_what_was_mailed_to_the_old_address_opens_nothing(portal: Portal, nobody: Visitor) -> None:
    """A30, A35: whoever reads the old mailbox is locked out with the change."""
    await registers(portal, SABURO, SABURO_AT)
    await nobody.done(
        "requestPasswordReset", coop="hirosaki", identifier="member-0005", memberNumber=SABURO.number
    )
    reissued = reissued_in(await portal.mail(SABURO_AT, "パスワード再発行のお知らせ"))
    staff = await portal.staff("hirosaki")
    await staff.done("changeAccountEmail", account=whose(), email="new@example.jp", identityCheck=CHECK)
    attempt = {"coop": "hirosaki", "identifier": "member-0005", "password": reissued}
    assert await code_of(nobody, "signIn", **attempt) == "INVALID_CREDENTIALS"


async def test_staff_start_a_reset_and_never_see_a_password(portal: Portal) -> None:
    """A34: the answer holds no secret; the mail goes to the owner."""
    await registers(portal, SABURO, SABURO_AT)
    staff = await portal.staff("hirosaki")
    payload = await staff.done("startPasswordReset", account=whose())
    reissued = reissued_in(await portal.mail(SABURO_AT, "パスワード再発行のお知らせ"))
    assert reissued not in str(payload)
    dispatches = await staff.ask("{ mailDispatches { edges { node { id kind recipient state } } } }")
    assert reissued not in str(dispatches.data)


async def test_no_operation_of_staff_takes_or_gives_a_password(portal: Portal) -> None:
    """A34: looked up in the schema itself."""
    nobody = await portal.visitor()
    types = (await nobody.data("{ __schema { types { name inputFields { name } fields { name } } } }"))[
        "__schema"
    ]["types"]
    of_staff = (
        "DiscloseLogin",
        "ChangeAccountEmail",
        "StartPasswordReset",
        "UnlockAccount",
        "RemoveAuthCode",
        "StaffAccountView",
    )
    named = {
        field["name"].lower()
        for each in types
        if each["name"].startswith(of_staff)
        for field in (each["inputFields"] or []) + (each["fields"] or [])
    }
    assert named
    assert not [name for name in named if "password" in name or "secret" in name]


async def test_members_cannot_do_what_staff_do(portal: Portal, nobody: Visitor) -> None:
    """A33-A35, E10: nor can nobody."""
    taro = await portal.signed_in("hirosaki", "hirosaki-taro")
    attempts: tuple[tuple[str, dict[str, Any]], ...] = (
        ("discloseLogin", {"account": whose(), "identityCheck": CHECK}),
        ("changeAccountEmail", {"account": whose(), "email": "x@example.jp", "identityCheck": CHECK}),
        ("startPasswordReset", {"account": whose()}),
        ("unlockAccount", {"account": whose()}),
        ("removeAuthCode", {"account": whose(), "identityCheck": CHECK}),
        ("confirmSharePayment", {"memberNumber": TSUBASA.number}),
    )
    for mutation, given in attempts:
        for visitor, code in ((taro, "FORBIDDEN"), (nobody, "UNAUTHENTICATED")):
            refused = await visitor.tries(mutation, **given)
            assert refused.only_error()["extensions"]["code"] == code, mutation


async def test_payment_makes_a_member_who_is_invited_and_registers(portal: Portal, nobody: Visitor) -> None:
    """E10, E11, E15: 函館 翔's share capital has come in; confirmed twice, one invitation."""
    staff = await portal.staff("hokkaido")
    for _ in range(2):
        await staff.done("confirmSharePayment", memberNumber=SHO.number)
    await portal.mail("hakodate@example.jp", "マイページ登録方法のご案内")
    sho = await registers(portal, SHO, "sho@example.jp")
    assert (await sho.data(WHO))["viewer"]["account"]["loginId"] == "sho@example.jp"
    assert len(await portal.mails("hakodate@example.jp")) == 1


async def test_payment_opens_the_provisional_sign_in_too(portal: Portal, nobody: Visitor) -> None:
    """A14, E10: 相馬 翼 of Hirosaki has a provisional credential, which is dead before the payment."""
    attempt = {"coop": "hirosaki", "identifier": TSUBASA.number, "password": "20071010"}
    assert await code_of(nobody, "signIn", **attempt) == "INVALID_CREDENTIALS"
    staff = await portal.staff("hirosaki")
    await staff.done("confirmSharePayment", memberNumber=TSUBASA.number)
    assert await code_of(nobody, "startRegistration", **started(TSUBASA)) == "PROVISIONAL_SIGN_IN_REQUIRED"
    assert (await nobody.done("signIn", **attempt))["purpose"] == "REGISTER"


async def test_staff_reach_the_accounts_of_their_own_coop_only(portal: Portal) -> None:
    """A33: Hokkaido's staff know no account of Hirosaki's, whatever the number."""
    staff = await portal.staff("hokkaido")
    error = await staff.refused("startPasswordReset", account=whose("10000007"))
    assert error["code"] == "ACCOUNT_NOT_FOUND"
    malformed = await staff.refused("startPasswordReset", account=whose())
    assert malformed["code"] == "BAD_INPUT"


async def test_a_guardian_is_helped_apart_from_the_student(portal: Portal, nobody: Visitor) -> None:
    """A16, A33: the student's account is not the guardian's."""
    staff = await portal.staff("hirosaki")
    asked = {"account": whose(HANAKO.number, "GUARDIAN"), "identityCheck": CHECK}
    assert await code_of(staff, "discloseLogin", **asked) == "ACCOUNT_NOT_FOUND"


async def test_a_locked_out_member_is_let_in_by_staff(portal: Portal, nobody: Visitor) -> None:
    """E26: counted failures are forgotten; the password is still the member's own."""
    await registers(portal, SABURO, SABURO_AT)
    attempt = {"coop": "hirosaki", "identifier": "member-0005", "password": OTHER_PASSWORD}
    for _ in range(5):
        await nobody.does("signIn", **attempt)
    assert await code_of(nobody, "signIn", **attempt) == "TOO_MANY_ATTEMPTS"
    staff = await portal.staff("hirosaki")
    await staff.done("unlockAccount", account=whose())
    assert await code_of(nobody, "signIn", **attempt) == "INVALID_CREDENTIALS"
