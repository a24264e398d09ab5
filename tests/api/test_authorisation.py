"""Who may ask what, and see whom."""

from dataclasses import dataclass
from typing import Any

import pytest
from graphql import GraphQLObjectType, build_schema

from gateway.schema.build import printed_schema
from gateway.store import Store
from gateway.viewer import StaffRole
from tests.api.asking import Api
from tests.api.doing import done
from tests.api.opening import open_member, open_staff, reissue_password


def doing(mutation: str, given: str) -> str:
    """A mutation with this input, of which nothing but the errors matters."""
    return f"mutation {{ {mutation}(input: {{{given}}}) {{ errors {{ code }} }} }}"


A_NUMBER = '"210100000012"'
OF_NOBODY = 'memberNumber: "210199999999"'
A_KEY = 'idempotencyKey: "7f3c1f52-6f7e-4c34-9d3f-0a1f6a6f2b11"'
A_CHECK = '{method: CARD_SHOWN, note: "組合員証を確認"}'

OPERATIONS = {
    "Query.node": '{ node(id: "x") { id } }',
    "Query.nodes": '{ nodes(ids: ["x"]) { id } }',
    "Query.coops": "{ coops { code } }",
    "Query.coop": '{ coop(code: "hirosaki") { code } }',
    "Query.viewer": "{ viewer { account { id } } }",
    "Query.member": '{ member(number: "210100000001") { id } }',
    "Query.members": "{ members(first: 1) { edges { cursor } } }",
    "Query.systems": "{ systems { system } }",
    "Query.mailDispatches": "{ mailDispatches { edges { cursor } } }",
    "Query.inquiries": "{ inquiries { edges { cursor } } }",
    "Query.changeRequests": "{ changeRequests { edges { cursor } } }",
    "Query.publishedNotices": "{ publishedNotices { edges { cursor } } }",
    "Query.accessLog": "{ accessLog { edges { cursor } } }",
    "Mutation.signIn": doing("signIn", 'coop: "x", identifier: "x", password: "x"'),
    "Mutation.verifyAuthCode": doing("verifyAuthCode", 'coop: "hirosaki", challenge: "x", code: "x"'),
    "Mutation.startRegistration": doing(
        "startRegistration",
        f'coop: "hirosaki", memberNumber: {A_NUMBER}, birthDate: "2000-01-01", phone: "1", email: "x", password: "x"',
    ),
    "Mutation.confirmRegistration": doing(
        "confirmRegistration", 'coop: "hirosaki", token: "x", loginId: "x", password: "x"'
    ),
    "Mutation.requestLoginIdReminder": doing(
        "requestLoginIdReminder", f'coop: "hirosaki", memberNumber: {A_NUMBER}, email: "x@example.jp"'
    ),
    "Mutation.requestPasswordReset": doing(
        "requestPasswordReset", f'coop: "hirosaki", memberNumber: {A_NUMBER}, identifier: "x"'
    ),
    "Mutation.resetPassword": doing("resetPassword", 'coop: "hirosaki", token: "x", newPassword: "x"'),
    "Mutation.confirmEmail": doing("confirmEmail", 'coop: "hirosaki", token: "x"'),
    "Mutation.submitInquiry": doing("submitInquiry", 'coop: "hirosaki", topic: OTHER, body: ""'),
    "Mutation.sendTestMail": doing("sendTestMail", 'email: "x"'),
    "Mutation.completeRegistration": doing("completeRegistration", 'password: "x", email: "x"'),
    "Mutation.signOut": "mutation { signOut { errors { code } } }",
    "Mutation.endSession": doing("endSession", 'sessionId: "x"'),
    "Mutation.changePassword": doing("changePassword", 'password: "x", newPassword: "x"'),
    "Mutation.changeLoginId": doing("changeLoginId", 'password: "x", loginId: "x"'),
    "Mutation.changeEmail": doing("changeEmail", 'password: "x", email: "x"'),
    "Mutation.setAuthCode": doing("setAuthCode", 'turnOff: {password: "x"}'),
    "Mutation.setGuardianSharing": doing("setGuardianSharing", "shared: true"),
    "Mutation.requestWebPointTransfer": doing("requestWebPointTransfer", f"points: 1, {A_KEY}"),
    "Mutation.suspendPico": doing("suspendPico", A_KEY),
    "Mutation.requestProfileChange": doing("requestProfileChange", A_KEY),
    "Mutation.activateDigitalCard": "mutation { activateDigitalCard { errors { code } } }",
    "Mutation.markNoticesRead": doing("markNoticesRead", "ids: []"),
    "Mutation.setAlerts": doing("setAlerts", "readyToCollect: true"),
    "Mutation.leaveMyPage": doing("leaveMyPage", 'password: "x"'),
    "Mutation.confirmSharePayment": doing("confirmSharePayment", OF_NOBODY),
    "Mutation.discloseLogin": doing(
        "discloseLogin", f"account: {{memberNumber: {A_NUMBER}}}, identityCheck: {A_CHECK}"
    ),
    "Mutation.changeAccountEmail": doing(
        "changeAccountEmail", f'account: {{memberNumber: {A_NUMBER}}}, email: "x", identityCheck: {A_CHECK}'
    ),
    "Mutation.startPasswordReset": doing("startPasswordReset", f"account: {{memberNumber: {A_NUMBER}}}"),
    "Mutation.unlockAccount": doing("unlockAccount", f"account: {{memberNumber: {A_NUMBER}}}"),
    "Mutation.removeAuthCode": doing(
        "removeAuthCode", f"account: {{memberNumber: {A_NUMBER}}}, identityCheck: {A_CHECK}"
    ),
    "Mutation.resendMail": doing("resendMail", 'mailId: "x"'),
    "Mutation.settleChangeRequest": doing("settleChangeRequest", 'changeRequestId: "x", settlement: DONE'),
    "Mutation.answerInquiry": doing("answerInquiry", 'inquiryId: "x", answer: ""'),
    "Mutation.publishNotice": doing("publishNotice", f'title: "", body: "", reach: MEMBERS, {A_KEY}'),
    "Mutation.withdrawNotice": doing("withdrawNotice", 'noticeId: "x"'),
    "Mutation.recordShareRefund": doing("recordShareRefund", f'{OF_NOBODY}, refundedOn: "2026-11-01"'),
    "Mutation.cancelShareRefund": doing("cancelShareRefund", f'{OF_NOBODY}, reason: "x"'),
    "Mutation.suspendPicoInStore": doing("suspendPicoInStore", f'{OF_NOBODY}, storeCode: "x", {A_KEY}'),
    "Mutation.resumePico": doing("resumePico", f'{OF_NOBODY}, storeCode: "x", {A_KEY}'),
    "Mutation.reissueCard": doing("reissueCard", f'{OF_NOBODY}, cardNumber: "1", {A_KEY}'),
    "Mutation.receivePrepaid": doing(
        "receivePrepaid", f'{OF_NOBODY}, slipNumber: "x", storeCode: "x", {A_KEY}'
    ),
    "Mutation.verifyDigitalCard": doing("verifyDigitalCard", 'code: "x"'),
}
"""One of each root field: whoever adds a field adds its operation here."""

