"""仮ログイン: asking the registry whether somebody may register with what they typed (A8–A14, X1)."""

import asyncio

from adapters.errors import AdapterError, Unavailable
from adapters.records import Answers, Guardian, Member, MemberNumber, MemberStatus
from gateway.accounts.entrance import Entrance
from gateway.coop_config.rules import ProvisionalRules
from gateway.rules.provisional_credentials import ProvisionalId, is_issued, is_one_of, secrets_of
from gateway.viewer import AccountKind

_NOT_MEMBERS = frozenset({MemberStatus.AWAITING_PAYMENT, MemberStatus.WITHDRAWN})


async def has_provisional_credential(
    entrance: Entrance, rules: ProvisionalRules, whose: ProvisionalId, secret: str
) -> bool:
    """Whether the secret is one of the member's or guardian's (A10–A12), and they are to register with it.

    Raises `Unavailable` when the registry does not answer, whatever the number: what it said before opens no
    account, for a changed phone number must not.
    """
    member, guardian = await _registered(entrance, whose.number)
    secrets = () if member is None else secrets_of(member, guardian, rules)
    right = is_one_of(secret, secrets)
    return right and member is not None and _may_register(member, guardian, whose.kind, rules)


def _may_register(
    member: Member, guardian: Guardian | None, kind: AccountKind, rules: ProvisionalRules
) -> bool:
    if kind is AccountKind.GUARDIAN and guardian is None:
        return False
    return is_issued(member, rules) and member.status not in _NOT_MEMBERS


async def _registered(entrance: Entrance, number: MemberNumber) -> tuple[Member | None, Guardian | None]:
    system = f"{entrance.store.coop_code}/registry"
    try:
        members, guardians = await asyncio.gather(
            entrance.registry.members([number]), entrance.registry.guardians([number])
        )
        member, guardian = members.of(number), guardians.of(number)
    except AdapterError as failure:
        raise Unavailable(system, f"no provisional sign-in: {failure.detail}") from failure
    if _is_last_known(members, number) or _is_last_known(guardians, number):
        raise Unavailable(system, "no provisional sign-in with last known answers")
    return member, guardian


def _is_last_known(
    answers: Answers[MemberNumber, Member | None] | Answers[MemberNumber, Guardian | None], number: MemberNumber
) -> bool:
    return answers[number].last_known
