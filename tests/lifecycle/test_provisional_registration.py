"""The guide's first way in: 仮ログイン, 登録確認, ログイン, and the address verified."""

import pytest

from adapters.records import MemberNumber
from gateway.store import Store
from gateway.viewer import AccountKind
from tests.lifecycle.operations import HOME, WHO
from tests.lifecycle.people import HANAKO, KENICHI, MAKOTO, NEW_PASSWORD, TARO, TERMS, YO
from tests.lifecycle.portal import Portal, Visitor, token_in
from tests.lifecycle.registering import code_of, completed, provisional, registers_with_verified_address


async def test_from_a_provisional_id_to_the_home_screen(portal: Portal, nobody: Visitor) -> None:
    """A1, A8, A12, A13, A17-A20, A23, A24, X2, X4: the whole path of the guide, as printed."""
    hanako = await provisional(portal, HANAKO.number, "20010615")

    await hanako.done("sendTestMail", email="hanako@example.jp")
    test_mail = await portal.mail("hanako@example.jp", "メール送信テスト")
    assert test_mail["from"] == "mypage@klas.seikyou.jp"

    payload = await hanako.done("completeRegistration", **completed("tsugaru-hanako", "hanako@example.jp"))
    assert payload["loginId"] == "tsugaru-hanako"

    signed_in = await portal.signed_in("hirosaki", "tsugaru-hanako", NEW_PASSWORD)
    home = (await signed_in.data(HOME))["viewer"]
    assert home["member"]["numberDisplay"] == "2101 0000 0002"
    assert home["member"]["profile"] == {"name": "津軽 花子"}
    assert home["member"]["pico"] == {"prepaidBalance": 0, "points": 0}

    account = (await signed_in.data(WHO))["viewer"]["account"]
    assert account["email"] == "hanako@example.jp"
    assert account["emailVerified"] is False
    assert account["termsAccepted"] == {
        "version": TERMS["hirosaki"],
        "acceptedAt": "2026-11-20T12:00:00+09:00",
    }

    confirmation = await portal.mail("hanako@example.jp", "メールアドレスの確認")
    await nobody.done("confirmEmail", coop="hirosaki", token=token_in(confirmation))
    assert (await signed_in.data(WHO))["viewer"]["account"]["emailVerified"] is True


@pytest.mark.parametrize(
    "identifier", [f"{HANAKO.number}{suffix}" for suffix in "pｐPＰ"] + ["２１０１　００００　０００２ｐ"]
)
async def test_a_guardian_signs_in_with_the_students_number_and_a_p(portal: Portal, identifier: str) -> None:
    """A4, A8, A9, A12: whatever the width; the password is the student's birth date for the guardian too."""
    guardian = await provisional(portal, identifier, "20010615")
    account = (await guardian.data(WHO))["viewer"]["account"]
    assert (account["kind"], account["loginId"]) == ("GUARDIAN", f"{HANAKO.number}p")


async def test_member_and_guardian_have_accounts_of_their_own(portal: Portal) -> None:
    """A1, A16: the guardian registers beside the student, and looks at the student's page."""
    student = await registers_with_verified_address(
        portal, HANAKO.number, "20010615", "hanako", "hanako@example.jp"
    )
    guardian = await registers_with_verified_address(
        portal, f"{HANAKO.number}ｐ", "20010615", "miyoko", "miyoko@example.jp"
    )
    for visitor, kind in ((student, "MEMBER"), (guardian, "GUARDIAN")):
        home = (await visitor.data(HOME))["viewer"]
        assert home["account"]["kind"] == kind
        assert home["member"]["profile"] == {"name": "津軽 花子"}


@pytest.mark.parametrize("secret", ["001003", "００１００３", "001-003"])
async def test_admitted_before_2020_the_password_is_six_digits_of_the_home_phone(
    portal: Portal, secret: str
) -> None:
    """A10, A32."""
    guardian = await provisional(portal, f"{KENICHI.number}p", secret)
    assert (await guardian.data(WHO))["viewer"]["account"]["state"] == "PROVISIONAL"


async def test_either_phone_is_taken_and_the_birth_date_is_not(portal: Portal, nobody: Visitor) -> None:
    """A10, A11: 深浦 陽's phones stand in full width in the registry, and both are the family's."""
    await provisional(portal, YO.number, YO.home_phone[-6:])
    attempt = {"coop": "hirosaki", "identifier": YO.number, "password": "20000402"}
    assert await code_of(nobody, "signIn", **attempt) == "INVALID_CREDENTIALS"