SIGNED_IN = {"member", "guardian", "staff", "staff without a role"}
LIMITED = {"registering", "setting a password"}
EVERYBODY = {"nobody"} | SIGNED_IN | LIMITED
ADMITTED = {
    "public": EVERYBODY,
    "hasSession": SIGNED_IN | LIMITED,
    "isRegistering": {"registering"},
    "maySetPassword": SIGNED_IN | {"setting a password"},
    "isSignedIn": SIGNED_IN,
    "isMember": {"member"},
    "isMemberOrGuardian": {"member", "guardian"},
    "isStaff": {"staff"},
}


PROVISIONAL = ("210100000013", "20040601")
"""仮ログインID and 仮パスワード of 板柳 蓮 (A12)."""


def permissions() -> dict[str, str]:
    """The permission of every root field, as the printed schema has it."""
    schema = build_schema(printed_schema())
    roots = [root for root in (schema.query_type, schema.mutation_type) if root is not None]
    return {f"{root.name}.{name}": permission for root in roots for name, permission in _declared(root)}


def _declared(root: GraphQLObjectType) -> list[tuple[str, str]]:
    declared = []
    for name, field in root.fields.items():
        assert field.ast_node is not None
        (permission,) = (
            each.name.value for each in field.ast_node.directives or () if each.name.value in ADMITTED
        )
        declared.append((name, permission))
    return declared


