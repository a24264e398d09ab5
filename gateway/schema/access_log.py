"""アクセスログ (E26, E27): one's own, and for auditors that of the co-op."""

from datetime import datetime
from uuid import UUID

import strawberry

from adapters import records
from adapters.records import MemberNumber
from gateway.paging import write_cursor
from gateway.resolvers import access_log as resolver
from gateway.schema.connections import Connection, connection
from gateway.schema.info import Info
from gateway.store import records as store_records
from gateway.store.records import AccessAction, AccessOutcome, AccountKind


@strawberry.type(description="Whose account an entry is about.")
class AccessLogAccount:
    """Kind and login ID, as they are today."""

    kind: AccountKind = strawberry.field(description="本人・保護者・職員.")
    login_id: str = strawberry.field(description="ログインID.")
    member_number: MemberNumber | None = strawberry.field(description="組合員番号; null for staff.")

    @classmethod
    def of(cls, record: store_records.Account) -> "AccessLogAccount":
        """From the store."""
        return cls(kind=record.kind, login_id=record.login_id, member_number=record.member_number)


@strawberry.type(description="アクセスログの一件 (E26).")
class AccessLogEntry:
    """Who did what, when, from where."""

    account_id: strawberry.Private[UUID | None]
    at: datetime = strawberry.field(description="日時.")
    action: AccessAction = strawberry.field(description="操作.")
    outcome: AccessOutcome = strawberry.field(description="結果.")
    member_number: MemberNumber | None = strawberry.field(description="Whose data was looked at.")
    what: list[str] = strawberry.field(description="Which parts of it.")
    reason: str | None = strawberry.field(description="Why it was refused; of 本人確認 the note.")
    address: str | None = strawberry.field(description="IPアドレス.")
    user_agent: str | None = strawberry.field(description="ブラウザやアプリ.")

    @classmethod
    def of(cls, record: store_records.AccessLogEntry) -> "AccessLogEntry":
        """From the store."""
        return cls(
            account_id=record.account_id,
            at=record.at,
            action=record.action,
            outcome=record.outcome,
            member_number=record.member_number,
            what=list(record.what),
            reason=record.reason,
            address=record.origin.address,
            user_agent=record.origin.user_agent,
        )

    @strawberry.field(
        description="The account that did it, or that somebody tried to get into; null when there is none."
    )
    async def account(self, info: Info) -> AccessLogAccount | None:
        """Who."""
        found = await resolver.account(info.context, self.account_id)
        return None if found is None else AccessLogAccount.of(found)


AccessLogConnection = Connection[AccessLogEntry]


def access_log_connection(
    page: records.Page[store_records.AccessLogEntry], after: str | None
) -> AccessLogConnection:
    """A page of entries."""
    return connection(
        page.items,
        node=AccessLogEntry.of,
        cursor=lambda entry: write_cursor(str(entry.entry_id)),
        has_next=page.has_next,
        after=after,
    )


@strawberry.input(description="アクセスログの検索: every part given must match.")
class AccessLogSearch:
    """Search terms."""

    login_id: str | None = strawberry.field(default=None, description="ログインID of the account.")
    member_number: MemberNumber | None = strawberry.field(
        default=None, description="組合員番号 of who was looked at or served."
    )
    action: AccessAction | None = strawberry.field(default=None, description="操作.")
    outcome: AccessOutcome | None = strawberry.field(default=None, description="結果.")
    since: datetime | None = strawberry.field(default=None, description="From this time on.")
    until: datetime | None = strawberry.field(default=None, description="Before this time.")

    def to_domain(self) -> resolver.Search:
        """As the resolver takes it."""
        return resolver.Search(
            login_id=self.login_id,
            member_number=self.member_number,
            action=self.action,
            outcome=self.outcome,
            since=self.since,
            until=self.until,
        )
