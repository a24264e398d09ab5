"""Values that no database, calendar or mail can hold, in operations that are otherwise right: bad input, never a fault.

What is made up at random seldom comes so far.
"""

from collections.abc import AsyncIterator, Mapping, Sequence

import pytest
from graphql import parse, validate
from starlette.applications import Starlette

from gateway.store import Store
from tests.fuzzing.operations import Operation, schema
from tests.fuzzing.people import People
from tests.fuzzing.properties import faults_of
from tests.fuzzing.test_fuzzing import AT_MOST_SECONDS

MEMBER, GUARDIAN, HOKKAIDO = "member of Hirosaki", "guardian", "member of Hokkaido"
DESK, STORE, AUDITOR = "desk and office of Hirosaki", "store of Hirosaki", "auditor of Hirosaki"
PASSWORD = 'password: "demo-coop-2026"'
KEY = 'idempotencyKey: "7f3c1f52-6f7e-4c34-9d3f-0a1f6a6f2b11"'
TARO = 'memberNumber: "210100000001"'
ACCOUNT = f"account: {{{TARO}}}"
CHECK = 'identityCheck: {method: QUESTIONS, note: "生年月日"}'
NOTICE = f"{KEY}, reach: EVERYONE"

TEXTS = (
    "\\u0000",
    "a\\u0000b",
    "\\uFFFF",
    "\\u202E\\u0007",
    "\\r\\nBcc: x@example.jp",
    "x" * 20_000,
    "９" * 3_000,
)
WITH_A_TEXT: Mapping[str, Sequence[str]] = {
    "nobody": (
        'signIn(input: {coop: "hirosaki", identifier: "$", password: "x"})',
        'signIn(input: {coop: "hirosaki", identifier: "hirosaki-taro", password: "$"})',
        f'signIn(input: {{coop: "hirosaki", identifier: "hirosaki-taro", {PASSWORD}, deviceLabel: "$"}})',
        'signIn(input: {coop: "$", identifier: "x", password: "x"})',
        'verifyAuthCode(input: {coop: "hirosaki", challenge: "$", code: "123456"})',
        'startRegistration(input: {coop: "hokkaido", memberNumber: "10000006", birthDate: "2000-01-01",'
        ' phone: "$", email: "a@example.jp", loginId: "$", password: "$", acceptedTerms: "$"})',
        'startRegistration(input: {coop: "hokkaido", memberNumber: "10000006", birthDate: "2000-01-01",'
        ' phone: "09012345678", email: "$@example.jp", password: "a-new-password-2026"})',
        'confirmRegistration(input: {coop: "hokkaido", token: "$", loginId: "$", password: "$"})',
        'requestLoginIdReminder(input: {coop: "hirosaki", memberNumber: "210100000001", email: "$"})',
        'requestPasswordReset(input: {coop: "hokkaido", identifier: "$"})',
        'requestPasswordReset(input: {coop: "hirosaki", identifier: "$", memberNumber: "210100000001"})',
        'resetPassword(input: {coop: "hokkaido", token: "$", newPassword: "$"})',
        'confirmEmail(input: {coop: "hirosaki", token: "$"})',
        'submitInquiry(input: {coop: "hirosaki", topic: OTHER, body: "$", replyTo: "a@example.jp"})',
        'submitInquiry(input: {coop: "hirosaki", topic: OTHER, body: "質問", replyTo: "$@example.jp"})',
    ),
    MEMBER: (
        'submitInquiry(input: {coop: "hirosaki", topic: OTHER, body: "$"})',
        f'changePassword(input: {{{PASSWORD}, newPassword: "$"}})',
        f'changeLoginId(input: {{{PASSWORD}, loginId: "$"}})',
        f'changeEmail(input: {{{PASSWORD}, email: "$"}})',
        f'changeEmail(input: {{{PASSWORD}, email: "$@example.jp"}})',
        'setAuthCode(input: {beginTotp: {password: "$"}})',
        'setAuthCode(input: {finishTotp: {code: "$"}})',
        'endSession(input: {sessionId: "$"})',
        'markNoticesRead(input: {ids: ["$"]})',
        'requestWebPointTransfer(input: {points: 200, idempotencyKey: "$"})',
    ),
    HOKKAIDO: (
        *(
            f'requestProfileChange(input: {{{KEY}, {field}: "$"}})'
            for field in ("name", "kana", "postalCode", "address", "homePhone", "mobilePhone", "workplace")
        ),
    ),
    DESK: (
        f'discloseLogin(input: {{{ACCOUNT}, identityCheck: {{method: QUESTIONS, note: "$"}}}})',
        f'changeAccountEmail(input: {{{ACCOUNT}, {CHECK}, email: "$@example.jp"}})',
        f'changeAccountEmail(input: {{{ACCOUNT}, {CHECK}, email: "$"}})',
        'answerInquiry(input: {inquiryId: "$", answer: "$"})',
        'settleChangeRequest(input: {changeRequestId: "$", settlement: DONE, note: "$"})',
        'resendMail(input: {mailId: "$"})',
        f'publishNotice(input: {{{NOTICE}, title: "$", body: "本文"}})',
        f'publishNotice(input: {{{NOTICE}, title: "題", body: "$", alsoByMail: true}})',
        'withdrawNotice(input: {noticeId: "$"})',
        'verifyDigitalCard(input: {code: "$"})',
    ),
    STORE: (
        f'suspendPicoInStore(input: {{{TARO}, {KEY}, storeCode: "$"}})',
        f'resumePico(input: {{{TARO}, {KEY}, storeCode: "$"}})',
        f'reissueCard(input: {{{TARO}, {KEY}, cardNumber: "$"}})',
        f'receivePrepaid(input: {{{TARO}, {KEY}, storeCode: "101", slipNumber: "$"}})',
        f'receivePrepaid(input: {{{TARO}, {KEY}, storeCode: "$", slipNumber: "20261120-0001"}})',
    ),
}
DAYS = ("0001-01-01", "9999-12-31", "1582-10-15", "2026-11-20")
TIMES = (
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-12:00",
    "2026-11-20T12:00:00Z",
    "2026-11-20T12:00:00",
)
NUMBERS = ("-2147483648", "-1", "0", "2147483647")
WITH_A_DAY = (
    'pico { transactions(filter: {since: "$"}) { edges { cursor } } }',
    'pico { transactions(filter: {until: "$"}) { edges { cursor } } }',
    'pico { transactions(filter: {since: "$", until: "$"}) { edges { cursor } } }',
    'mealCard { days(from: "$") { edges { cursor } } }',
    'mealCard { days(until: "$") { edges { cursor } } }',
    'mealCard { days(from: "$", until: "$") { edges { cursor } } }',
    'mealCard { nutrition(from: "$", until: "$") { __typename } }',
)


