"""Accounts and sessions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Adds `accounts` and `sessions`."""
    op.create_table(
        "accounts",
        sa.Column("account_id", sa.Uuid, server_default=sa.text("gen_random_uuid()")),
        sa.Column("coop", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("login_id", sa.Text, nullable=False),
        sa.Column("login_key", sa.Text, nullable=False),
        sa.Column("password_hash", sa.Text),
        sa.Column("email", sa.Text),
        sa.Column("email_verified", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("member_number", sa.Text),
        sa.Column("registered_at", sa.DateTime(timezone=True)),
        sa.Column("auth_code", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("must_change_password", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("terms_version", sa.Text),
        sa.Column("terms_accepted_at", sa.DateTime(timezone=True)),
        sa.Column("name", sa.Text),
        sa.Column("roles", ARRAY(sa.Text), nullable=False, server_default=sa.text("'{}'")),
        sa.PrimaryKeyConstraint("account_id", name="pk_accounts"),
        sa.CheckConstraint(
            "(kind = 'STAFF') = (member_number IS NULL)", name="ck_accounts_staff_have_no_member_number"
        ),
        sa.CheckConstraint("kind = 'STAFF' OR roles = '{}'", name="ck_accounts_only_staff_have_roles"),
        sa.CheckConstraint(
            "(terms_version IS NULL) = (terms_accepted_at IS NULL)",
            name="ck_accounts_terms_have_version_and_time",
        ),
        sa.CheckConstraint(
            "state <> 'REGISTERED' OR (registered_at IS NOT NULL AND password_hash IS NOT NULL)",
            name="ck_accounts_registered_have_time_and_password",
        ),
    )
    op.create_index("uq_accounts_login", "accounts", ["coop", "login_key"], unique=True)
    op.create_index("uq_accounts_member", "accounts", ["coop", "member_number", "kind"], unique=True)
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.LargeBinary),
        sa.Column("session_id", sa.Uuid, nullable=False, server_default=sa.text("gen_random_uuid()")),
        sa.Column("coop", sa.Text, nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("device_label", sa.Text),
        sa.Column("address", sa.Text),
        sa.Column("user_agent", sa.Text),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("idle_limit", sa.Interval, nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_sessions"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name="fk_sessions_account_id"),
    )
    op.create_index("ix_sessions_account", "sessions", ["account_id"])
    op.create_index("ix_sessions_expiry", "sessions", ["expires_at"])
