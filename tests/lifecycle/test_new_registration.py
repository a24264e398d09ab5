"""The guide's second way in, and Hokkaido's only one: 新規登録, the mailed URL, 本登録, ログイン."""

import pytest

from tests.lifecycle.operations import HOME, PROFILE, WHO
from tests.lifecycle.people import (
    HANAKO,
    ISAMU,
    JIRO,
    NEW_PASSWORD,
    OTHER_PASSWORD,
    SABURO,
    SACHIKO,
    SHO,
    TARO,
    TERMS,
    TSUBASA,
    Person,
)
from tests.lifecycle.portal import Portal, Visitor, token_in
from tests.lifecycle.registering import KARI, code_of, registers, started

NOT_FOUND = "入力された情報に該当する組合員が見つかりません"
REGISTERED = "お客様は既に本登録が完了しています"


async def test_from_a_number_over_the_mailed_url_to_the_home_screen(portal: Portal, nobody: Visitor) -> None:
    """A15, A20-A24: 八甲田 三郎 joined in 2013."""
    begun = await nobody.done("startRegistration", **started(SABURO))
    assert begun["email"] == KARI
    mail = await portal.mail(KARI, "本登録のご案内")
    assert mail["from"] == "mypage@klas.seikyou.jp"
    assert "https://mypage.klas.seikyou.jp/registration#token=" in mail["text"]

    confirmed = await nobody.done(
        "confirmRegistration",
        coop="hirosaki",
        token=token_in(mail),
        loginId="member-0005",
        password=NEW_PASSWORD,
    )
    assert confirmed["loginId"] == "member-0005"
    complete = await portal.mail(KARI, "本登録完了のお知らせ")
    assert "member-0005" in complete["text"]

    saburo = await portal.signed_in("hirosaki", "member-0005", NEW_PASSWORD)
    assert (await saburo.data(HOME))["viewer"]["member"]["profile"] == {"name": "八甲田 三郎"}
    account = (await saburo.data(WHO))["viewer"]["account"]
    assert account["emailVerified"] is True
    assert account["termsAccepted"]["version"] == TERMS["hirosaki"]


async def test_in_hokkaido_one_registers_with_an_address_and_signs_in_with_it(portal: Portal) -> None:
    """A21, E1, X16: signing in at once; the page opens next month."""
    sachiko = await registers(portal, SACHIKO, "sachiko@example.jp")
    assert (await sachiko.data(WHO))["viewer"]["account"]["loginId"] == "sachiko@example.jp"
    profile = await sachiko.ask(PROFILE)
    assert profile.codes() == {"viewer.member.profile": "NOT_YET_VIEWABLE"}


@pytest.mark.parametrize(
    "number", ["２１０１００００００５", "2101-0000-0005", "2101 0000 0005", "2101　0000　0005"]
)
async def test_the_number_is_taken_however_it_is_typed(portal: Portal, nobody: Visitor, number: str) -> None:
    """A3, A4, A5."""
    typed = number if len(number) != 11 else "２１０１０００００００５"
    await nobody.done("startRegistration", **started(SABURO, memberNumber=typed))
    await portal.mail(KARI, "本登録のご案内")