@dataclass(frozen=True)
class Refusal:
    """What a root field answers to whoever may not ask it."""

    message: str
    code: str


UNAUTHENTICATED = Refusal("ログインしてください。", "UNAUTHENTICATED")
FORBIDDEN = Refusal("この情報を利用する権限がありません。", "FORBIDDEN")


@pytest.fixture
async def everybody(api: Api, store: Store, taro: Api, ichiro: Api) -> dict[str, Api]:
    """One of each kind; the staff have every role."""
    await open_staff(store, "hirosaki", "idle")
    await open_staff(store, "hirosaki", "busy", *StaffRole)
    reissued = await reissue_password(store, "hirosaki", "takasaki")
    return {
        "nobody": api,
        "member": taro,
        "guardian": ichiro,
        "staff": await api.signed_in("hirosaki", "busy"),
        "staff without a role": await api.signed_in("hirosaki", "idle"),
        "registering": await api.signed_in("hirosaki", *PROVISIONAL),
        "setting a password": await api.signed_in("hirosaki", "takasaki", reissued),
    }


def test_every_root_field_is_in_the_matrix() -> None:
    assert OPERATIONS.keys() == permissions().keys()


@pytest.mark.parametrize("field", OPERATIONS)
async def test_a_root_field_lets_in_whom_its_permission_names_and_nobody_else(
    everybody: dict[str, Api], field: str
) -> None:
    outcomes = {who: await refused(api, OPERATIONS[field]) for who, api in everybody.items()}

    admitted = ADMITTED[permissions()[field]]
    assert {who for who, refusal in outcomes.items() if refusal is None} == admitted
    turned_away = {who: refusal for who, refusal in outcomes.items() if who not in admitted}
    assert turned_away == {
        who: UNAUTHENTICATED if who == "nobody" else FORBIDDEN for who in EVERYBODY - admitted
    }


async def refused(api: Api, operation: str) -> Refusal | None:
    """How the operation's root field was refused, if it was."""
    for error in (await api.ask(operation)).errors:
        if error["extensions"]["code"] in ("UNAUTHENTICATED", "FORBIDDEN"):
            return Refusal(error["message"], error["extensions"]["code"])
    return None


def roles_of(field: str) -> set[str]:
    """The roles that the printed schema names on a root field."""
    schema = build_schema(printed_schema())
    root, _, name = field.partition(".")
    definition = schema.type_map[root].fields[name]  # type: ignore[attr-defined]  # roots have fields
    (directive,) = (each for each in definition.ast_node.directives if each.name.value == "isStaff")
    (argument,) = directive.arguments
    return {value.value for value in argument.value.values}


async def test_a_staff_field_lets_in_exactly_the_roles_it_names(api: Api, store: Store) -> None:
    """The desk helps in, the office has the money, auditors read the log (E27)."""
    of_staff = [field for field, permission in permissions().items() if permission == "isStaff"]
    admitted: dict[str, set[str]] = {field: set() for field in of_staff}
    for role in StaffRole:
        await open_staff(store, "hirosaki", f"only-{role.value}", role)
        staff = await api.signed_in("hirosaki", f"only-{role.value}")
        for field in of_staff:
            if await refused(staff, OPERATIONS[field]) is None:
                admitted[field].add(role.value)

    assert admitted == {field: roles_of(field) for field in of_staff}


