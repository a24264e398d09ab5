"""What stands above every sheet on paper: whose it is, who gives it, and of what day it is."""

from adapters.errors import AdapterError
from gateway.context import Context
from gateway.errors import NotYetViewable
from gateway.resolvers import members
from gateway.resolvers.members import FoundMember
from gateway.rules.member_numbers import display


async def heading(context: Context, member: FoundMember) -> tuple[str, ...]:
    """The co-op, the member and the day, in that order."""
    coop = context.at_home().coop
    number = display(member.number, coop.member_numbers)
    return (
        coop.name,
        f"組合員番号 {number}　{await _name(context, member)}".rstrip("　"),
        f"作成日 {context.today:%Y年%-m月%-d日}",
    )


async def _name(context: Context, member: FoundMember) -> str:
    """Empty where the viewer may not see it yet (E9), or the registry does not say it just now."""
    try:
        return f"{(await members.profile(context, member)).name} 様"
    except (AdapterError, NotYetViewable):
        return ""
