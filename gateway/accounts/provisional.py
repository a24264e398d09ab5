"""仮ログイン: asking the registry whether somebody may register with what they typed (A8–A14, X1)."""

from gateway.accounts.entrance import Entrance
from gateway.accounts.membership import is_a_guardian, membership_fault
from gateway.accounts.registry_entries import registered
from gateway.coop_config.rules import ProvisionalRules
from gateway.rules.provisional_credentials import ProvisionalId, is_issued, is_one_of, secrets_of
from gateway.viewer import AccountKind


async def has_provisional_credential(
    entrance: Entrance, rules: ProvisionalRules, whose: ProvisionalId, secret: str
) -> bool:
    """Whether the secret is one of the member's or guardian's (A10–A12), and they are to register with it.

    Raises `Unavailable` when the registry does not answer, whatever the number: what it said before opens no
    account, for a changed phone number must not.
    """
    member, guardian = await registered(entrance, whose.number)
    secrets = () if member is None else secrets_of(member, guardian, rules)
    right = is_one_of(secret, secrets)
    if not right or member is None or not is_issued(member, rules):
        return False
    if whose.kind is AccountKind.GUARDIAN and not is_a_guardian(entrance, guardian, whose.kind):
        return False
    return await membership_fault(entrance, member) is None
