"""The tables that protect signing in: counters of the throttle, one-time codes (E26)."""

import sqlalchemy as sa

from gateway.store.column_types import Code, JapanTime
from gateway.store.records import AuthCodeMethod, SessionPurpose
from gateway.store.tables import accounts, metadata

throttles = sa.Table(
    "throttles",
    metadata,
    sa.Column("coop", sa.Text, primary_key=True),
    sa.Column("key", sa.LargeBinary, primary_key=True),
    sa.Column("family", sa.LargeBinary),
    sa.Column("failures", sa.Integer, nullable=False, server_default=sa.text("0")),
    sa.Column("counted_since", JapanTime, nullable=False),
    sa.Column("blocked_until", JapanTime),
    sa.Column("expires_at", JapanTime, nullable=False),
)
sa.Index("ix_throttles_family", throttles.c.coop, throttles.c.family)
sa.Index("ix_throttles_expiry", throttles.c.expires_at)

auth_code_methods = sa.Table(
    "auth_code_methods",
    metadata,
    sa.Column("account_id", sa.Uuid, sa.ForeignKey(accounts.c.account_id), primary_key=True),
    sa.Column("coop", sa.Text, nullable=False),
    sa.Column("method", Code(AuthCodeMethod), nullable=False),
    sa.Column("totp_secret", sa.LargeBinary),
    sa.Column("offered_secret", sa.LargeBinary),
    sa.Column("last_step", sa.BigInteger, nullable=False, server_default=sa.text("0")),
    sa.Column("changed_at", JapanTime, nullable=False),
    sa.CheckConstraint("(method = 'TOTP') = (totp_secret IS NOT NULL)", name="totp_has_a_secret"),
)

recovery_codes = sa.Table(
    "recovery_codes",
    metadata,
    sa.Column("account_id", sa.Uuid, sa.ForeignKey(accounts.c.account_id), primary_key=True),
    sa.Column("digest", sa.LargeBinary, primary_key=True),
    sa.Column("coop", sa.Text, nullable=False),
)

auth_challenges = sa.Table(
    "auth_challenges",
    metadata,
    sa.Column("token_hash", sa.LargeBinary, primary_key=True),
    sa.Column("coop", sa.Text, nullable=False),
    sa.Column("account_id", sa.Uuid, sa.ForeignKey(accounts.c.account_id), nullable=False),
    sa.Column("method", Code(AuthCodeMethod), nullable=False),
    sa.Column("purpose", Code(SessionPurpose), nullable=False),
    sa.Column("code_digest", sa.LargeBinary),
    sa.Column("tries_left", sa.Integer, nullable=False),
    sa.Column("expires_at", JapanTime, nullable=False),
)
sa.Index("ix_auth_challenges_expiry", auth_challenges.c.expires_at)
sa.Index("ix_auth_challenges_account", auth_challenges.c.account_id)
