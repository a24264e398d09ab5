"""A scripted attack on everything that lets people in (E26, A13, A37, X21). The figures stand in docs/security.md."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from tests.api.asking import PASSWORD
from tests.lifecycle.attacking import aliased, at_once, codes, guess, note, patient, shown, tells, timed
from tests.lifecycle.operations import HOME, MUTATIONS, WHO
from tests.lifecycle.people import HANAKO, NEW_PASSWORD, OTHER_PASSWORD, SABURO, SACHIKO, TARO
from tests.lifecycle.portal import Portal, Visitor, code_in, reissued_in, token_in
from tests.lifecycle.registering import code_of, completed, provisional, registers, started

WRONG, BLOCKED = "INVALID_CREDENTIALS", "TOO_MANY_ATTEMPTS"
FREE_TRIES = 3
ROUNDS = 60


def elsewhere(number: int) -> str:
    """One of many addresses that are not the victim's."""
    return f"198.51.{number // 250}.{number % 250 + 1}"


# Many at once


async def test_aliases_in_one_request_are_as_many_tries(nobody: Visitor) -> None:
    """E26: thirty guesses, the right one among them; three are looked at."""
    guesses = [f"guess {number}" for number in range(29)] + [PASSWORD]
    inputs = (f'{{coop: "hirosaki", identifier: "hirosaki-taro", password: "{each}"}}' for each in guesses)
    data = await nobody.data(aliased("signIn", inputs))
    outcomes = codes(data.values())
    assert outcomes == {WRONG: FREE_TRIES, BLOCKED: 30 - FREE_TRIES}
    note("30 aliases in one request", f"{FREE_TRIES} passwords looked at")


async def test_more_aliases_and_batches_are_not_even_begun(nobody: Visitor) -> None:
    """E26."""
    inputs = ['{coop: "hirosaki", identifier: "hirosaki-taro", password: "x"}'] * 31
    refused = await nobody.ask(aliased("signIn", inputs))
    assert refused.only_error()["extensions"]["code"] == "INVALID_OPERATION"
    batch = await nobody.client.post("/graphql", json=[{"query": aliased("signIn", inputs[:1])}] * 50)
    assert batch.status_code == 400
    assert await _is_let_in(nobody)


async def test_parallel_requests_are_as_many_tries(portal: Portal, nobody: Visitor) -> None:
    """E26: sixty requests at once, the right password among them, from one address and from sixty."""
    for name, victim, addresses in (
        ("one address", "takasaki", ["203.0.113.1"]),
        ("60 addresses", "shirakami", [elsewhere(n) for n in range(60)]),
    ):
        visitors = [await portal.visitor(address) for address in addresses]
        outcomes = await at_once(
            guess(visitors[number % len(visitors)], "hirosaki", victim, f"guess {number}")
            for number in range(60)
        )
        assert outcomes == {WRONG: FREE_TRIES, BLOCKED: 60 - FREE_TRIES}
        note(f"60 parallel requests from {name}", f"{outcomes[WRONG]} passwords looked at")


async def test_unknown_identifiers_are_counted_as_known_ones_are(portal: Portal) -> None:
    """A37: being throttled tells nothing."""
    outcomes: list[list[Any]] = []
    for identifier in ("shirakami", "no-such-person", SACHIKO.number):
        visitor = await portal.visitor(f"203.0.113.{len(outcomes) + 1}")
        data = [await guess(visitor, "hirosaki", identifier, f"guess {number}") for number in range(8)]
        outcomes.append([each["errors"] for each in data])
    assert outcomes[0] == outcomes[1] == outcomes[2]
    assert outcomes[0][-1][0]["code"] == BLOCKED


async def test_one_address_cannot_spray_a_password_over_many_accounts(portal: Portal) -> None:
    """E26: 130 identifiers, one password; others' addresses are not held up by it."""
    sprayer = await portal.visitor("203.0.113.77")
    outcomes = codes([await guess(sprayer, "hirosaki", f"member-{n}", "Summer2026!") for n in range(130)])
    assert outcomes == {WRONG: 100, BLOCKED: 30}
    assert await _is_let_in(await portal.visitor("203.0.113.78"))
    note("one password over 130 accounts from one address, at once", "100 looked at")