@pytest.mark.parametrize("role", StaffRole, ids=lambda role: role.value)
async def test_any_one_role_looks_members_up(api: Api, store: Store, role: StaffRole) -> None:
    await open_staff(store, "hirosaki", "one-role", role)
    staff = await api.signed_in("hirosaki", "one-role")

    assert await staff.data('{ member(number: "210100000001") { number } }') == {
        "member": {"number": "210100000001"}
    }


MEMBER = "{ viewer { member { id number profile { name } pico { prepaidBalance } } } }"


async def test_a_guardian_sees_what_the_student_sees(taro: Api, ichiro: Api) -> None:
    """A1, X13: the same pages."""
    seen = await ichiro.data(MEMBER)

    assert seen == await taro.data(MEMBER)
    assert seen["viewer"]["member"]["profile"] == {"name": "弘前 太郎"}


async def test_a_guardian_sees_nothing_of_a_student_who_does_not_share(taro: Api, ichiro: Api) -> None:
    """X13: neither by their own page nor by an id they kept."""
    kept = (await ichiro.data(MEMBER))["viewer"]["member"]["id"]
    await done(taro, "setGuardianSharing", shared=False)

    answer = await ichiro.ask(MEMBER)
    by_id = await ichiro.ask("query ($id: ID!) { node(id: $id) { id } }", id=kept)

    assert answer.data == {"viewer": {"member": None}}
    assert answer.codes() == {"viewer.member": "FORBIDDEN"}
    assert (by_id.data, by_id.codes()) == ({"node": None}, {"node": "FORBIDDEN"})
    assert (await taro.data(MEMBER))["viewer"]["member"]["number"] == "210100000001"


async def test_a_guardian_who_is_shut_out_keeps_their_own_account(taro: Api, ichiro: Api) -> None:
    """A16, X13: own credentials, own account."""
    await done(taro, "setGuardianSharing", shared=False)

    data = await ichiro.data("{ viewer { account { loginId } } }")

    assert data == {"viewer": {"account": {"loginId": "hirosaki-ichiro"}}}


async def test_sharing_again_opens_everything_again(taro: Api, ichiro: Api) -> None:
    """X13."""
    await done(taro, "setGuardianSharing", shared=False)
    await done(taro, "setGuardianSharing", shared=True)

    assert (await ichiro.data(MEMBER))["viewer"]["member"]["number"] == "210100000001"


MEMBER_BY_NUMBER = "query ($number: MemberNumber!) { member(number: $number) { number numberDisplay } }"


@pytest.mark.parametrize(
    "typed",
    [
        "210100000001",
        "2101 0000 0001",
        "2101-0000-0001",
        "２１０１０００００００１",
        "２１０１　００００　０００１",
        "２１０１－００００－０００１",
        " 2101ー0000ー0001 ",
        "2101‐0000−0001",
    ],
)
async def test_a_number_is_taken_however_it_is_typed(hirosaki_staff: Api, typed: str) -> None:
    """A4, A5."""
    data = await hirosaki_staff.data(MEMBER_BY_NUMBER, number=typed)

    assert data == {"member": {"number": "210100000001", "numberDisplay": "2101 0000 0001"}}


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("abc", "組合員番号は半角数字（ハイフンなし）でご入力ください。"),
        ("", "組合員番号は半角数字（ハイフンなし）でご入力ください。"),
        ("210100000001p", "組合員番号は半角数字（ハイフンなし）でご入力ください。"),
        ("2101 0000 001", "半角数字12桁（ハイフンなし）でご入力ください。"),
        ("2101000000010", "半角数字12桁（ハイフンなし）でご入力ください。"),
        ("10000001", "半角数字12桁（ハイフンなし）でご入力ください。"),
        ("220100000001", "組合員番号は「2101」から始まる12桁の番号です。"),
    ],
)
async def test_a_wrong_number_is_answered_with_how_to_put_it_right(
    hirosaki_staff: Api, typed: str, message: str
) -> None:
    """A3, A4: the same sentence a member reads, and no English before it."""
    error = (await hirosaki_staff.ask(MEMBER_BY_NUMBER, number=typed)).only_error()

    assert error["message"] == message
    assert error["extensions"] == {"code": "BAD_INPUT", "argument": "number"}