@pytest.fixture
async def people(gateway_app: Starlette, seeded_database: str) -> AsyncIterator[People]:
    """Everybody, before a gateway of the test's own."""
    store = Store.open(seeded_database, connections=1)
    yield await People.before(gateway_app, store)
    await store.close()


async def assert_no_faults(people: People, who: str, texts: Sequence[str]) -> None:
    """Each is answered as it should be."""
    faults = []
    for text in texts:
        told = await people.ask(who, Operation(text, {}))
        faults += [
            (fault, text[:200], told.response.text[:300]) for fault in faults_of(told, AT_MOST_SECONDS)
        ]
    assert faults == []


def in_a_mutation(template: str, text: str) -> str:
    """An operation with this text in it."""
    return f"mutation {{ {template.replace('$', text)} {{ errors {{ code message }} }} }}"


def member_field(template: str, day: str) -> str:
    """A question for a field of oneself with this day in it."""
    return f"{{ viewer {{ member {{ {template.replace('$', day)} }} }} }}"


def test_the_operations_are_right_but_for_their_values() -> None:
    documents = [in_a_mutation(each, "x") for templates in WITH_A_TEXT.values() for each in templates]
    documents += [member_field(each, DAYS[0]) for each in WITH_A_DAY]
    of = schema()
    assert [error.message for document in documents for error in validate(of, parse(document))] == []


@pytest.mark.parametrize("who", WITH_A_TEXT)
async def test_a_text_that_nothing_can_hold_is_no_fault_of_ours(people: People, who: str) -> None:
    asked = [in_a_mutation(template, text) for template in WITH_A_TEXT[who] for text in TEXTS]
    await assert_no_faults(people, who, asked)


async def test_a_day_at_the_end_of_the_calendar_is_no_fault_of_ours(people: People) -> None:
    asked = [member_field(template, day) for template in WITH_A_DAY for day in DAYS]
    await assert_no_faults(people, MEMBER, asked)
    months = [f'{{ viewer {{ member {{ statement(month: "{day[:7]}") {{ id }} }} }} }}' for day in DAYS]
    await assert_no_faults(people, HOKKAIDO, months)


async def test_a_number_at_the_end_of_its_range_is_no_fault_of_ours(people: People) -> None:
    points = [
        f"mutation {{ requestWebPointTransfer(input: {{{KEY}, points: {number}}}) {{ errors {{ code }} }} }}"
        for number in (*NUMBERS, "9007199254740993", "9223372036854775808")
    ]
    alerts = [
        f"mutation {{ setAlerts(input: {{readyToCollect: true, lowBalanceBelow: {number}}}) {{ errors {{ code }} }} }}"
        for number in (*NUMBERS, "9223372036854775808")
    ]
    months = [
        f"{{ viewer {{ member {{ pico {{ spending(months: {n}) {{ receipts }} }} }} }} }}" for n in NUMBERS
    ]
    await assert_no_faults(people, MEMBER, [*points, *alerts, *months])
    years = [
        f"{{ members(search: {{admissionYear: {number}}}) {{ edges {{ cursor }} }} }}" for number in NUMBERS
    ]
    pages = [f"{{ members(first: {number}) {{ edges {{ cursor }} }} }}" for number in NUMBERS]
    await assert_no_faults(people, DESK, [*years, *pages])


async def test_a_time_at_the_end_of_the_calendar_is_no_fault_of_ours(people: People) -> None:
    asked = [
        f'{{ accessLog(search: {{{bound}: "{time}"}}) {{ edges {{ cursor }} }} }}'
        for bound in ("since", "until")
        for time in TIMES
    ]
    texts = [f'{{ accessLog(search: {{loginId: "{text}"}}) {{ edges {{ cursor }} }} }}' for text in TEXTS]
    await assert_no_faults(people, AUDITOR, [*asked, *texts])