async def test_a_forged_forwarding_header_makes_no_new_address(nobody: Visitor) -> None:
    """E26: the application itself never reads it; who may set it is the server's business (docs/operators)."""
    tries = []
    for number in range(110):
        nobody.client.headers["X-Forwarded-For"] = elsewhere(number)
        nobody.client.headers["Forwarded"] = f"for={elsewhere(number)}"
        tries.append(await guess(nobody, "hirosaki", f"member-{number}", "Summer2026!"))
    assert codes(tries) == {WRONG: 100, BLOCKED: 10}


# Patience


async def test_a_day_of_guessing_from_everywhere_ends_at_a_hundred(portal: Portal) -> None:
    """E26: from a new address each time, as soon as it is let; then the account is locked."""
    began, day = portal.clock(), timedelta(days=1)
    locked_after: list[timedelta] = []

    async def one(number: int) -> Any:
        payload = await guess(
            await portal.visitor(elsewhere(number)), "hirosaki", "takasaki", f"guess {number}"
        )
        if number == 99:
            locked_after.append(portal.clock() - began)
        return payload

    await patient(portal, one, began + timedelta(hours=1))
    assert locked_after
    assert locked_after[0] >= timedelta(minutes=45)
    portal.clock.now = began + day
    attempt = {"coop": "hirosaki", "identifier": "takasaki", "password": PASSWORD}
    assert await code_of(await portal.visitor(), "signIn", **attempt) == WRONG
    note("guesses at one account from ever new addresses", f"100, in {locked_after[0]}; then it is locked")


async def test_one_address_gets_few_guesses_a_day(portal: Portal) -> None:
    """E26."""
    stranger = await portal.visitor("203.0.113.9")
    until = portal.clock() + timedelta(days=1)
    tries = await patient(portal, lambda n: guess(stranger, "hirosaki", "takasaki", f"guess {n}"), until)
    assert tries <= 45
    note("guesses at one account from one address in a day", str(tries))


async def test_a_provisional_credential_stands_ten_guesses_in_all(portal: Portal) -> None:
    """A13: whoever guesses, for the member and the guardian together; then only the desk opens it."""
    began = portal.clock()

    async def one(number: int) -> Any:
        visitor = await portal.visitor(elsewhere(number))
        suffix = "p" if number % 2 else ""
        return await guess(visitor, "hirosaki", f"{HANAKO.number}{suffix}", f"2001{number % 12 + 1:02d}01")

    tries = await patient(portal, one, began + timedelta(days=60))
    took = portal.clock() - began
    assert tries == 10
    right = await guess(await portal.visitor(), "hirosaki", HANAKO.number, "20010615")
    assert right["errors"][0]["code"] == BLOCKED
    assert right["errors"][0]["retryAt"] is None
    staff = await portal.staff("hirosaki")
    await staff.done("unlockAccount", account={"memberNumber": HANAKO.number, "kind": "MEMBER"})
    await provisional(portal, HANAKO.number, "20010615")
    note("guesses at one provisional credential from everywhere", f"10 in {took}, then none")
    note("odds of 10 guesses at six digits, two phones valid", f"1 in {10**6 // (10 * 2):,}")
    note("odds of 10 guesses at a birth date, the year known", f"1 in {365 / 10:.1f}")


async def test_one_address_gets_few_guesses_at_provisional_credentials(portal: Portal) -> None:
    """A13: over a whole class of numbers, a day long."""
    stranger = await portal.visitor("203.0.113.9")
    began = portal.clock()

    async def one(number: int) -> Any:
        return await guess(stranger, "hirosaki", f"2101{9000 + number:08d}", "123456")

    tries = await patient(portal, one, began + timedelta(days=1))
    assert tries <= 80
    note("guesses at provisional credentials from one address in a day", str(tries))


async def test_codes_are_guessed_no_faster_by_asking_for_new_ones(portal: Portal) -> None:
    """E26: with the right password, an app's code, a new challenge for each try: a hundred, then locked."""
    saburo = await registers(portal, SABURO, "saburo@example.jp")
    begun = await saburo.done("setAuthCode", beginTotp={"password": NEW_PASSWORD})
    secret = begun["enrolment"]["secret"]
    await saburo.done("setAuthCode", finishTotp={"code": portal.app_code(secret)})
    began = portal.clock()

    async def one(number: int) -> Any:
        visitor = await portal.visitor(elsewhere(number))
        asked = await guess(visitor, "hirosaki", "member-0005", NEW_PASSWORD)
        if asked["challenge"] is None:
            return {"errors": [{"code": BLOCKED, "retryAt": None}]}
        right = {portal.app_code(secret)}
        wrong = next(code for code in ("000000", "111111") if code not in right)
        return await visitor.does(
            "verifyAuthCode", coop="hirosaki", challenge=asked["challenge"]["challenge"], code=wrong
        )

    tries = await patient(portal, one, began + timedelta(days=30))
    took = portal.clock() - began
    assert tries == 100
    assert took >= timedelta(days=3)
    note("guesses at an app's codes with the right password", f"100 in {took}, then locked")
    note("odds of 100 guesses at an app's codes, three of them valid", f"1 in {10**6 // 300:,}")


