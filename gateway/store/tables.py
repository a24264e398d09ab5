"""The gateway's tables. Migrations make them; a test keeps both in step.

Every row belongs to a co-op. Codes are text and not database enums, so that an older process can live with a
newer database: one release learns to read a new code, the next one writes it.
"""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from gateway.store.column_types import Code, JapanTime, StoredText
from gateway.store.records import (
    AccessAction,
    AccessOutcome,
    AccountKind,
    AccountState,
    ChangeRequestKind,
    ChangeRequestState,
    DigitalCardState,
    InquiryState,
    InquiryTopic,
    MailKind,
    MailState,
    RecoveryKind,
    SessionPurpose,
    TokenPurpose,
)

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

A_LINE = 300
"""Characters kept of what a client says of itself: nobody shall fill the database with it."""

accounts = sa.Table(
    "accounts",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True, server_default=sa.text("gen_random_uuid()")),
    sa.Column("coop", sa.Text, nullable=False),
    sa.Column("kind", Code(AccountKind), nullable=False),
    sa.Column("state", Code(AccountState), nullable=False),
    sa.Column("login_id", StoredText, nullable=False),
    sa.Column("login_key", StoredText, nullable=False),
    sa.Column("password_hash", sa.Text),
    sa.Column("email", StoredText),
    sa.Column("email_verified", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("member_number", sa.Text),
    sa.Column("registered_at", JapanTime),
    sa.Column("auth_code", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("must_change_password", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("terms_version", sa.Text),
    sa.Column("terms_accepted_at", JapanTime),
    sa.Column("name", StoredText),
    sa.Column("roles", ARRAY(sa.Text), nullable=False, server_default=sa.text("'{}'")),
    sa.Column("reissued_digest", sa.LargeBinary),
    sa.Column("reissued_until", JapanTime),
    sa.Column("pending_until", JapanTime),
    sa.CheckConstraint("(kind = 'STAFF') = (member_number IS NULL)", name="staff_have_no_member_number"),
    sa.CheckConstraint("kind = 'STAFF' OR roles = '{}'", name="only_staff_have_roles"),
    sa.CheckConstraint(
        "(terms_version IS NULL) = (terms_accepted_at IS NULL)", name="terms_have_version_and_time"
    ),
    sa.CheckConstraint(
        "state <> 'REGISTERED' OR (registered_at IS NOT NULL AND password_hash IS NOT NULL)",
        name="registered_have_time_and_password",
    ),
)
sa.Index("uq_accounts_login", accounts.c.coop, accounts.c.login_key, unique=True)
sa.Index("uq_accounts_member", accounts.c.coop, accounts.c.member_number, accounts.c.kind, unique=True)
sa.Index("ix_accounts_walk", accounts.c.coop, accounts.c.account_id)
sa.Index(
    "ix_accounts_pending",
    accounts.c.pending_until,
    postgresql_where=accounts.c.pending_until.is_not(None),
)

sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("token_hash", sa.LargeBinary, primary_key=True),
    sa.Column("session_id", sa.Uuid, nullable=False, server_default=sa.text("gen_random_uuid()")),
    sa.Column("coop", sa.Text, nullable=False),
    sa.Column("account_id", sa.Uuid, sa.ForeignKey(accounts.c.account_id), nullable=False),
    sa.Column("device_label", StoredText(A_LINE)),
    sa.Column("address", StoredText(A_LINE)),
    sa.Column("user_agent", StoredText(A_LINE)),
    sa.Column("created_at", JapanTime, nullable=False),
    sa.Column("last_seen_at", JapanTime, nullable=False),
    sa.Column("purpose", Code(SessionPurpose), nullable=False, server_default=sa.text("'FULL'")),
    sa.Column("idle_limit", sa.Interval, nullable=False),
    sa.Column("ends_at", JapanTime, nullable=False),
    sa.Column("expires_at", JapanTime, nullable=False),
)
sa.Index("ix_sessions_account", sessions.c.account_id)
sa.Index("ix_sessions_expiry", sessions.c.expires_at)

access_log = sa.Table(
    "access_log",
    metadata,
    sa.Column("entry_id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("coop", sa.Text, nullable=False),
    sa.Column("at", JapanTime, nullable=False),
    sa.Column("action", Code(AccessAction), nullable=False),
    sa.Column("outcome", Code(AccessOutcome), nullable=False),
    sa.Column("account_id", sa.Uuid),
    sa.Column("session_id", sa.Uuid),
    sa.Column("member_number", sa.Text),
    sa.Column("what", ARRAY(sa.Text), nullable=False, server_default=sa.text("'{}'")),
    sa.Column("reason", StoredText),
    sa.Column("address", StoredText(A_LINE)),
    sa.Column("user_agent", StoredText(A_LINE)),
)
sa.Index("ix_access_log_account", access_log.c.account_id, access_log.c.entry_id)
sa.Index("ix_access_log_member", access_log.c.coop, access_log.c.member_number, access_log.c.entry_id)
sa.Index("ix_access_log_coop", access_log.c.coop, access_log.c.entry_id)
sa.Index("ix_access_log_time", access_log.c.coop, access_log.c.at)
sa.Index("ix_access_log_action", access_log.c.coop, access_log.c.action, access_log.c.entry_id)
sa.Index("ix_access_log_outcome", access_log.c.coop, access_log.c.outcome, access_log.c.entry_id)

alert_preferences = sa.Table(
    "alert_preferences",
    metadata,
    sa.Column("account_id", sa.Uuid, sa.ForeignKey(accounts.c.account_id), primary_key=True),
    sa.Column("coop", sa.Text, nullable=False),
    sa.Column("low_balance_below", sa.Integer),
    sa.Column("ready_to_collect", sa.Boolean, nullable=False),
)

guardian_sharing = sa.Table(
    "guardian_sharing",
    metadata,
    sa.Column("coop", sa.Text, primary_key=True),
    sa.Column("member_number", sa.Text, primary_key=True),
    sa.Column("shared", sa.Boolean, nullable=False),
    sa.Column("changed_at", JapanTime, nullable=False),
)

digital_cards = sa.Table(
    "digital_cards",
    metadata,
    sa.Column("coop", sa.Text, primary_key=True),
    sa.Column("member_number", sa.Text, primary_key=True),
    sa.Column("state", Code(DigitalCardState), nullable=False),
    sa.Column("activated_at", JapanTime, nullable=False),
    sa.Column("revoked_at", JapanTime),
)

notice_reads = sa.Table(
    "notice_reads",
    metadata,
    sa.Column("account_id", sa.Uuid, sa.ForeignKey(accounts.c.account_id), primary_key=True),
    sa.Column("notice_id", sa.Text, primary_key=True),
    sa.Column("coop", sa.Text, nullable=False),
    sa.Column("read_at", JapanTime, nullable=False),
)

change_requests = sa.Table(
    "change_requests",
    metadata,
    sa.Column("request_id", sa.Uuid, primary_key=True, server_default=sa.text("gen_random_uuid()")),
    sa.Column("coop", sa.Text, nullable=False),
    sa.Column("member_number", sa.Text, nullable=False),
    sa.Column("kind", Code(ChangeRequestKind), nullable=False),
    sa.Column("state", Code(ChangeRequestState), nullable=False),
    sa.Column("requested_at", JapanTime, nullable=False),
    sa.Column("settled_at", JapanTime),
    sa.Column("reason", StoredText),
    sa.Column("details", JSONB, nullable=False, server_default=sa.text("'{}'")),
    sa.Column("requested_by", sa.Uuid, sa.ForeignKey(accounts.c.account_id)),
    sa.Column("idempotency_key", sa.Uuid),
    sa.Column("fingerprint", sa.LargeBinary),
    sa.Column("sequence", sa.BigInteger, sa.Identity(always=True), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, server_default=sa.text("0")),
    sa.Column("next_attempt_at", JapanTime),
)
sa.Index(
    "uq_change_requests_key",
    change_requests.c.coop,
    change_requests.c.requested_by,
    change_requests.c.idempotency_key,
    unique=True,
)
sa.Index(
    "ix_change_requests_due",
    change_requests.c.coop,
    change_requests.c.next_attempt_at,
    change_requests.c.sequence,
    postgresql_where=change_requests.c.next_attempt_at.is_not(None),
)
sa.Index(
    "ix_change_requests_open",
    change_requests.c.coop,
    change_requests.c.member_number,
    change_requests.c.sequence,
    postgresql_where=change_requests.c.settled_at.is_(None),
)
sa.Index(
    "ix_change_requests_requested",
    change_requests.c.coop,
    change_requests.c.requested_at,
    change_requests.c.request_id,
)
sa.Index(
    "ix_change_requests_state",
    change_requests.c.coop,
    change_requests.c.state,
    change_requests.c.requested_at,
    change_requests.c.request_id,
)
sa.Index("ix_change_requests_requested_by", change_requests.c.requested_by)
sa.Index(
    "ix_change_requests_card",
    change_requests.c.coop,
    change_requests.c.details["card_number"].astext,
    postgresql_where=change_requests.c.kind == sa.text("'CARD_REISSUE'"),
)
sa.Index(
    "ix_change_requests_member",
    change_requests.c.coop,
    change_requests.c.member_number,
    change_requests.c.requested_at,
    change_requests.c.request_id,
)

inquiries = sa.Table(
    "inquiries",
    metadata,
    sa.Column("inquiry_id", sa.Uuid, primary_key=True, server_default=sa.text("gen_random_uuid()")),
    sa.Column("coop", sa.Text, nullable=False),
    sa.Column("member_number", sa.Text),
    sa.Column("topic", Code(InquiryTopic), nullable=False),
    sa.Column("state", Code(InquiryState), nullable=False),
    sa.Column("body", StoredText, nullable=False),
    sa.Column("sent_at", JapanTime, nullable=False),
    sa.Column("answer", StoredText),
    sa.Column("answered_at", JapanTime),
    sa.Column("account_id", sa.Uuid),
    sa.Column("reply_to", StoredText),
    sa.Column("claimed_number", sa.Text),
)
sa.Index("ix_inquiries_sent", inquiries.c.coop, inquiries.c.sent_at, inquiries.c.inquiry_id)
sa.Index(
    "ix_inquiries_state", inquiries.c.coop, inquiries.c.state, inquiries.c.sent_at, inquiries.c.inquiry_id
)
sa.Index(
    "ix_inquiries_member",
    inquiries.c.coop,
    inquiries.c.member_number,
    inquiries.c.sent_at,
    inquiries.c.inquiry_id,
)

outbox_mail = sa.Table(
    "outbox_mail",
    metadata,
    sa.Column("mail_id", sa.Uuid, primary_key=True),
    sa.Column("coop", sa.Text, nullable=False),
    sa.Column("state", Code(MailState), nullable=False),
    sa.Column("sender", StoredText, nullable=False),
    sa.Column("recipient", StoredText, nullable=False),
    sa.Column("subject", StoredText, nullable=False),
    sa.Column("text", StoredText, nullable=False),
    sa.Column("html", StoredText),
    sa.Column("queued_at", JapanTime, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, server_default=sa.text("0")),
    sa.Column("next_attempt_at", JapanTime, nullable=False),
    sa.Column("settled_at", JapanTime),
    sa.Column("reason", StoredText),
    sa.Column("kind", Code(MailKind)),
    sa.Column("has_secret", sa.Boolean, nullable=False, server_default=sa.false()),
)
sa.Index("ix_outbox_mail_queued", outbox_mail.c.coop, outbox_mail.c.queued_at, outbox_mail.c.mail_id)
sa.Index(
    "ix_outbox_mail_state",
    outbox_mail.c.coop,
    outbox_mail.c.state,
    outbox_mail.c.queued_at,
    outbox_mail.c.mail_id,
)
sa.Index(
    "ix_outbox_mail_due",
    outbox_mail.c.coop,
    outbox_mail.c.next_attempt_at,
    postgresql_where=outbox_mail.c.state == sa.text("'QUEUED'"),
)

mailed_tokens = sa.Table(
    "mailed_tokens",
    metadata,
    sa.Column("token_hash", sa.LargeBinary, primary_key=True),
    sa.Column("coop", sa.Text, nullable=False),
    sa.Column(
        "account_id", sa.Uuid, sa.ForeignKey(accounts.c.account_id, ondelete="CASCADE"), nullable=False
    ),
    sa.Column("purpose", Code(TokenPurpose), nullable=False),
    sa.Column("email", StoredText),
    sa.Column("issued_at", JapanTime, nullable=False),
    sa.Column("expires_at", JapanTime, nullable=False),
    sa.CheckConstraint("(purpose = 'CONFIRM_EMAIL') = (email IS NOT NULL)", name="email_to_confirm"),
)
sa.Index("ix_mailed_tokens_account", mailed_tokens.c.account_id, mailed_tokens.c.purpose)
sa.Index("ix_mailed_tokens_expiry", mailed_tokens.c.expires_at)

recovery_requests = sa.Table(
    "recovery_requests",
    metadata,
    sa.Column("request_id", sa.Uuid, primary_key=True, server_default=sa.text("gen_random_uuid()")),
    sa.Column("coop", sa.Text, nullable=False),
    sa.Column("kind", Code(RecoveryKind), nullable=False),
    sa.Column("member_number", sa.Text),
    sa.Column("identifier", StoredText(A_LINE), nullable=False),
    sa.Column("requested_by", sa.Uuid),
    sa.Column("address", StoredText(A_LINE)),
    sa.Column("user_agent", StoredText(A_LINE)),
    sa.Column("requested_at", JapanTime, nullable=False),
    sa.Column("due_at", JapanTime, nullable=False),
)
sa.Index("ix_recovery_requests_due", recovery_requests.c.coop, recovery_requests.c.due_at)

share_payments = sa.Table(
    "share_payments",
    metadata,
    sa.Column("coop", sa.Text, primary_key=True),
    sa.Column("member_number", sa.Text, primary_key=True),
    sa.Column("confirmed_at", JapanTime, nullable=False),
    sa.Column("confirmed_by", sa.Uuid, sa.ForeignKey(accounts.c.account_id), nullable=False),
)

share_refunds = sa.Table(
    "share_refunds",
    metadata,
    sa.Column("coop", sa.Text, primary_key=True),
    sa.Column("member_number", sa.Text, primary_key=True),
    sa.Column("refunded_on", sa.Date, nullable=False),
    sa.Column("recorded_at", JapanTime, nullable=False),
    sa.Column("recorded_by", sa.Uuid, sa.ForeignKey(accounts.c.account_id), nullable=False),
)