@pytest.mark.parametrize(
    "wrong",
    [
        {"memberNumber": "210100009999"},
        {"birthDate": "1994-07-16"},
        {"phone": "0172001006"},
        {"phone": ""},
        {"registrant": "GUARDIAN"},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
async def test_whatever_is_wrong_about_the_person_the_answer_is_the_guides(
    nobody: Visitor, wrong: dict[str, str]
) -> None:
    """A25: exactly this text, for an unknown number and for a wrong person alike."""
    error = await nobody.refused("startRegistration", **started(SABURO, **wrong))
    assert (error["code"], error["message"]) == ("MEMBER_NOT_FOUND", NOT_FOUND)


async def test_who_has_registered_is_told_so_only_after_proving_who_they_are(nobody: Visitor) -> None:
    """A26, A27, X21: exactly this text to the person; to others the number is unknown."""
    error = await nobody.refused("startRegistration", **started(TARO))
    assert (error["code"], error["message"]) == ("ALREADY_REGISTERED", REGISTERED)
    stranger = started(TARO, birthDate="2000-01-01")
    assert (await nobody.refused("startRegistration", **stranger))["message"] == NOT_FOUND


async def test_who_has_a_provisional_credential_is_sent_there(nobody: Visitor) -> None:
    """A14, X1: 津軽 花子 joined in 2020."""
    error = await nobody.refused("startRegistration", **started(HANAKO))
    assert error["code"] == "PROVISIONAL_SIGN_IN_REQUIRED"
    assert error["message"].startswith("すでに「仮登録」状態となっております。")


@pytest.mark.parametrize("person", [JIRO, ISAMU], ids=["hirosaki", "hokkaido"])
async def test_who_has_withdrawn_is_no_member(nobody: Visitor, person: Person) -> None:
    """E15, E22."""
    assert await code_of(nobody, "startRegistration", **started(person)) == "MEMBER_NOT_FOUND"


@pytest.mark.parametrize("person", [TSUBASA, SHO], ids=["hirosaki", "hokkaido"])
async def test_nobody_registers_before_the_share_capital_is_paid(nobody: Visitor, person: Person) -> None:
    """E10, E15."""
    assert await code_of(nobody, "startRegistration", **started(person)) == "NOT_A_MEMBER_YET"


@pytest.mark.parametrize("person", [SABURO, SACHIKO], ids=["hirosaki", "hokkaido"])
async def test_nobody_starts_without_accepting_the_terms(nobody: Visitor, person: Person) -> None:
    """A20, X2."""
    for accepted in (None, "2019-01"):
        form = started(person, acceptedTerms=accepted)
        assert await code_of(nobody, "startRegistration", **form) == "TERMS_NOT_ACCEPTED"


async def test_the_second_step_needs_url_id_and_password_together(portal: Portal, nobody: Visitor) -> None:
    """A21, A22, X3: the password is the one that was set in the first step. Wrong ones do not use the URL up."""
    await nobody.done("startRegistration", **started(SABURO))
    token = token_in(await portal.mail(KARI, "本登録のご案内"))
    right = {"coop": "hirosaki", "token": token, "loginId": "member-0005", "password": NEW_PASSWORD}
    for wrong in (
        {"token": "x" * 43},
        {"loginId": "somebody"},
        {"password": OTHER_PASSWORD},
        {"coop": "hokkaido"},
    ):
        assert await code_of(nobody, "confirmRegistration", **{**right, **wrong}) == "LINK_INVALID"
    await nobody.done("confirmRegistration", **{**right, "token": f" {token}\n"})
    assert await code_of(nobody, "confirmRegistration", **right) == "LINK_INVALID"


async def test_the_url_is_good_for_a_day_and_one_can_begin_anew(portal: Portal, nobody: Visitor) -> None:
    """A21."""
    await nobody.done("startRegistration", **started(SABURO))
    right = {"coop": "hirosaki", "loginId": "member-0005", "password": NEW_PASSWORD}
    late = token_in(await portal.mail(KARI, "本登録のご案内"))
    portal.later(hours=24)
    assert await code_of(nobody, "confirmRegistration", **right, token=late) == "LINK_INVALID"
    await registers(portal, SABURO, "saburo@example.jp")


async def test_a_second_start_puts_the_first_url_out_of_use(portal: Portal, nobody: Visitor) -> None:
    """A21: whoever mistyped the address begins anew, and the mail that went astray opens nothing."""
    await nobody.done("startRegistration", **started(SABURO, email="typo@example.jp"))
    astray = token_in(await portal.mail("typo@example.jp", "本登録のご案内"))
    await registers(portal, SABURO, "saburo@example.jp")
    right = {"coop": "hirosaki", "loginId": "member-0005", "password": NEW_PASSWORD}
    assert await code_of(nobody, "confirmRegistration", **right, token=astray) == "LINK_INVALID"


async def test_an_id_or_address_that_waits_for_confirmation_is_not_taken(
    portal: Portal, nobody: Visitor
) -> None:
    """A16: nobody keeps others from an ID by starting a registration with it."""
    await nobody.done("startRegistration", **started(SABURO, loginId="wanted-by-two"))
    token = token_in(await portal.mail(KARI, "本登録のご案内"))
    attempt = {"coop": "hirosaki", "identifier": "wanted-by-two", "password": NEW_PASSWORD}
    assert await code_of(nobody, "signIn", **attempt) == "INVALID_CREDENTIALS"
    taro = await portal.signed_in("hirosaki", "hirosaki-taro")
    await taro.done("changeLoginId", password="demo-coop-2026", loginId="wanted-by-two")
    right = {"coop": "hirosaki", "token": token, "loginId": "wanted-by-two", "password": NEW_PASSWORD}
    assert await code_of(nobody, "confirmRegistration", **right) == "LOGIN_ID_IN_USE"


async def test_an_address_in_use_is_answered_as_any_other_and_its_owner_is_told(
    portal: Portal, nobody: Visitor
) -> None:
    """E1: where the address is the ID, registering does not tell who else is registered."""
    free = await nobody.done("startRegistration", **started(SACHIKO, email="free@example.jp"))
    taken = await nobody.done("startRegistration", **started(SACHIKO, email="sapporo@example.jp"))
    assert {**taken, "email": ""} == {**free, "email": ""}
    await portal.mail("sapporo@example.jp", "メールアドレスのご登録について")


@pytest.mark.parametrize(
    ("password", "reasons"),
    [
        ("short but fine", ["TOO_SHORT"]),
        ("x" * 129, ["TOO_LONG", "COMMON"]),
        ("passwordpassword", ["COMMON", "OWN_WORDS"]),
        ("210100000005 seikyou", ["OWN_WORDS"]),
        ("19940715 member-0005", ["OWN_WORDS"]),
    ],
)
async def test_weak_passwords_are_refused_with_every_reason(
    nobody: Visitor, password: str, reasons: list[str]
) -> None:
    """E26: long ones, no common ones, nothing others would guess; no rules about kinds of characters."""
    error = await nobody.refused("startRegistration", **started(SABURO, password=password))
    assert error["code"] == "PASSWORD_REFUSED"
    assert set(reasons) <= set(error["reasons"])


@pytest.mark.parametrize(
    "password",
    ["岩木山に雪が降る頃に帰る予定です", "a" * 5 + " " * 3 + "b" * 56, "🍎🍏林檎の花が咲く丘で待つ人よ🌸"],
)
async def test_any_characters_and_sixty_four_of_them_are_taken_exactly(portal: Portal, password: str) -> None:
    """E26: spaces, kanji, emoji."""
    await registers(portal, SABURO, password=password)