async def test_one_challenge_takes_five_codes(portal: Portal, nobody: Visitor) -> None:
    """E26: in parallel."""
    saburo = await registers(portal, SABURO, "saburo@example.jp")
    await saburo.done("setAuthCode", useEmail={"password": NEW_PASSWORD})
    asked = await guess(nobody, "hirosaki", "member-0005", NEW_PASSWORD)
    challenge = asked["challenge"]["challenge"]
    code = code_in(await portal.mail("saburo@example.jp", "認証コードのお知らせ"))
    wrong = [f"{number:06d}" for number in range(40) if f"{number:06d}" != code]
    outcomes = await at_once(
        nobody.does("verifyAuthCode", coop="hirosaki", challenge=challenge, code=each) for each in wrong
    )
    assert outcomes["INVALID_AUTH_CODE"] <= 5
    assert outcomes["INVALID_AUTH_CODE"] + outcomes[BLOCKED] == len(wrong)
    note(f"{len(wrong)} codes at one challenge at once", f"{outcomes['INVALID_AUTH_CODE']} looked at")


# Who is known here


async def test_signing_in_shows_nobody_who_has_an_account(portal: Portal) -> None:
    """A37, E1: text, status and headers, to the byte."""
    cases = {
        "hirosaki": ["hirosaki-taro", "no-such-person", "shirakami"],
        "hokkaido": ["sapporo@example.jp", "nobody@example.jp"],
    }
    for coop, identifiers in cases.items():
        seen = [
            shown(
                await _posted(await portal.visitor(), "signIn", coop=coop, identifier=each, password="wrong")
            )
            for each in identifiers
        ]
        assert all(each == seen[0] for each in seen)
    numbers = [HANAKO.number, TARO.number, "210199999999"]
    seen = [
        shown(
            await _posted(
                await portal.visitor(), "signIn", coop="hirosaki", identifier=each, password="999999"
            )
        )
        for each in numbers
    ]
    assert seen[0] == seen[1] == seen[2]


async def test_signing_in_takes_as_long_whether_or_not_there_is_an_account(portal: Portal) -> None:
    """A37, E1: known, unknown, and a known provisional number against an unknown one."""
    visitor = await portal.visitor()

    async def signing_in(identifier: str, password: str) -> None:
        payload = await guess(visitor, "hirosaki", identifier, password)
        assert codes([payload]) == {WRONG: 1}

    passwords = {
        "a known login ID": lambda _: signing_in("hirosaki-taro", "wrong"),
        "an unknown login ID": lambda n: signing_in(f"nobody-{n}", "wrong"),
    }
    numbers = {
        "a provisional number": lambda n: signing_in(f"2101{20 + n:08d}", "999999"),
        "an unknown number": lambda n: signing_in(f"2101{90_000 + n:08d}", "999999"),
    }
    assert not tells("signing in", await timed(ROUNDS, _spaced(portal, passwords)))
    assert not tells("provisional sign-in", await timed(ROUNDS, _spaced(portal, numbers)))


async def test_asking_for_what_was_forgotten_shows_nobody_who_has_an_account(portal: Portal) -> None:
    """A28, A29, E3: to the byte, and in as much time; a mail goes to the owner only."""
    await registers(portal, SABURO, "saburo@example.jp")
    visitor = await portal.visitor()
    reset: dict[str, dict[str, str]] = {
        "known": {"coop": "hirosaki", "identifier": "member-0005", "memberNumber": SABURO.number},
        "unknown": {"coop": "hirosaki", "identifier": "nobody-0005", "memberNumber": "210100009999"},
    }
    reminder: dict[str, dict[str, str]] = {
        "known": {"coop": "hirosaki", "memberNumber": SABURO.number, "email": "saburo@example.jp"},
        "unknown": {"coop": "hirosaki", "memberNumber": "210100009999", "email": "nobody@example.jp"},
    }
    for mutation, inputs in (("requestPasswordReset", reset), ("requestLoginIdReminder", reminder)):
        seen = [shown(await _posted(visitor, mutation, **each)) for each in inputs.values()]
        assert seen[0] == seen[1]

        async def asking(given: dict[str, str], _: int, mutation: str = mutation) -> None:
            await visitor.done(mutation, **given)

        probes = {name: partial(asking, given) for name, given in inputs.items()}
        assert not tells(mutation, await timed(ROUNDS, _spaced(portal, probes)))
    assert await portal.mails("nobody@example.jp") == []