async def test_a_wrong_number_written_in_the_operation_itself_is_answered_alike(hirosaki_staff: Api) -> None:
    """A4."""
    error = (await hirosaki_staff.ask('{ member(number: "2101-x") { number } }')).only_error()

    assert error["message"] == "組合員番号は半角数字（ハイフンなし）でご入力ください。"
    assert error["extensions"] == {"code": "BAD_INPUT", "argument": "number"}


async def test_a_number_that_nobody_has_is_null_without_an_error(hirosaki_staff: Api) -> None:
    assert await hirosaki_staff.data(MEMBER_BY_NUMBER, number="210199999999") == {"member": None}


async def test_staff_see_only_members_of_their_own_co_op(hokkaido_staff: Api) -> None:
    """A number of another co-op is no number here."""
    error = (await hokkaido_staff.ask(MEMBER_BY_NUMBER, number="210100000001")).only_error()
    listed = await hokkaido_staff.data("{ members(first: 100) { edges { node { number } } } }")

    assert error["message"] == "半角数字8桁（ハイフンなし）でご入力ください。"
    numbers = [edge["node"]["number"] for edge in listed["members"]["edges"]]
    assert numbers == [str(10000000 + index) for index in range(1, 101)]


async def test_a_number_shared_by_two_co_ops_leads_to_ones_own(store: Store, api: Api, sapporo: Api) -> None:
    """The same login ID and member number may exist in both: each is somebody else."""
    await open_member(store, "hirosaki", "sapporo@example.jp", "210100000005")
    namesake = await api.signed_in("hirosaki", "sapporo@example.jp")

    assert (await namesake.data(MEMBER))["viewer"]["member"]["number"] == "210100000005"
    assert (await sapporo.data("{ viewer { member { number } } }"))["viewer"]["member"] == {
        "number": "10000001"
    }


WITHDRAWN = {
    "message": "出資金返還後はマイページの閲覧ができません。",
    "extensions": {"code": "WITHDRAWN"},
}


async def withdrawn(api: Api, store: Store) -> Api:
    """黒石 みどり, whose share capital was refunded."""
    await open_member(store, "hirosaki", "kuroishi", "210100000009")
    return await api.signed_in("hirosaki", "kuroishi")


def told(error: dict[str, Any]) -> dict[str, Any]:
    return {key: error[key] for key in ("message", "extensions")}


async def test_after_the_refund_a_member_sees_nothing_but_their_account(api: Api, store: Store) -> None:
    """E22: signing in still works, so that they can be told."""
    kuroishi = await withdrawn(api, store)

    answer = await kuroishi.ask("{ viewer { account { loginId } member { number profile { name } } } }")

    assert answer.data == {"viewer": {"account": {"loginId": "kuroishi"}, "member": None}}
    assert answer.only_error()["path"] == ["viewer", "member"]
    assert told(answer.only_error()) == WITHDRAWN


async def test_staff_still_see_who_has_withdrawn(hirosaki_staff: Api) -> None:
    """E22 ends the member's access, not the co-op's records."""
    data = await hirosaki_staff.data('{ member(number: "210100000009") { status profile { name } } }')

    assert data == {"member": {"status": "WITHDRAWN", "profile": {"name": "黒石 みどり"}}}


async def test_a_member_who_is_withdrawing_sees_everything_until_the_refund(api: Api) -> None:
    """E22, E23: and is warned."""
    asahikawa = await api.signed_in("hokkaido", "asahikawa@example.jp")

    data = await asahikawa.data("{ viewer { member { status withdrawalWarning } } }")

    assert data["viewer"]["member"] == {
        "status": "WITHDRAWING",
        "withdrawalWarning": "出資金返還後はマイページの閲覧ができなくなりますので、該当される方は、"
        "早めに請求明細の確認をお願いいたします。",
    }
