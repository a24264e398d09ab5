"""A scripted attack: finding out who is known here (A25, A26, A37, E1, X21). The figures stand in docs/security.md."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from tests.lifecycle.attacking import (
    BLOCKED,
    WRONG,
    at_once,
    codes,
    elsewhere,
    guess,
    note,
    patient,
    posted,
    shown,
    tells,
    timed,
)
from tests.lifecycle.people import HANAKO, SABURO, TARO
from tests.lifecycle.portal import Portal, Visitor
from tests.lifecycle.registering import code_of, registers, started

ROUNDS = 60


async def test_signing_in_shows_nobody_who_has_an_account(portal: Portal) -> None:
    """A37, E1: text, status and headers, to the byte."""
    cases = {
        "hirosaki": ["hirosaki-taro", "no-such-person", "shirakami"],
        "hokkaido": ["sapporo@example.jp", "nobody@example.jp"],
    }
    for coop, identifiers in cases.items():
        seen = [
            shown(
                await posted(await portal.visitor(), "signIn", coop=coop, identifier=each, password="wrong")
            )
            for each in identifiers
        ]
        assert all(each == seen[0] for each in seen)
    numbers = [HANAKO.number, TARO.number, "210199999999"]
    seen = [
        shown(
            await posted(
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
        seen = [shown(await posted(visitor, mutation, **each)) for each in inputs.values()]
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
    seen = [shown(await posted(nobody, "startRegistration", **each)) for each in persons.values()]
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


def _spaced(portal: Portal, probes: Mapping[str, Callable[[int], Any]]) -> dict[str, Callable[[int], Any]]:
    """The probes, so far apart in the portal's time that none is throttled."""

    def after_a_while(probe: Callable[[int], Any]) -> Callable[[int], Any]:
        def later(number: int) -> Any:
            portal.later(hours=2)
            return probe(number)

        return later

    return {name: after_a_while(probe) for name, probe in probes.items()}