async def test_registering_shows_nobody_who_is_a_member(portal: Portal, nobody: Visitor) -> None:
    """A25, A26, X21: unknown, known with a wrong birth date, and registered with one: one answer, as quickly."""
    persons = {
        "an unknown number": started(SABURO, memberNumber="210100009999"),
        "a member, wrong birth date": started(SABURO, birthDate="2000-01-01"),
        "a registered member, wrong phone": started(TARO, phone="0172999999"),
    }
    seen = [shown(await _posted(nobody, "startRegistration", **each)) for each in persons.values()]
    assert seen[0] == seen[1] == seen[2]

    async def registering(form: dict[str, Any], _: int) -> None:
        assert await code_of(nobody, "startRegistration", **form) == "MEMBER_NOT_FOUND"

    probes = {name: partial(registering, form) for name, form in persons.items()}
    assert not tells("startRegistration", await timed(ROUNDS, _spaced(portal, probes)))


async def test_registration_answers_few_questions_from_an_address(portal: Portal) -> None:
    """X21: nothing is answered before the throttle; sixty at once, then a day of patience."""
    stranger = await portal.visitor("203.0.113.9")
    outcomes = await at_once(
        stranger.does(
            "startRegistration",
            **started(SABURO, memberNumber=f"2101{5000 + n:08d}", email=f"probe-{n}@example.jp"),
        )
        for n in range(60)
    )
    assert outcomes == {"MEMBER_NOT_FOUND": 20, BLOCKED: 40}
    note("60 parallel registrations from one address", "20 looked at")
    assert await code_of(stranger, "startRegistration", **started(TARO)) == BLOCKED

    async def one(number: int) -> Any:
        form = started(SABURO, memberNumber=f"2101{6000 + number:08d}", email=f"later-{number}@example.jp")
        return await stranger.does("startRegistration", **form)

    tries = await patient(portal, one, portal.clock() + timedelta(hours=3))
    assert tries <= 70
    note("registrations from one address in three hours", f"{tries} more")


async def test_mail_cannot_be_used_to_flood_a_mailbox(portal: Portal) -> None:
    """A17, A28: by recipient, whatever the address that asks."""
    outcomes: Counter[str] = Counter()
    for number in range(12):
        visitor = await portal.visitor(elsewhere(number))
        payload = await visitor.does("requestPasswordReset", coop="hokkaido", identifier="sapporo@example.jp")
        outcomes += codes([payload])
    assert outcomes == {"OK": 5, BLOCKED: 7}
    note("resets asked for one address from 12 others at once", "5 taken")


# What was handed out


async def test_of_many_who_use_the_same_secret_at_once_one_gets_in(portal: Portal, nobody: Visitor) -> None:
    """A21, A30, E3, E26: URLs, the reissued password, an app's code, a recovery code."""
    saburo = await registers(portal, SABURO, "saburo@example.jp")
    asked = {"coop": "hirosaki", "identifier": "member-0005", "memberNumber": SABURO.number}
    await nobody.done("requestPasswordReset", **asked)
    reissued = reissued_in(await portal.mail("saburo@example.jp", "パスワード再発行のお知らせ"))
    assert (await at_once(guess(nobody, "hirosaki", "member-0005", reissued) for _ in range(3)))["OK"] == 1

    await saburo.done("changeEmail", password=NEW_PASSWORD, email="new@example.jp")
    token = token_in(await portal.mail("new@example.jp", "メールアドレスの確認"))
    outcomes = await at_once(nobody.does("confirmEmail", coop="hirosaki", token=token) for _ in range(10))
    assert outcomes == {"OK": 1, "LINK_INVALID": 9}

    begun = await saburo.done("setAuthCode", beginTotp={"password": NEW_PASSWORD})
    secret = begun["enrolment"]["secret"]
    finished = await saburo.done("setAuthCode", finishTotp={"code": portal.app_code(secret)})
    portal.later(minutes=1)
    for code in (portal.app_code(secret), finished["recoveryCodes"][0]):
        challenges = [
            (await guess(nobody, "hirosaki", "member-0005", NEW_PASSWORD))["challenge"]["challenge"]
            for _ in range(4)
        ]
        outcomes = await at_once(
            nobody.does("verifyAuthCode", coop="hirosaki", challenge=each, code=code) for each in challenges
        )
        assert outcomes == {"OK": 1, "INVALID_AUTH_CODE": 3}


