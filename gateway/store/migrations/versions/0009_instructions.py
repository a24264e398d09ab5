"""Change requests become the journal of instructions: who asked, with which key, when they are due."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Adds columns to `change_requests`; what an older process has written is due to nobody."""
    op.add_column(
        "change_requests",
        sa.Column("requested_by", sa.Uuid, sa.ForeignKey("accounts.account_id")),
    )
    op.add_column("change_requests", sa.Column("idempotency_key", sa.Uuid))
    op.add_column("change_requests", sa.Column("fingerprint", sa.LargeBinary))
    op.add_column(
        "change_requests", sa.Column("sequence", sa.BigInteger, sa.Identity(always=True), nullable=False)
    )
    op.add_column(
        "change_requests", sa.Column("attempts", sa.Integer, nullable=False, server_default=sa.text("0"))
    )
    op.add_column("change_requests", sa.Column("next_attempt_at", sa.DateTime(timezone=True)))
    op.create_index(
        "uq_change_requests_key",
        "change_requests",
        ["coop", "requested_by", "idempotency_key"],
        unique=True,
    )
    op.create_index(
        "ix_change_requests_due",
        "change_requests",
        ["coop", "next_attempt_at", "sequence"],
        postgresql_where=sa.text("next_attempt_at IS NOT NULL"),
    )
    op.create_index(
        "ix_change_requests_open",
        "change_requests",
        ["coop", "member_number", "sequence"],
        postgresql_where=sa.text("settled_at IS NULL"),
    )
