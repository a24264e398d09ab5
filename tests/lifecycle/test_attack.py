"""A scripted attack: guessing, many at once and with patience (E26, A13). The figures stand in docs/security.md."""

from datetime import timedelta
from typing import Any

from tests.api.asking import PASSWORD
from tests.lifecycle.attacking import (
    BLOCKED,
    FREE_TRIES,
    WRONG,
    aliased,
    at_once,
    codes,
    elsewhere,
    guess,
    note,
    patient,
)
from tests.lifecycle.people import HANAKO, NEW_PASSWORD, SABURO, SACHIKO
from tests.lifecycle.portal import Portal, Visitor, code_in
from tests.lifecycle.registering import code_of, provisional, registers

# Many at once


async def test_aliases_in_one_request_are_as_many_tries(nobody: Visitor) -> None:
    """E26: four guesses, the right one among them; three are looked at."""
    guesses = [f"guess {number}" for number in range(3)] + [PASSWORD]
    inputs = (f'{{coop: "hirosaki", identifier: "hirosaki-taro", password: "{each}"}}' for each in guesses)
    data = await nobody.data(aliased("signIn", inputs))
    outcomes = codes(data.values())
    assert outcomes == {WRONG: FREE_TRIES, BLOCKED: 4 - FREE_TRIES}
    note("4 aliases in one request", f"{FREE_TRIES} passwords looked at")


async def test_more_aliases_and_batches_are_not_even_begun(nobody: Visitor) -> None:
    """E26."""
    inputs = ['{coop: "hirosaki", identifier: "hirosaki-taro", password: "x"}'] * 5
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


async def _is_let_in(visitor: Visitor) -> bool:
    errors: list[Any] = (await guess(visitor, "hirosaki", "hirosaki-taro", PASSWORD))["errors"]
    return errors == []
