"""アクセスログの管理 (E26, E27): every step leaves its line, the auditor finds and exports it, nobody changes it."""

import csv
import io
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from gateway.store import Store
from tests.lifecycle.people import NEW_PASSWORD, OTHER_PASSWORD, SABURO, TARO
from tests.lifecycle.portal import Portal, Visitor, reissued_in, token_in
from tests.lifecycle.registering import provisional, registers, started
from tests.running.eventually import eventually

OWN = "{ viewer { account { accessLog(first: 50) { edges { node { action outcome address } } } } } }"
ALL = """
query Log($search: AccessLogSearch) {
  accessLog(search: $search, first: 100) {
    edges { node { at action outcome what memberNumber reason address userAgent account { loginId } } }
  }
}
"""
AUDITOR = "auditor-hirosaki"
EXPORT = "/exports/access-log.csv"
SABURO_AT = "saburo@example.jp"


async def entries(visitor: Visitor, **search: Any) -> list[dict[str, Any]]:
    """The log, newest first."""
    edges = (await visitor.data(ALL, search=search))["accessLog"]["edges"]
    return [edge["node"] for edge in edges]


async def exported(visitor: Visitor, **period: str) -> tuple[int, str]:
    """Status and text of the file."""
    headers = {"Authorization": f"Bearer {visitor.token}"} if visitor.token else {}
    response = await visitor.client.get(EXPORT, params=period, headers=headers)
    return response.status_code, response.content.decode("utf-8")


async def test_a_whole_life_of_an_account_stands_in_the_log(portal: Portal, nobody: Visitor) -> None:
    """E26: registered, refused, recovered, changed, looked at, left; and where from."""
    await nobody.refused("startRegistration", **started(SABURO, phone="1"))
    saburo = await registers(portal, SABURO, SABURO_AT)
    await nobody.refused("signIn", coop="hirosaki", identifier="member-0005", password="not this one")
    await saburo.data("{ viewer { member { profile { name } } } }")
    await saburo.done("changeLoginId", password=NEW_PASSWORD, loginId="saburo")
    await saburo.done("changeEmail", password=NEW_PASSWORD, email="new@example.jp")
    token = token_in(await portal.mail("new@example.jp", "メールアドレスの確認"))
    await nobody.done("confirmEmail", coop="hirosaki", token=token)
    await nobody.done(
        "requestPasswordReset", coop="hirosaki", identifier="saburo", memberNumber=SABURO.number
    )
    await portal.mail("new@example.jp", "パスワード再発行のお知らせ")
    await saburo.done("changePassword", password=NEW_PASSWORD, newPassword=OTHER_PASSWORD)
    await saburo.done("setAuthCode", useEmail={"password": OTHER_PASSWORD})
    await saburo.done("setAuthCode", turnOff={"password": OTHER_PASSWORD})
    edges = (await saburo.data(OWN))["viewer"]["account"]["accessLog"]["edges"]
    own = {(edge["node"]["action"], edge["node"]["outcome"]) for edge in edges}
    assert ("SIGN_IN", "REFUSED") in own
    assert {edge["node"]["address"] for edge in edges} == {"192.0.2.1"}
    await saburo.done("leaveMyPage", password=OTHER_PASSWORD)

    auditor = await portal.staff("hirosaki", AUDITOR)
    done = {(each["action"], each["outcome"]) for each in await entries(auditor)}
    assert {
        ("REGISTER", "REFUSED"),
        ("REGISTER", "ALLOWED"),
        ("CONFIRM", "ALLOWED"),
        ("SIGN_IN", "ALLOWED"),
        ("SIGN_IN", "REFUSED"),
        ("VIEW", "ALLOWED"),
        ("LOGIN_ID_CHANGED", "ALLOWED"),
        ("MAIL_REQUESTED", "ALLOWED"),
        ("EMAIL_CHANGED", "ALLOWED"),
        ("RECOVERY_REQUESTED", "ALLOWED"),
        ("PASSWORD_CHANGED", "ALLOWED"),
        ("AUTH_CODE_SET", "ALLOWED"),
        ("LEFT", "ALLOWED"),
    } <= done


async def test_what_staff_did_stands_there_with_their_check(portal: Portal) -> None:
    """A33, A35, E2, E27: who, for whom, how it was checked."""
    await registers(portal, SABURO, SABURO_AT)
    staff = await portal.staff("hirosaki")
    check = {"method": "PHONE_CALLBACK", "note": "登録の番号へ折り返し"}
    account = {"memberNumber": SABURO.number, "kind": "MEMBER"}
    await staff.done("discloseLogin", account=account, identityCheck=check)
    auditor = await portal.staff("hirosaki", AUDITOR)
    (entry,) = await entries(auditor, action="IDENTITY_CHECK", memberNumber=SABURO.number)
    assert entry["account"] == {"loginId": "staff-hirosaki"}
    assert "PHONE_CALLBACK" in entry["what"]
    assert entry["reason"] == "登録の番号へ折り返し"


