"""Asking the registry who somebody is, where an answer from memory will not do."""

import asyncio

from adapters.errors import AdapterError, Unavailable
from adapters.records import Answers, Guardian, Member, MemberNumber
from gateway.accounts.entrance import Entrance


async def registered(entrance: Entrance, number: MemberNumber) -> tuple[Member | None, Guardian | None]:
    """The member of a number and their guardian, as the registry has them now.

    Raises `Unavailable` when it does not answer, whatever the number: what it said before opens no account,
    for a changed phone number must not.
    """
    system = f"{entrance.store.coop_code}/registry"
    try:
        members, guardians = await asyncio.gather(
            entrance.registry.members([number]), entrance.registry.guardians([number])
        )
        member, guardian = members.of(number), guardians.of(number)
    except AdapterError as failure:
        raise Unavailable(system, f"nobody can be identified: {failure.detail}") from failure
    if _is_last_known(members, number) or _is_last_known(guardians, number):
        raise Unavailable(system, "nobody is identified by last known answers")
    return member, guardian


def _is_last_known(
    answers: Answers[MemberNumber, Member | None] | Answers[MemberNumber, Guardian | None],
    number: MemberNumber,
) -> bool:
    return answers[number].last_known
