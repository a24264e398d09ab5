"""Share capital that was paid back (E22), and the co-op's requests and inquiries in the order of time."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Adds `share_refunds`, and an index for each of the two lists."""
    op.create_table(
        "share_refunds",
        sa.Column("coop", sa.Text),
        sa.Column("member_number", sa.Text),
        sa.Column("refunded_on", sa.Date, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid, nullable=False),
        sa.PrimaryKeyConstraint("coop", "member_number", name="pk_share_refunds"),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["accounts.account_id"], name="fk_share_refunds_recorded_by"
        ),
    )
    op.create_index("ix_inquiries_sent", "inquiries", ["coop", "sent_at", "inquiry_id"])
    op.create_index("ix_change_requests_requested", "change_requests", ["coop", "requested_at", "request_id"])
