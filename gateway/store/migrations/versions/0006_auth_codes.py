"""One-time codes at sign-in (E26)."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Adds the methods, the recovery codes and the challenges under way."""
    op.create_table(
        "auth_code_methods",
        sa.Column("account_id", sa.Uuid),
        sa.Column("coop", sa.Text, nullable=False),
        sa.Column("method", sa.Text, nullable=False),
        sa.Column("totp_secret", sa.LargeBinary),
        sa.Column("offered_secret", sa.LargeBinary),
        sa.Column("last_step", sa.BigInteger, nullable=False, server_default=sa.text("0")),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account_id", name="pk_auth_code_methods"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.account_id"], name="fk_auth_code_methods_account_id"
        ),
        sa.CheckConstraint(
            "(method = 'TOTP') = (totp_secret IS NOT NULL)", name="ck_auth_code_methods_totp_has_a_secret"
        ),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("account_id", sa.Uuid),
        sa.Column("digest", sa.LargeBinary),
        sa.Column("coop", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("account_id", "digest", name="pk_recovery_codes"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name="fk_recovery_codes_account_id"),
    )
    op.create_table(
        "auth_challenges",
        sa.Column("token_hash", sa.LargeBinary),
        sa.Column("coop", sa.Text, nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("method", sa.Text, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("code_digest", sa.LargeBinary),
        sa.Column("tries_left", sa.Integer, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_auth_challenges"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.account_id"], name="fk_auth_challenges_account_id"
        ),
    )
    op.create_index("ix_auth_challenges_expiry", "auth_challenges", ["expires_at"])