async def test_auditors_alone_read_and_export_the_whole_log(portal: Portal, nobody: Visitor) -> None:
    """E27: of their own co-op; taking it out, and trying to, stands in it too."""
    taro = await portal.signed_in("hirosaki", "hirosaki-taro")
    staff = await portal.staff("hirosaki")
    for visitor, status in ((nobody, 401), (taro, 403), (staff, 403)):
        assert (await exported(visitor))[0] == status
    for visitor in (taro, staff):
        assert (await visitor.ask(ALL)).only_error()["extensions"]["code"] == "FORBIDDEN"

    auditor = await portal.staff("hirosaki", AUDITOR)
    status, text = await exported(auditor, **{"from": "2026-11-20", "until": "2026-11-20"})
    assert status == 200
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert {row["ログインID"] for row in rows} >= {"hirosaki-taro", "staff-hirosaki"}
    exports = await entries(auditor, action="EXPORT")
    assert [each["outcome"] for each in exports] == ["ALLOWED", "REFUSED", "REFUSED"]
    elsewhere = await portal.staff("hokkaido", "auditor-hokkaido@example.jp")
    assert {each["account"]["loginId"] for each in await entries(elsewhere)} == {
        "auditor-hokkaido@example.jp"
    }


@pytest.mark.parametrize("agent", ['=HYPERLINK("http://evil.example")', "+1+1", "@SUM(A1)", "-2+3", "\t=1"])
async def test_a_line_of_the_export_is_never_a_formula(portal: Portal, nobody: Visitor, agent: str) -> None:
    """E27: whoever tries to sign in chooses the name of their browser, and auditors open the file in Excel."""
    nobody.client.headers["User-Agent"] = agent
    await nobody.refused("signIn", coop="hirosaki", identifier="hirosaki-taro", password="not this one")
    auditor = await portal.staff("hirosaki", AUDITOR)
    _, text = await exported(auditor)
    cells = [cell for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"))) for cell in row]
    assert any(agent.strip() in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]


async def test_no_secret_stands_in_the_log(portal: Portal, nobody: Visitor, store: Store) -> None:
    """E26: neither passwords nor tokens nor codes, nor what was typed in place of a login ID."""
    await registers(portal, SABURO, SABURO_AT)
    await nobody.done(
        "requestPasswordReset", coop="hirosaki", identifier="member-0005", memberNumber=SABURO.number
    )
    reissued = reissued_in(await portal.mail(SABURO_AT, "パスワード再発行のお知らせ"))
    await nobody.does("signIn", coop="hirosaki", identifier="my password by mistake", password=reissued)
    async with store.engine.connect() as connection:
        lines = str((await connection.execute(sa.text("SELECT access_log::text FROM access_log"))).all())
    token = token_in(await portal.mail(SABURO_AT, "本登録のご案内"))
    for secret in (NEW_PASSWORD, reissued, token, "my password by mistake"):
        assert secret not in lines


async def test_what_was_mailed_is_forgotten_once_it_was_sent(portal: Portal, store: Store) -> None:
    """E26: nothing that opens an account stands in the database, beside hashes."""
    saburo = await registers(portal, SABURO, SABURO_AT)
    await saburo.done("setAuthCode", useEmail={"password": NEW_PASSWORD})
    token = token_in(await portal.mail(SABURO_AT, "本登録のご案内"))
    tables = ("outbox_mail", "mailed_tokens", "sessions", "accounts", "auth_challenges", "recovery_requests")

    async def nothing_is_kept() -> bool:
        async with store.engine.connect() as connection:
            rows = [await connection.execute(sa.text(f"SELECT {each}::text FROM {each}")) for each in tables]  # noqa: S608 - our own tables
        kept = str([each.all() for each in rows])
        return not [secret for secret in (NEW_PASSWORD, token, saburo.token or "") if secret in kept]

    await eventually(nothing_is_kept)


@pytest.mark.parametrize(
    "change",
    ["UPDATE access_log SET outcome = 'ALLOWED'", "DELETE FROM access_log", "TRUNCATE access_log"],
)
async def test_the_log_is_append_only(portal: Portal, store: Store, change: str) -> None:
    """E26, E27."""
    await portal.signed_in("hirosaki", "hirosaki-taro")
    async with store.engine.connect() as connection:
        with pytest.raises(DBAPIError, match="append-only"):
            await connection.execute(sa.text(change))


async def test_a_provisional_sign_in_stands_in_the_log(portal: Portal, nobody: Visitor) -> None:
    """A13, E26: with the reason a refusal had, which who tried is never told."""
    await nobody.refused("signIn", coop="hirosaki", identifier=TARO.number, password="20050801")
    await provisional(portal, "210100000002", "20010615")
    auditor = await portal.staff("hirosaki", AUDITOR)
    (refused,) = [
        each
        for each in await entries(auditor, action="SIGN_IN", outcome="REFUSED")
        if each["reason"] == "ALREADY_REGISTERED"
    ]
    assert refused["account"] == {"loginId": "hirosaki-taro"}
