"""What a mail is about, share capital that was paid (E10), and inquiries by who is not signed in (A7)."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Adds columns to `outbox_mail` and `inquiries`, and `share_payments`.

    Mail queued by an older process has no kind, and is taken for one without a secret.
    """
    op.add_column("outbox_mail", sa.Column("kind", sa.Text))
    op.add_column(
        "outbox_mail", sa.Column("has_secret", sa.Boolean, nullable=False, server_default=sa.false())
    )
    op.create_index("ix_outbox_mail_queued", "outbox_mail", ["coop", "queued_at", "mail_id"])
    op.create_table(
        "share_payments",
        sa.Column("coop", sa.Text),
        sa.Column("member_number", sa.Text),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.Uuid, nullable=False),
        sa.PrimaryKeyConstraint("coop", "member_number", name="pk_share_payments"),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["accounts.account_id"], name="fk_share_payments_confirmed_by"
        ),
    )
    op.add_column("inquiries", sa.Column("account_id", sa.Uuid))
    op.add_column("inquiries", sa.Column("reply_to", sa.Text))
    op.add_column("inquiries", sa.Column("claimed_number", sa.Text))
