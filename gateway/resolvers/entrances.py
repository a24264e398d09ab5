"""The way in: the co-op that somebody names before they are signed in, or that of the session."""

from dataclasses import dataclass

from adapters.records import MemberNumber
from gateway.accounts.entrance import Entrance
from gateway.context import Context
from gateway.coop import Coop
from gateway.errors import BadInput
from gateway.rules import member_numbers


@dataclass(frozen=True, slots=True)
class MalformedNumber:
    """A member number that is none of this co-op's (A3, A4); `message` says how they are written."""

    message: str


def entrance_of(context: Context, coop_code: str) -> Entrance:
    """The entrance of a co-op; `BadInput` when there is no such."""
    if coop_code not in context.house.coops:
        raise BadInput("coop", "指定された生協は見つかりません。")
    return context.house.entrance(coop_code, context.clock)


def own_entrance(context: Context) -> Entrance:
    """That of the viewer's co-op."""
    return context.house.entrance(context.at_home().coop.code, context.clock)


def malformed(coop: Coop, number: MemberNumber | None) -> MalformedNumber | None:
    """What is wrong with a number's form; None when nothing is, or none was given."""
    if number is None:
        return None
    try:
        member_numbers.parse(number, coop.member_numbers)
    except member_numbers.MemberNumberError as error:
        return MalformedNumber(str(error))
    return None
