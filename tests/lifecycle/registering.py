"""What registering consists of, as often as these tests need it."""

from typing import Any

from tests.lifecycle.people import NEW_PASSWORD, TERMS, Person
from tests.lifecycle.portal import Payload, Portal, Visitor, token_in

KARI = "kari@example.jp"


def started(person: Person, **chosen: Any) -> dict[str, Any]:
    """The input of `startRegistration` for somebody who is who they say they are."""
    login_id = {} if person.coop == "hokkaido" else {"loginId": f"member-{person.number[-4:]}"}
    return {
        "coop": person.coop,
        "memberNumber": person.number,
        "birthDate": person.birth_date,
        "phone": person.home_phone,
        "email": KARI,
        "password": NEW_PASSWORD,
        "acceptedTerms": TERMS[person.coop],
        **login_id,
        **chosen,
    }


async def provisional(portal: Portal, identifier: str, secret: str, address: str = "192.0.2.1") -> Visitor:
    """Somebody with a provisional session, which may only register."""
    visitor = await portal.visitor(address)
    payload = await visitor.done(
        "signIn", coop="hirosaki", identifier=identifier, password=secret, transport="TOKEN"
    )
    assert payload["purpose"] == "REGISTER"
    return visitor.with_token(payload["token"])


def completed(login_id: str, email: str = KARI, **chosen: Any) -> dict[str, Any]:
    """The input of `completeRegistration`."""
    return {
        "loginId": login_id,
        "password": NEW_PASSWORD,
        "email": email,
        "acceptedTerms": TERMS["hirosaki"],
        **chosen,
    }


async def registers(portal: Portal, person: Person, email: str = KARI, **chosen: Any) -> Visitor:
    """新規登録, the mailed URL, 本登録, ログイン: signed in for the first time."""
    visitor = await portal.visitor()
    form = started(person, email=email, **chosen)
    await visitor.done("startRegistration", **form)
    identifier = form.get("loginId", email)
    await visitor.done(
        "confirmRegistration",
        coop=person.coop,
        token=token_in(await portal.mail(email, "本登録のご案内")),
        loginId=identifier,
        password=form["password"],
    )
    return await portal.signed_in(person.coop, identifier, form["password"])


async def registers_with_verified_address(
    portal: Portal, identifier: str, secret: str, login_id: str, email: str
) -> Visitor:
    """仮ログイン, 登録確認, the address confirmed, ログイン."""
    visitor = await provisional(portal, identifier, secret)
    await visitor.done("completeRegistration", **completed(login_id, email))
    mail = await portal.mail(email, "メールアドレスの確認")
    await visitor.with_token("").done("confirmEmail", coop="hirosaki", token=token_in(mail))
    return await portal.signed_in("hirosaki", login_id, NEW_PASSWORD)


async def code_of(visitor: Visitor, mutation: str, **given: Any) -> str:
    """The code of the one error of a mutation that must not work."""
    code: str = (await visitor.refused(mutation, **given))["code"]
    return code


def is_uniform(payload: Payload) -> bool:
    """Whether an answer is the one that does not tell whether there is an account."""
    return (
        payload["errors"] == [] and "登録されているメールアドレスにメールをお送りします" in payload["message"]
    )