async def test_a_planted_session_is_not_the_victims(portal: Portal) -> None:
    """E26, session fixation: signing in makes a new token, and ends the session that came with it."""
    attacker = await portal.signed_in("hirosaki", "takasaki")
    victim = await portal.visitor()
    victim.client.headers["Cookie"] = f"__Host-session={attacker.token}"
    await victim.done("signIn", coop="hirosaki", identifier="hirosaki-taro", password=PASSWORD)
    del victim.client.headers["Cookie"]
    assert (await victim.data(WHO))["viewer"]["account"]["loginId"] == "hirosaki-taro"
    assert victim.client.cookies["__Host-session"] != attacker.token
    assert (await attacker.data(WHO))["viewer"] is None

    invented = await portal.visitor()
    invented.client.headers["Cookie"] = "__Host-session=" + "x" * 43
    response = await _posted(
        invented, "signIn", coop="hirosaki", identifier="hirosaki-taro", password=PASSWORD
    )
    assert response.headers["set-cookie"].startswith("__Host-session=")
    assert "x" * 43 not in response.headers["set-cookie"]
    assert {"HttpOnly", "Path=/", "SameSite=lax", "Secure"} <= set(response.headers["set-cookie"].split("; "))


@pytest.mark.parametrize("purpose", ["REGISTER", "CHANGE_PASSWORD"])
async def test_a_session_for_one_purpose_does_nothing_else(
    portal: Portal, nobody: Visitor, purpose: str
) -> None:
    """A13, A30: every other operation is refused, and no personal data shown."""
    limited = await (_registering(portal) if purpose == "REGISTER" else _changing(portal))
    check = {"method": "CARD_SHOWN", "note": "x"}
    account = {"memberNumber": TARO.number, "kind": "MEMBER"}
    forbidden: dict[str, dict[str, Any]] = {
        "changeLoginId": {"password": NEW_PASSWORD, "loginId": "somebody"},
        "changeEmail": {"password": NEW_PASSWORD, "email": "x@example.jp"},
        "setAuthCode": {"turnOff": {"password": NEW_PASSWORD}},
        "setGuardianSharing": {"shared": True},
        "leaveMyPage": {"password": NEW_PASSWORD},
        "confirmSharePayment": {"memberNumber": TARO.number},
        "discloseLogin": {"account": account, "identityCheck": check},
        "changeAccountEmail": {"account": account, "email": "x@example.jp", "identityCheck": check},
        "startPasswordReset": {"account": account},
        "unlockAccount": {"account": account},
        "removeAuthCode": {"account": account, "identityCheck": check},
        "resendMail": {"mailId": "00000000-0000-0000-0000-000000000000"},
    }
    if purpose == "REGISTER":
        forbidden["changePassword"] = {"newPassword": OTHER_PASSWORD}
    else:
        forbidden |= {
            "sendTestMail": {"email": "x@example.jp"},
            "completeRegistration": completed("somebody"),
        }
    for mutation, given in forbidden.items():
        refused = await limited.tries(mutation, **given)
        assert refused.only_error()["extensions"]["code"] == "FORBIDDEN", mutation
    assert (await limited.ask(HOME)).data["viewer"]["member"] is None
    for query in (
        f'{{ member(number: "{SABURO.number}") {{ number }} }}',
        "{ mailDispatches { edges { cursor } } }",
        "{ accessLog { edges { cursor } } }",
        "{ inquiries { edges { cursor } } }",
        "{ members { edges { cursor } } }",
    ):
        assert (await limited.ask(query)).only_error()["extensions"]["code"] == "FORBIDDEN", query


# Shutting others out


