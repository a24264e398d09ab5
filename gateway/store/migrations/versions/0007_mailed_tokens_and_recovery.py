"""Links by mail, registrations that wait for theirs, and what was forgotten (A21, A28, A29)."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Adds `accounts.pending_until`, `mailed_tokens` and `recovery_requests`."""
    op.add_column("accounts", sa.Column("pending_until", sa.DateTime(timezone=True)))
    op.create_table(
        "mailed_tokens",
        sa.Column("token_hash", sa.LargeBinary),
        sa.Column("coop", sa.Text, nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("email", sa.Text),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_mailed_tokens"),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.account_id"],
            name="fk_mailed_tokens_account_id",
            ondelete="CASCADE",
        ),
        sa.CheckConstraint(
            "(purpose = 'CONFIRM_EMAIL') = (email IS NOT NULL)", name="ck_mailed_tokens_email_to_confirm"
        ),
    )
    op.create_index("ix_mailed_tokens_account", "mailed_tokens", ["account_id", "purpose"])
    op.create_index("ix_mailed_tokens_expiry", "mailed_tokens", ["expires_at"])
    op.create_table(
        "recovery_requests",
        sa.Column("request_id", sa.Uuid, server_default=sa.text("gen_random_uuid()")),
        sa.Column("coop", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("member_number", sa.Text),
        sa.Column("identifier", sa.Text, nullable=False),
        sa.Column("requested_by", sa.Uuid),
        sa.Column("address", sa.Text),
        sa.Column("user_agent", sa.Text),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("request_id", name="pk_recovery_requests"),
    )
    op.create_index("ix_recovery_requests_due", "recovery_requests", ["coop", "due_at"])
