"""The root of what can be asked."""

from typing import Annotated

import strawberry

from adapters import records
from adapters.records import MemberNumber
from gateway.permissions import ALL_ROLES, AT_THE_DESK, public, signed_in, staff
from gateway.resolvers import (
    access_log,
    accounts,
    coops,
    inquiries,
    mail_dispatches,
    members,
    published_notices,
    settling,
    systems,
)
from gateway.schema.access_log import AccessLogConnection, AccessLogSearch, access_log_connection
from gateway.schema.arguments import After, First
from gateway.schema.change_requests import ChangeRequestConnection, change_request_connection
from gateway.schema.coop import Coop
from gateway.schema.cost import Cost, ListSize
from gateway.schema.fetching import fetch, fetch_all
from gateway.schema.info import Info
from gateway.schema.inquiries import InquiryConnection, inquiry_connection
from gateway.schema.mail_dispatches import MailDispatchConnection, mail_dispatch_connection
from gateway.schema.member import Member, MemberConnection, member_connection
from gateway.schema.member_search import MemberSearch
from gateway.schema.nodes import Node
from gateway.schema.published_notices import PublishedNoticeConnection, published_notice_connection
from gateway.schema.scalars import CoopCode
from gateway.schema.systems import LegacySystemStatus
from gateway.schema.viewer import Viewer
from gateway.store.records import ChangeRequestState, InquiryState, MailState
from gateway.viewer import StaffRole

NodeId = Annotated[strawberry.ID, strawberry.argument(description="An `id` from an earlier answer.")]


@strawberry.type(description="What can be asked.")
class Query:
    """Root fields; each carries its permission."""

    @strawberry.field(description="Anything with an id, authorised anew (Relay).", extensions=signed_in())
    async def node(self, info: Info, id: NodeId) -> Node | None:  # noqa: A002 - Relay's name
        """Null when it is gone."""
        return await fetch(info.context, id)

    @strawberry.field(
        description="Several by their ids, in that order, at most 100.",
        extensions=signed_in(),
        directives=[ListSize(slicing_arguments=["ids"])],
    )
    async def nodes(
        self,
        info: Info,
        ids: Annotated[list[strawberry.ID], strawberry.argument(description="Ids from earlier answers.")],
    ) -> list[Node | None]:
        """Null for each that is gone or whose system is out; one that may not be seen refuses all."""
        return await fetch_all(info.context, ids)  # type: ignore[return-value]  # errors become those of places

    @strawberry.field(description="All co-ops.", extensions=public())
    def coops(self, info: Info) -> list[Coop]:
        """In the order of their codes."""
        return [Coop.of(coop) for coop in coops.coops(info.context)]

    @strawberry.field(description="One co-op, null when there is no such.", extensions=public())
    def coop(
        self, info: Info, code: Annotated[CoopCode, strawberry.argument(description="Its code.")]
    ) -> Coop | None:
        """By its code."""
        found = coops.coop(info.context, code)
        return None if found is None else Coop.of(found)

    @strawberry.field(description="Who is signed in, null when nobody is.", extensions=public())
    async def viewer(self, info: Info) -> Viewer | None:
        """The person of the session."""
        account = await accounts.viewers_own(info.context)
        return None if account is None else Viewer.of(account)

    @strawberry.field(
        description="A member of the staff's own co-op, null when there is none of that number.",
        extensions=staff(*ALL_ROLES),
    )
    async def member(
        self,
        info: Info,
        number: Annotated[MemberNumber, strawberry.argument(description="組合員番号.")],
    ) -> Member | None:
        """By number."""
        parsed = members.parsed_number(info.context, number)
        found = await members.by_number(info.context, parsed)
        return None if found is None else Member(found=found, coop=info.context.at_home().coop)

    @strawberry.field(
        description="Members of the staff's own co-op, in the order of their numbers; null while the registry is out.",
        extensions=staff(*ALL_ROLES),
        directives=[Cost(weight="10")],
    )
    async def members(
        self,
        info: Info,
        search: Annotated[
            MemberSearch | None, strawberry.argument(description="What to look for, null for all.")
        ] = None,
        first: Annotated[int, strawberry.argument(description="How many, 1 to 100.")] = 50,
        after: After = None,
    ) -> MemberConnection | None:
        """A page of members."""
        wanted = records.MemberSearch() if search is None else search.to_domain()
        page = await members.search(info.context, wanted, first, after)
        return member_connection(page, info.context.at_home().coop, after)

    @strawberry.field(
        description="The legacy systems of the staff's own co-op, each asked just now.",
        extensions=staff(*ALL_ROLES),
        directives=[Cost(weight="10")],
    )
    async def systems(self, info: Info) -> list[LegacySystemStatus]:
        """How they are doing."""
        return [LegacySystemStatus.of(status) for status in await systems.systems(info.context)]

    @strawberry.field(
        description="送信メール of the staff's own co-op, newest first (A23). Never their text.",
        extensions=staff(*ALL_ROLES),
    )
    async def mail_dispatches(
        self,
        info: Info,
        state: Annotated[
            MailState | None, strawberry.argument(description="Only these, null for all.")
        ] = None,
        first: First = 50,
        after: After = None,
    ) -> MailDispatchConnection:
        """A page of mails."""
        page = await mail_dispatches.page(info.context, state, first, after)
        return mail_dispatch_connection(page, after)

    @strawberry.field(
        description="掲載したお知らせ of the staff's own co-op, newest first, withdrawn or not (D8, D9).",
        extensions=staff(*ALL_ROLES),
    )
    async def published_notices(
        self, info: Info, first: First = 50, after: After = None
    ) -> PublishedNoticeConnection:
        """A page of notices."""
        page = await published_notices.page(info.context, first, after)
        return published_notice_connection(page, after)

    @strawberry.field(
        description="お問い合わせ to the staff's own co-op, newest first (A7, A33, A35).",
        extensions=staff(*AT_THE_DESK),
    )
    async def inquiries(
        self,
        info: Info,
        state: Annotated[
            InquiryState | None, strawberry.argument(description="Only these, null for all.")
        ] = None,
        first: First = 50,
        after: After = None,
    ) -> InquiryConnection:
        """A page of inquiries."""
        page = await inquiries.of_all(info.context, state, first, after)
        return inquiry_connection(page, info.context.at_home().coop.code, after)

    @strawberry.field(
        description="申請 of the staff's own co-op, newest first (E20): where what was set in motion stands.",
        extensions=staff(StaffRole.STORE, *AT_THE_DESK),
    )
    async def change_requests(
        self,
        info: Info,
        state: Annotated[
            ChangeRequestState | None, strawberry.argument(description="Only these, null for all.")
        ] = None,
        first: First = 50,
        after: After = None,
    ) -> ChangeRequestConnection:
        """A page of requests."""
        page = await settling.of_all(info.context, state, first, after)
        return change_request_connection(page, info.context.at_home().coop, after)

    @strawberry.field(
        description="アクセスログ of the auditor's own co-op, newest first (E26, E27). As a file: "
        "`GET /exports/access-log.csv`.",
        extensions=staff(StaffRole.AUDITOR),
        directives=[Cost(weight="10")],
    )
    async def access_log(
        self,
        info: Info,
        search: Annotated[
            AccessLogSearch | None, strawberry.argument(description="What to look for, null for all.")
        ] = None,
        first: First = 50,
        after: After = None,
    ) -> AccessLogConnection:
        """A page of entries."""
        wanted = access_log.Search() if search is None else search.to_domain()
        page = await access_log.page(info.context, wanted, first, after)
        return access_log_connection(page, after)