async def test_the_owner_gets_in_while_somebody_keeps_guessing(portal: Portal) -> None:
    """E26: at once on a device they know; on another when the last wait is over, 30 seconds at most."""
    owner = {"coop": "hirosaki", "identifier": "shirakami", "password": PASSWORD, "transport": "COOKIE"}
    at_home = await portal.visitor()
    await at_home.done("signIn", **owner)

    async def one(number: int) -> Any:
        return await guess(
            await portal.visitor(elsewhere(number)), "hirosaki", "shirakami", f"guess {number}"
        )

    for _ in range(2):
        await patient(portal, one, portal.clock() + timedelta(minutes=20))
        await one(0)
        await at_home.done("signIn", **owner)
    note("the owner under attack, on a known device", "in at the first try")

    await patient(portal, one, portal.clock() + timedelta(minutes=5))
    await one(0)
    on_the_road = await portal.visitor("192.0.2.200")
    payload = await on_the_road.does("signIn", **owner)
    waits = datetime.fromisoformat(payload["errors"][0]["retryAt"]) - portal.clock()
    portal.clock.now += waits
    await on_the_road.done("signIn", **owner)
    assert waits <= timedelta(seconds=30)
    note("the owner under attack, on a new device", f"waits {waits.total_seconds():.0f} s")


async def test_the_mark_of_a_device_is_its_owners_and_opens_nothing(portal: Portal) -> None:
    """E26: neither somebody else's mark nor an invented one gets round the waiting; a true one is no session."""
    neighbour, owner = await portal.visitor(), await portal.visitor()
    await neighbour.done("signIn", coop="hirosaki", identifier="takasaki", password=PASSWORD)
    await owner.done("signIn", coop="hirosaki", identifier="shirakami", password=PASSWORD)
    marks = [each.client.cookies["__Host-device"] for each in (neighbour, owner)]
    for number in range(FREE_TRIES):
        await guess(await portal.visitor(elsewhere(number)), "hirosaki", "shirakami", f"guess {number}")
    looked_at = []
    for planted in (marks[0], marks[1][:-4] + "AAAA", "x" * 43, marks[1]):
        visitor = await portal.visitor("203.0.113.50")
        visitor.client.headers["Cookie"] = f"__Host-device={planted}"
        looked_at.append(codes([await guess(visitor, "hirosaki", "shirakami", "guess")]))
        assert (await visitor.data(WHO))["viewer"] is None
    assert looked_at == [{BLOCKED: 1}, {BLOCKED: 1}, {BLOCKED: 1}, {WRONG: 1}]


async def test_resets_asked_for_by_strangers_shut_nobody_out(portal: Portal, nobody: Visitor) -> None:
    """E26: neither of the password nor of mailed codes."""
    sachiko = await registers(portal, SACHIKO, "sachiko@example.jp")
    await sachiko.done("setAuthCode", useEmail={"password": NEW_PASSWORD})
    for number in range(12):
        stranger = await portal.visitor(elsewhere(number))
        await stranger.does("requestPasswordReset", coop="hokkaido", identifier="sachiko@example.jp")
        await stranger.does("startRegistration", **started(SACHIKO, email="sachiko@example.jp", phone="1"))
    payload = await guess(nobody, "hokkaido", "sachiko@example.jp", NEW_PASSWORD)
    assert payload["errors"] == []
    assert payload["challenge"]["method"] == "EMAIL"


async def _posted(visitor: Visitor, mutation: str, **given: Any) -> Any:
    return await visitor.post(MUTATIONS[mutation], input=given)


async def _is_let_in(visitor: Visitor) -> bool:
    errors: list[Any] = (await guess(visitor, "hirosaki", "hirosaki-taro", PASSWORD))["errors"]
    return errors == []


def _spaced(portal: Portal, probes: Mapping[str, Callable[[int], Any]]) -> dict[str, Callable[[int], Any]]:
    """The probes, so far apart in the portal's time that none is throttled."""

    def after_a_while(probe: Callable[[int], Any]) -> Callable[[int], Any]:
        def later(number: int) -> Any:
            portal.later(hours=2)
            return probe(number)

        return later

    return {name: after_a_while(probe) for name, probe in probes.items()}


async def _registering(portal: Portal) -> Visitor:
    return await provisional(portal, HANAKO.number, "20010615")


async def _changing(portal: Portal) -> Visitor:
    await registers(portal, SABURO, "saburo@example.jp")
    nobody = await portal.visitor()
    await nobody.done(
        "requestPasswordReset", coop="hirosaki", identifier="member-0005", memberNumber=SABURO.number
    )
    reissued = reissued_in(await portal.mail("saburo@example.jp", "パスワード再発行のお知らせ"))
    payload = await nobody.done(
        "signIn", coop="hirosaki", identifier="member-0005", password=reissued, transport="TOKEN"
    )
    return nobody.with_token(payload["token"])
