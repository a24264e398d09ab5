"""組合員: everything one member can see, gathered from three legacy systems."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, cast

import strawberry

from adapters import records
from adapters.records import MemberKind, MemberNumber, MemberStatus, NoticeAudience, YearMonth
from gateway.context import Section
from gateway.coop import Coop as CoopConfig
from gateway.coop_terms import CoopFeature
from gateway.execution import batch_field, read_field
from gateway.paging import write_cursor
from gateway.resolvers import digital_cards, meal_cards, members, notices, pico, requests, statements
from gateway.resolvers.card_reissues import HeldCard
from gateway.resolvers.members import FoundMember
from gateway.resolvers.pico import PicoFigures
from gateway.rules.member_numbers import display
from gateway.schema.arguments import After, First
from gateway.schema.change_requests import ChangeRequestConnection, change_request_connection
from gateway.schema.connections import Connection, connection
from gateway.schema.digital_card import DigitalCard
from gateway.schema.enums import SnapshotState
from gateway.schema.info import Info
from gateway.schema.inquiries import InquiryConnection, inquiry_connection
from gateway.schema.meal_card import MealCard
from gateway.schema.nodes import Node, write_global_id
from gateway.schema.notices import NoticeConnection, notice_connection
from gateway.schema.pico import Pico
from gateway.schema.profile import Card, GuardianSharing, MemberProfile, ShareCapital
from gateway.schema.snapshots import snapshot_state
from gateway.schema.statements import Statement, StatementConnection, statement_connection


def _number(member: "Member") -> MemberNumber:
    return member.found.number


def _id(self: "Member") -> strawberry.ID:
    return write_global_id("Member", self.coop.code, self.found.number)


def _number_display(self: "Member") -> str:
    return display(self.found.number, self.coop.member_numbers)


@strawberry.type(
    description="組合員. Fields that cross into a legacy system are nullable: a system that is out costs its own "
    "fields, with an error that says so, and never their siblings."
)
class Member(Node):
    """One member."""

    found: strawberry.Private[FoundMember]
    coop: strawberry.Private[CoopConfig]
    id: strawberry.ID = strawberry.field(resolver=_id, description="Opaque global id.")
    number: MemberNumber = read_field("found.number", description="組合員番号 (A3).")
    number_display: str = strawberry.field(
        resolver=_number_display, description='As printed on the card, such as "2101 1234 5678" (A5).'
    )

    @strawberry.field(description="Whether the registry itself answered just now.")
    def snapshot(self) -> SnapshotState | None:
        """Of the fields that come from the registry."""
        return snapshot_state(self.found.snapshot())

    @strawberry.field(description="加入・脱退の状態.")
    def status(self) -> MemberStatus | None:
        """Between joining and leaving."""
        return self.found.record().status

    @strawberry.field(description="組合員区分.")
    def kind(self) -> MemberKind | None:
        """Student, staff, …"""
        return self.found.record().kind

    @strawberry.field(description="加入日.")
    def joined_on(self) -> date | None:
        """The day."""
        return self.found.record().joined_on

    @strawberry.field(description="入学年, null for whoever is no student.")
    def admission_year(self) -> int | None:
        """The year."""
        return self.found.record().admission_year

    @strawberry.field(description="卒業予定日, null unless the registry gives one (X11).")
    def graduates_on(self) -> date | None:
        """The day."""
        return self.found.record().graduates_on

    @strawberry.field(
        description="脱退手続き中の方へ: look at the statements in time (E23). Null for everybody else."
    )
    def withdrawal_warning(self) -> str | None:
        """The co-op's wording."""
        if self.found.record().status is not MemberStatus.WITHDRAWING:
            return None
        return self.coop.texts.withdrawal_warning or None

    @strawberry.field(description="閲覧開始日: the month after registration where the co-op says so (E9).")
    async def viewable_from(self, info: Info) -> date:
        """For somebody not registered yet: if they registered today."""
        return await members.viewable_from(info.context, self.found.number)

    @batch_field(
        members.viewable,
        key=_number,
        description="登録情報 (E7). `NOT_YET_VIEWABLE` before `viewableFrom` (E9, X16).",
    )
    def profile(self, _: None) -> MemberProfile | None:
        """Name, address, phones."""
        return MemberProfile(record=self.found.record())

    @strawberry.field(description="出資金.")
    def share_capital(self, info: Info) -> ShareCapital | None:
        """Null where the registry has none."""
        info.context.enter(self.found.number, Section.SHARE_CAPITAL)
        share = self.found.record().share_capital
        return None if share is None else ShareCapital(record=share)

    @strawberry.field(
        description="出資金返還日 (E22), null before: as the office has recorded it, else as the registry has it."
    )
    async def share_refunded_on(self, info: Info) -> date | None:
        """The day."""
        return await members.share_refunded_on(info.context, self.found)

    @batch_field(members.cards, key=_number, description="組合員証, newest first (X23).")
    def cards(self, held: Sequence[HeldCard]) -> list[Card] | None:
        """Every card the member has had."""
        return cast("list[Card]", held)

    @batch_field(pico.figures, key=_number, description="電子マネーPico, null where the co-op has none.")
    def pico(self, figures: PicoFigures | None) -> Pico | None:
        """Balance, points, history."""
        if figures is None or self.coop.pico is None:
            return None
        return Pico(member=self.found, figures=figures, coop=self.coop, rules=self.coop.pico)

    @strawberry.field(description="ミールカード, null for whoever has none (C3).")
    async def meal_card(self, info: Info) -> MealCard | None:
        """Use and nutrition."""
        snapshot = await meal_cards.contract(info.context, self.found.number)
        return None if snapshot is None else MealCard(figures=snapshot, coop=self.coop)

    @strawberry.field(description="請求明細 of one billing month. `NOT_YET_VIEWABLE` before `viewableFrom`.")
    async def statement(
        self,
        info: Info,
        month: Annotated[YearMonth, strawberry.argument(description="請求月.")],
    ) -> Statement | None:
        """Null when nothing was billed, or the co-op bills nobody."""
        found = await statements.of_month(info.context, self.found.number, month)
        return None if found is None else Statement.of(found, self.coop)

    @batch_field(
        statements.pages,
        key=_number,
        description="請求明細, newest first. `NOT_YET_VIEWABLE` before `viewableFrom`.",
    )
    def statements(
        self, page: records.Page[records.Statement] | None, first: First = 12, after: After = None
    ) -> StatementConnection | None:
        """Null where the co-op bills nobody."""
        return None if page is None else statement_connection(page, self.coop, after)

    @strawberry.field(description="デジタル組合員証, null where the co-op has none.")
    async def digital_card(self, info: Info) -> DigitalCard | None:
        """Its state and what it shows."""
        shown = await digital_cards.of_member(info.context, self.found.record())
        return None if shown is None else DigitalCard.of(shown)

    @strawberry.field(description="お知らせ, newest first: to everyone and to this member (X14).")
    async def notices(
        self,
        info: Info,
        audience: Annotated[
            NoticeAudience | None, strawberry.argument(description="Only these, null for both.")
        ] = None,
        unread_only: Annotated[
            bool, strawberry.argument(description="Only what the viewer has not read.")
        ] = False,
        first: First = 20,
        after: After = None,
    ) -> NoticeConnection | None:
        """A page of the feed."""
        number = self.found.number
        page = await notices.page(info.context, number, audience, unread_only, first, after)
        return notice_connection(page, self.coop, after)

    @strawberry.field(description="申請, newest first (E20).")
    async def change_requests(
        self, info: Info, first: First = 20, after: After = None
    ) -> ChangeRequestConnection:
        """What was asked for and where it stands."""
        page = await requests.change_requests(info.context, self.found.number, first, after)
        return change_request_connection(page, self.coop, after)

    @strawberry.field(description="お問い合わせ, newest first.")
    async def inquiries(self, info: Info, first: First = 20, after: After = None) -> InquiryConnection:
        """What was asked and answered."""
        page = await requests.inquiries(info.context, self.found.number, first, after)
        return inquiry_connection(page, self.coop.code, after)

    @strawberry.field(description="保護者への公開 (X13), null where the co-op has no accounts for guardians.")
    async def guardian(self, info: Info) -> GuardianSharing | None:
        """Who the guardian is and whether they may see."""
        number = self.found.number
        if CoopFeature.GUARDIANS not in self.coop.features:
            return None
        guardian = await members.guardian(info.context, number)
        return GuardianSharing.of(await members.sharing(info.context, number), guardian)


MemberConnection = Connection[Member]


def member_connection(
    page: records.Page[FoundMember], coop: CoopConfig, after: str | None
) -> MemberConnection:
    """A page of members."""
    return connection(
        page.items,
        node=lambda found: Member(found=found, coop=coop),
        cursor=lambda found: write_cursor(found.number),
        has_next=page.has_next,
        after=after,
    )
