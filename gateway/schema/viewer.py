"""Who is signed in, and what is theirs."""

import strawberry

from gateway.resolvers import members
from gateway.schema.account import Account
from gateway.schema.info import Info
from gateway.schema.member import Member
from gateway.store import records as store_records
from gateway.store.records import AccountKind
from gateway.viewer import StaffRole


@strawberry.type(description="職員.")
class StaffProfile:
    """A member of staff."""

    name: str = strawberry.field(description="氏名.")
    roles: list[StaffRole] = strawberry.field(description="What they may do.")

    @classmethod
    def of(cls, record: store_records.Account) -> "StaffProfile":
        """From the store."""
        return cls(
            name=record.name or record.login_id,
            roles=sorted(record.roles, key=lambda role: role.value),
        )


@strawberry.type(description="The person who is signed in.")
class Viewer:
    """One session's person."""

    account: Account = strawberry.field(description="アカウント.")
    staff: StaffProfile | None = strawberry.field(description="職員, null for everybody else.")

    @classmethod
    def of(cls, record: store_records.Account) -> "Viewer":
        """From the store."""
        return cls(
            account=Account.of(record),
            staff=StaffProfile.of(record) if record.kind is AccountKind.STAFF else None,
        )

    @strawberry.field(description="組合員本人, for a guardian the student (A1); null for staff.")
    async def member(self, info: Info) -> Member | None:
        """`WITHDRAWN` after the refund of the share capital (E22)."""
        found = await members.viewers_own(info.context)
        return None if found is None else Member(found=found, coop=info.context.at_home().coop)
