"""The tables of notices that staff publish, and of mails that go to many accounts."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from gateway.store.column_types import Code, JapanTime, StoredText
from gateway.store.records import MailKind, NoticeReach
from gateway.store.tables import accounts, metadata

published_notices = sa.Table(
    "published_notices",
    metadata,
    sa.Column("notice_id", sa.Uuid, primary_key=True, server_default=sa.text("gen_random_uuid()")),
    sa.Column("coop", sa.Text, nullable=False),
    sa.Column("title", StoredText, nullable=False),
    sa.Column("body", StoredText, nullable=False),
    sa.Column("reach", Code(NoticeReach), nullable=False),
    sa.Column("segment", JSONB(none_as_null=True)),
    sa.Column("by_mail", sa.Boolean, nullable=False),
    sa.Column("published_at", JapanTime, nullable=False),
    sa.Column("published_by", sa.Uuid, sa.ForeignKey(accounts.c.account_id), nullable=False),
    sa.Column("idempotency_key", sa.Uuid, nullable=False),
    sa.Column("fingerprint", sa.LargeBinary, nullable=False),
    sa.Column("withdrawn_at", JapanTime),
    sa.CheckConstraint("(reach = 'SEGMENT') = (segment IS NOT NULL)", name="segment_is_there"),
)
sa.Index(
    "uq_published_notices_key",
    published_notices.c.coop,
    published_notices.c.published_by,
    published_notices.c.idempotency_key,
    unique=True,
)
sa.Index(
    "ix_published_notices_newest",
    published_notices.c.coop,
    published_notices.c.published_at,
    published_notices.c.notice_id,
)
sa.Index(
    "ix_published_notices_to_many",
    published_notices.c.coop,
    postgresql_where=sa.text("reach <> 'MEMBERS' AND withdrawn_at IS NULL"),
)

notice_recipients = sa.Table(
    "notice_recipients",
    metadata,
    sa.Column("coop", sa.Text, primary_key=True),
    sa.Column("member_number", sa.Text, primary_key=True),
    sa.Column("notice_id", sa.Uuid, sa.ForeignKey(published_notices.c.notice_id), primary_key=True),
)
sa.Index("ix_notice_recipients_notice", notice_recipients.c.notice_id)

mailing_rounds = sa.Table(
    "mailing_rounds",
    metadata,
    sa.Column("coop", sa.Text, primary_key=True),
    sa.Column("kind", Code(MailKind), primary_key=True),
    sa.Column("subject", sa.Text, primary_key=True),
    sa.Column("after_account", sa.Uuid),
    sa.Column("unanswered", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("repeats", sa.Integer, nullable=False, server_default=sa.text("0")),
    sa.Column("due_at", JapanTime, nullable=False),
)

mailed_occasions = sa.Table(
    "mailed_occasions",
    metadata,
    sa.Column("account_id", sa.Uuid, sa.ForeignKey(accounts.c.account_id), primary_key=True),
    sa.Column("kind", Code(MailKind), primary_key=True),
    sa.Column("occasion", sa.Text, primary_key=True),
    sa.Column("coop", sa.Text, nullable=False),
    sa.Column("mail_id", sa.Uuid, nullable=False),
)
sa.Index(
    "ix_mailed_occasions_occasion",
    mailed_occasions.c.coop,
    mailed_occasions.c.kind,
    mailed_occasions.c.occasion,
)
