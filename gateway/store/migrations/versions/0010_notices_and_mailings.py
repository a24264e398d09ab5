"""Notices that staff publish (D8, D9), and mails that go to many accounts, each once (B15, B23, E23)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Adds `published_notices`, `notice_recipients`, `mailing_rounds` and `mailed_occasions`."""
    op.create_table(
        "published_notices",
        sa.Column("notice_id", sa.Uuid, server_default=sa.text("gen_random_uuid()")),
        sa.Column("coop", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("reach", sa.Text, nullable=False),
        sa.Column("segment", JSONB),
        sa.Column("by_mail", sa.Boolean, nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.Uuid, nullable=False),
        sa.Column("idempotency_key", sa.Uuid, nullable=False),
        sa.Column("fingerprint", sa.LargeBinary, nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("notice_id", name="pk_published_notices"),
        sa.ForeignKeyConstraint(
            ["published_by"], ["accounts.account_id"], name="fk_published_notices_published_by"
        ),
        sa.CheckConstraint(
            "(reach = 'SEGMENT') = (segment IS NOT NULL)", name="ck_published_notices_segment_is_there"
        ),
    )
    op.create_index(
        "uq_published_notices_key",
        "published_notices",
        ["coop", "published_by", "idempotency_key"],
        unique=True,
    )
    op.create_index("ix_published_notices_newest", "published_notices", ["coop", "published_at", "notice_id"])
    op.create_index(
        "ix_published_notices_to_many",
        "published_notices",
        ["coop"],
        postgresql_where=sa.text("reach <> 'MEMBERS' AND withdrawn_at IS NULL"),
    )
    op.create_table(
        "notice_recipients",
        sa.Column("coop", sa.Text),
        sa.Column("member_number", sa.Text),
        sa.Column("notice_id", sa.Uuid),
        sa.PrimaryKeyConstraint("coop", "member_number", "notice_id", name="pk_notice_recipients"),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["published_notices.notice_id"], name="fk_notice_recipients_notice_id"
        ),
    )
    op.create_index("ix_notice_recipients_notice", "notice_recipients", ["notice_id"])
    op.create_table(
        "mailing_rounds",
        sa.Column("coop", sa.Text),
        sa.Column("kind", sa.Text),
        sa.Column("subject", sa.Text),
        sa.Column("after_account", sa.Uuid),
        sa.Column("unanswered", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("repeats", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("coop", "kind", "subject", name="pk_mailing_rounds"),
    )
    op.create_table(
        "mailed_occasions",
        sa.Column("account_id", sa.Uuid),
        sa.Column("kind", sa.Text),
        sa.Column("occasion", sa.Text),
        sa.Column("coop", sa.Text, nullable=False),
        sa.Column("mail_id", sa.Uuid, nullable=False),
        sa.PrimaryKeyConstraint("account_id", "kind", "occasion", name="pk_mailed_occasions"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.account_id"], name="fk_mailed_occasions_account_id"
        ),
    )
    op.create_index("ix_mailed_occasions_occasion", "mailed_occasions", ["coop", "kind", "occasion"])
