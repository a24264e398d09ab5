"""アカウント: the viewer's own access to MyPage."""

from datetime import datetime
from uuid import UUID

import strawberry

from gateway.resolvers import accounts as resolver
from gateway.schema.access_log import AccessLogConnection, access_log_connection
from gateway.schema.arguments import After, First
from gateway.schema.info import Info
from gateway.schema.nodes import Node, write_global_id
from gateway.schema.scalars import EmailAddress, Yen
from gateway.store import records as store_records
from gateway.store.records import AccountKind, AccountState, AuthCodeMethod


@strawberry.type(description="利用規約への同意 (A20).")
class TermsAcceptance:
    """Which wording, and when."""

    version: str = strawberry.field(description="Version of the terms.")
    accepted_at: datetime = strawberry.field(description="同意した日時.")

    @classmethod
    def of(cls, record: store_records.TermsAcceptance) -> "TermsAcceptance":
        """From the store."""
        return cls(version=record.version, accepted_at=record.accepted_at)


@strawberry.type(description="ログイン中の端末.")
class Session:
    """One device that is signed in."""

    id: strawberry.ID = strawberry.field(description="Give it to `endSession`.")
    current: bool = strawberry.field(description="The session of this very request.")
    device_label: str | None = strawberry.field(description="端末, as the client named it.")
    address: str | None = strawberry.field(description="IPアドレス at sign-in.")
    created_at: datetime = strawberry.field(description="ログイン日時.")
    last_seen_at: datetime = strawberry.field(description="最終利用日時, to the minute.")
    expires_at: datetime = strawberry.field(description="Ends then at the latest, without further use.")

    @classmethod
    def of(cls, record: store_records.Session, current: UUID) -> "Session":
        """From the store."""
        return cls(
            id=strawberry.ID(str(record.session_id)),
            current=record.session_id == current,
            device_label=record.device_label,
            address=record.origin.address,
            created_at=record.created_at,
            last_seen_at=record.last_seen_at,
            expires_at=record.expires_at,
        )


@strawberry.type(description="お知らせメールの設定. The mail about a suspension cannot be switched off (D1).")
class AlertPreferences:
    """Which mails one wants."""

    low_balance_below: Yen | None = strawberry.field(
        description="残高がこの額を下回ったときに知らせる; null for never."
    )
    ready_to_collect: bool = strawberry.field(description="未受取プリペイドが受け取れるようになったとき.")

    @classmethod
    def of(cls, record: store_records.AlertPreferences) -> "AlertPreferences":
        """From the store."""
        below = record.low_balance_below
        return cls(
            low_balance_below=None if below is None else Yen(below),
            ready_to_collect=record.ready_to_collect,
        )


@strawberry.type(description="アカウント. One sees only one's own.")
class Account(Node):
    """The viewer's account."""

    account_id: strawberry.Private[UUID]
    kind: AccountKind = strawberry.field(description="本人・保護者・職員.")
    state: AccountState = strawberry.field(description="状態.")
    login_id: str = strawberry.field(
        description="ログインID; the e-mail address where the co-op says so (E1)."
    )
    email: EmailAddress | None = strawberry.field(description="メールアドレス.")
    email_verified: bool = strawberry.field(description="Whether mail sent there was confirmed.")
    must_change_password: bool = strawberry.field(
        description="A reissued password must be changed first (A30)."
    )
    terms_accepted: TermsAcceptance | None = strawberry.field(description="利用規約への同意 (A20).")

    @classmethod
    def of(cls, record: store_records.Account) -> "Account":
        """From the store."""
        return cls(
            id=write_global_id("Account", record.coop_code, str(record.account_id)),
            account_id=record.account_id,
            kind=record.kind,
            state=record.state,
            login_id=record.login_id,
            email=None if record.email is None else EmailAddress(record.email),
            email_verified=record.email_verified,
            must_change_password=record.must_change_password,
            terms_accepted=None if record.terms is None else TermsAcceptance.of(record.terms),
        )

    @strawberry.field(description="認証コード: how one receives the code asked for at sign-in (E26).")
    async def auth_code(self, info: Info) -> AuthCodeMethod:
        """Nowhere, by e-mail, from an app."""
        return await resolver.auth_code_method(info.context, self.account_id, self.kind)

    @strawberry.field(description="ログイン中の端末, the latest used first; each can be ended.")
    async def sessions(self, info: Info) -> list[Session]:
        """Where one is signed in."""
        current = resolver.session_holder(info.context).session_id
        found = await resolver.sessions(info.context, self.account_id)
        return [Session.of(session, current) for session in found]

    @strawberry.field(description="自分のアクセスログ, newest first (E26).")
    async def access_log(self, info: Info, first: First = 20, after: After = None) -> AccessLogConnection:
        """What this account did."""
        page = await resolver.access_log(info.context, self.account_id, first, after)
        return access_log_connection(page, after)

    @strawberry.field(description="お知らせメールの設定.")
    async def alerts(self, info: Info) -> AlertPreferences:
        """Which mails one wants."""
        return AlertPreferences.of(await resolver.alerts(info.context, self.account_id))
