"""登録情報 (E7), 出資金, 組合員証 and 保護者."""

from datetime import date, datetime

import strawberry

from adapters import records
from adapters.records import CardState, EmploymentStatus, MemberKind, YearMonth
from gateway.execution import read_field
from gateway.resolvers import profile_changes
from gateway.resolvers.statements import share_billing_month
from gateway.schema.change_request_details import ProfileChangeDetails
from gateway.schema.change_requests import ChangeRequest
from gateway.schema.info import Info
from gateway.schema.scalars import EmailAddress, Yen
from gateway.store import records as store_records
from gateway.store.records import ChangeRequest as ChangeRequestRecord


def _studies(record: records.Member) -> bool:
    return record.kind in (MemberKind.STUDENT, MemberKind.GRADUATE_STUDENT)


def _department(self: "MemberProfile") -> str | None:
    return self.record.affiliation if _studies(self.record) else None


def _workplace(self: "MemberProfile") -> str | None:
    return None if _studies(self.record) else self.record.affiliation


@strawberry.type(description="登録情報: what the registry holds of the person (E7).")
class MemberProfile:
    """Name, address, phones."""

    record: strawberry.Private[records.Member]
    name: str = read_field("record.name", description="氏名. 〓 stands for a character that cannot be shown.")
    kana: str = read_field("record.name_kana", description="氏名カナ.")
    birth_date: date | None = read_field("record.birth_date", description="生年月日.")
    postal_code: str | None = read_field("record.postal_code", description="郵便番号.")
    address: str | None = read_field("record.address", description="住所.")
    home_phone: str | None = read_field("record.home_phone", description="電話番号 (帰省先), digits only.")
    mobile_phone: str | None = read_field("record.mobile_phone", description="携帯電話番号, digits only.")
    email: EmailAddress | None = read_field(
        "record.email", description="台帳のメールアドレス; the account's own stands on `Account`."
    )
    department: str | None = strawberry.field(resolver=_department, description="学部・学科, of students.")
    workplace: str | None = strawberry.field(
        resolver=_workplace, description="勤務先, of those who work; changed by form only (E18)."
    )
    employment: EmploymentStatus | None = read_field("record.employment", description="現職か退職か (E5).")

    @strawberry.field(
        description="手続き中の個人情報変更: what the profile will say once all that was asked for is taken up, "
        "null when nothing was (E19, E20)."
    )
    async def pending_change(self, info: Info) -> ProfileChangeDetails | None:
        """Beside the present values, which hold until then."""
        details = await profile_changes.pending(info.context, self.record.number)
        return None if details is None else ProfileChangeDetails.of(details)


def _next_billing_month(self: "ShareCapital", info: Info) -> YearMonth | None:
    return share_billing_month(info.context, self.record)


@strawberry.type(description="出資金.")
class ShareCapital:
    """A member's share."""

    record: strawberry.Private[records.ShareCapital]
    units: int = read_field("record.units", description="口数.")
    amount: Yen = read_field("record.amount", description="出資金額.")
    paid_on: date | None = read_field("record.paid_on", description="入金日, null while unpaid (E10).")
    next_billing_month: YearMonth | None = strawberry.field(
        resolver=_next_billing_month,
        description="For unpaid share capital: the month it is billed in (20日締め翌月請求, E12).",
    )


def _reissue(self: "Card", info: Info) -> ChangeRequest | None:
    coop = info.context.at_home().coop
    return None if self.request is None else ChangeRequest.of(self.request, coop)


@strawberry.type(
    description="組合員証 = メンバーズカード = Picoカード (X23). Balances belong to the member (D6)."
)
class Card:
    """One card: a `HeldCard` stands for it."""

    card: strawberry.Private[records.Card]
    request: strawberry.Private[ChangeRequestRecord | None]
    number: str = read_field("card.card_number", description="カード番号.")
    state: CardState = read_field("card.state", description="状態.")
    issued_on: date = read_field("card.issued_on", description="発行日.")
    reissue_count: int = read_field(
        "card.reissue_count", description="再発行回数, 0 for the first card (D5)."
    )
    reissue: ChangeRequest | None = strawberry.field(
        resolver=_reissue,
        description="再発行の手続き while the registry does not know the card yet: its state says whether the "
        "registers do (D7).",
    )


@strawberry.type(
    description="保護者への公開 (X13): the guardian sees the same pages until the student revokes it."
)
class GuardianSharing:
    """What the guardian sees."""

    shared: bool = strawberry.field(description="公開中か.")
    changed_at: datetime | None = strawberry.field(description="設定を変更した日時.")
    guardian_name: str | None = strawberry.field(description="保護者氏名, where the registry has one.")
    relation: str | None = strawberry.field(description="続柄.")

    @classmethod
    def of(
        cls, sharing: store_records.GuardianSharing, guardian: records.Guardian | None
    ) -> "GuardianSharing":
        """From the gateway's store and the registry."""
        return cls(
            shared=sharing.shared,
            changed_at=sharing.changed_at,
            guardian_name=None if guardian is None else guardian.name,
            relation=None if guardian is None else guardian.relation,
        )
