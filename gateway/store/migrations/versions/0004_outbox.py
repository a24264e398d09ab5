"""The outbox for mail (A23)."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Adds `outbox_mail`."""
    op.create_table(
        "outbox_mail",
        sa.Column("mail_id", sa.Uuid),
        sa.Column("coop", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("sender", sa.Text, nullable=False),
        sa.Column("recipient", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("html", sa.Text),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True)),
        sa.Column("reason", sa.Text),
        sa.PrimaryKeyConstraint("mail_id", name="pk_outbox_mail"),
    )
    op.create_index(
        "ix_outbox_mail_due",
        "outbox_mail",
        ["coop", "next_attempt_at"],
        postgresql_where=sa.text("state = 'QUEUED'"),
    )
