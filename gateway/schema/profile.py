"""登録情報 (E7), 出資金, 組合員証 and 保護者."""

from datetime import date, datetime

import strawberry

from adapters import records
from adapters.records import CardState, EmploymentStatus, MemberKind, YearMonth
from gateway.coop import Coop as CoopConfig
from gateway.resolvers import profile_changes
from gateway.resolvers.card_reissues import HeldCard
from gateway.schema.change_request_details import ProfileChangeDetails
from gateway.schema.change_requests import ChangeRequest
from gateway.schema.info import Info
from gateway.schema.scalars import EmailAddress, Yen
from gateway.store import records as store_records


@strawberry.type(description="登録情報: what the registry holds of the person (E7).")
class MemberProfile:
    """Name, address, phones."""

    record: strawberry.Private[records.Member]
    name: str = strawberry.field(description="氏名. 〓 stands for a character that cannot be shown.")
    kana: str = strawberry.field(description="氏名カナ.")
    birth_date: date | None = strawberry.field(description="生年月日.")
    postal_code: str | None = strawberry.field(description="郵便番号.")
    address: str | None = strawberry.field(description="住所.")
    home_phone: str | None = strawberry.field(description="電話番号 (帰省先), digits only.")
    mobile_phone: str | None = strawberry.field(description="携帯電話番号, digits only.")
    email: EmailAddress | None = strawberry.field(
        description="台帳のメールアドレス; the account's own stands on `Account`."
    )
    department: str | None = strawberry.field(description="学部・学科, of students.")
    workplace: str | None = strawberry.field(
        description="勤務先, of those who work; changed by form only (E18)."
    )
    employment: EmploymentStatus | None = strawberry.field(description="現職か退職か (E5).")

    @classmethod
    def of(cls, record: records.Member) -> "MemberProfile":
        """From the domain."""
        studies = record.kind in (MemberKind.STUDENT, MemberKind.GRADUATE_STUDENT)
        return cls(
            record=record,
            name=record.name,
            kana=record.name_kana,
            birth_date=record.birth_date,
            postal_code=record.postal_code,
            address=record.address,
            home_phone=record.home_phone,
            mobile_phone=record.mobile_phone,
            email=None if record.email is None else EmailAddress(record.email),
            department=record.affiliation if studies else None,
            workplace=None if studies else record.affiliation,
            employment=record.employment,
        )

    @strawberry.field(
        description="手続き中の個人情報変更: what the profile will say once all that was asked for is taken up, "
        "null when nothing was (E19, E20)."
    )
    async def pending_change(self, info: Info) -> ProfileChangeDetails | None:
        """Beside the present values, which hold until then."""
        details = await profile_changes.pending(info.context, self.record.number)
        return None if details is None else ProfileChangeDetails.of(details)


@strawberry.type(description="出資金.")
class ShareCapital:
    """A member's share."""

    units: int = strawberry.field(description="口数.")
    amount: Yen = strawberry.field(description="出資金額.")
    paid_on: date | None = strawberry.field(description="入金日, null while unpaid (E10).")
    next_billing_month: YearMonth | None = strawberry.field(
        description="For unpaid share capital: the month it is billed in (20日締め翌月請求, E12)."
    )

    @classmethod
    def of(cls, record: records.ShareCapital, next_billing_month: YearMonth | None) -> "ShareCapital":
        """From the domain."""
        return cls(
            units=record.units,
            amount=Yen(record.amount),
            paid_on=record.paid_on,
            next_billing_month=next_billing_month,
        )


@strawberry.type(
    description="組合員証 = メンバーズカード = Picoカード (X23). Balances belong to the member (D6)."
)
class Card:
    """One card."""

    number: str = strawberry.field(description="カード番号.")
    state: CardState = strawberry.field(description="状態.")
    issued_on: date = strawberry.field(description="発行日.")
    reissue_count: int = strawberry.field(description="再発行回数, 0 for the first card (D5).")
    reissue: ChangeRequest | None = strawberry.field(
        description="再発行の手続き while the registry does not know the card yet: its state says whether the "
        "registers do (D7)."
    )

    @classmethod
    def of(cls, held: HeldCard, coop: CoopConfig) -> "Card":
        """From the domain."""
        record, reissue = held.card, held.reissue
        return cls(
            number=record.card_number,
            state=record.state,
            issued_on=record.issued_on,
            reissue_count=record.reissue_count,
            reissue=None if reissue is None else ChangeRequest.of(reissue, coop),
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
