"""What members have set, read, activated and asked for."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Adds the preferences, digital cards, read notices, change requests and inquiries."""
    op.create_table(
        "alert_preferences",
        sa.Column("account_id", sa.Uuid),
        sa.Column("coop", sa.Text, nullable=False),
        sa.Column("low_balance_below", sa.Integer),
        sa.Column("ready_to_collect", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("account_id", name="pk_alert_preferences"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.account_id"], name="fk_alert_preferences_account_id"
        ),
    )
    op.create_table(
        "guardian_sharing",
        sa.Column("coop", sa.Text),
        sa.Column("member_number", sa.Text),
        sa.Column("shared", sa.Boolean, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("coop", "member_number", name="pk_guardian_sharing"),
    )
    op.create_table(
        "digital_cards",
        sa.Column("coop", sa.Text),
        sa.Column("member_number", sa.Text),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("activated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("coop", "member_number", name="pk_digital_cards"),
    )
    op.create_table(
        "notice_reads",
        sa.Column("account_id", sa.Uuid),
        sa.Column("notice_id", sa.Text),
        sa.Column("coop", sa.Text, nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "notice_id", name="pk_notice_reads"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name="fk_notice_reads_account_id"),
    )
    op.create_table(
        "change_requests",
        sa.Column("request_id", sa.Uuid, server_default=sa.text("gen_random_uuid()")),
        sa.Column("coop", sa.Text, nullable=False),
        sa.Column("member_number", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True)),
        sa.Column("reason", sa.Text),
        sa.Column("details", JSONB, nullable=False, server_default=sa.text("'{}'")),
        sa.PrimaryKeyConstraint("request_id", name="pk_change_requests"),
    )
    op.create_index(
        "ix_change_requests_member",
        "change_requests",
        ["coop", "member_number", "requested_at", "request_id"],
    )
    op.create_table(
        "inquiries",
        sa.Column("inquiry_id", sa.Uuid, server_default=sa.text("gen_random_uuid()")),
        sa.Column("coop", sa.Text, nullable=False),
        sa.Column("member_number", sa.Text),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("inquiry_id", name="pk_inquiries"),
    )
    op.create_index("ix_inquiries_member", "inquiries", ["coop", "member_number", "sent_at", "inquiry_id"])