async def test_who_was_admitted_in_2020_or_later_cannot_use_a_phone_number(nobody: Visitor) -> None:
    """A12: nor the guardian."""
    for identifier in (HANAKO.number, f"{HANAKO.number}p"):
        attempt = {"coop": "hirosaki", "identifier": identifier, "password": HANAKO.home_phone[-6:]}
        assert await code_of(nobody, "signIn", **attempt) == "INVALID_CREDENTIALS"


async def test_a_provisional_session_may_register_and_nothing_else(portal: Portal) -> None:
    """A13: the secret is weak, so that what it opens shows nothing."""
    hanako = await provisional(portal, HANAKO.number, "20010615")
    answer = await hanako.ask(HOME)
    assert answer.data["viewer"]["member"] is None
    for mutation, given in (
        ("changeLoginId", {"password": "20010615", "loginId": "hanako"}),
        ("changeEmail", {"password": "20010615", "email": "hanako@example.jp"}),
        ("leaveMyPage", {"password": "20010615"}),
        ("setGuardianSharing", {"shared": False}),
        ("changePassword", {"password": "20010615", "newPassword": NEW_PASSWORD}),
        ("setAuthCode", {"beginTotp": {"password": "20010615"}}),
    ):
        refused = await hanako.tries(mutation, **given)
        assert refused.only_error()["extensions"]["code"] == "FORBIDDEN", mutation


async def test_a_full_session_cannot_register(portal: Portal) -> None:
    """A27: who has registered does not do so again."""
    taro = await portal.signed_in("hirosaki", "hirosaki-taro")
    for mutation, given in (
        ("sendTestMail", {"email": "taro@example.jp"}),
        ("completeRegistration", completed("taro-again")),
    ):
        refused = await taro.tries(mutation, **given)
        assert refused.only_error()["extensions"]["code"] == "FORBIDDEN", mutation


async def test_after_registering_the_provisional_credential_and_its_sessions_are_dead(
    portal: Portal, nobody: Visitor
) -> None:
    """A19, A27, A37: on every device; and the answer is that of any wrong password."""
    phone = await provisional(portal, HANAKO.number, "20010615")
    library = await provisional(portal, HANAKO.number, "20010615")
    await phone.done("completeRegistration", **completed("hanako"))
    for device in (phone, library):
        assert (await device.data(WHO))["viewer"] is None
    attempt = {"coop": "hirosaki", "identifier": HANAKO.number, "password": "20010615"}
    assert await code_of(nobody, "signIn", **attempt) == "INVALID_CREDENTIALS"


async def test_two_devices_register_once(portal: Portal) -> None:
    """A27: the second one's session is gone."""
    phone = await provisional(portal, HANAKO.number, "20010615")
    library = await provisional(portal, HANAKO.number, "20010615")
    await phone.done("completeRegistration", **completed("hanako"))
    again = await library.tries("completeRegistration", **completed("hanako-2"))
    assert again.only_error()["extensions"]["code"] == "UNAUTHENTICATED"


@pytest.mark.parametrize("accepted", [None, "2019-01", ""])
async def test_nobody_registers_without_accepting_the_present_terms(
    portal: Portal, accepted: str | None
) -> None:
    """A20, X2: in this flow too, which does not print them."""
    hanako = await provisional(portal, HANAKO.number, "20010615")
    refused = completed("hanako", acceptedTerms=accepted)
    assert await code_of(hanako, "completeRegistration", **refused) == "TERMS_NOT_ACCEPTED"
    await hanako.done("completeRegistration", **completed("hanako"))


async def test_who_has_registered_or_has_no_provisional_credential_is_refused_alike(nobody: Visitor) -> None:
    """A37, X1: a registered member, one without the credential (joined in 1998), and nobody at all."""
    answers = []
    for number, secret in ((TARO.number, "20050801"), (MAKOTO.number, "001010"), ("210100009999", "123456")):
        answers.append(await nobody.does("signIn", coop="hirosaki", identifier=number, password=secret))
    assert answers[0]["errors"][0]["code"] == "INVALID_CREDENTIALS"
    assert answers[0] == answers[1] == answers[2]


async def test_terms_and_address_are_kept_with_their_time(portal: Portal, store: Store) -> None:
    """A20: version and time."""
    portal.later(hours=1)
    hanako = await provisional(portal, HANAKO.number, "20010615")
    await hanako.done("completeRegistration", **completed("hanako"))
    account = await store.of("hirosaki").accounts.of_one(MemberNumber(HANAKO.number), AccountKind.MEMBER)
    assert account is not None
    assert account.terms is not None
    assert (account.terms.version, account.terms.accepted_at) == (TERMS["hirosaki"], portal.clock())
