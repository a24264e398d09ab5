"""The access log, and the trigger that keeps it as it was written (E26)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Adds `access_log`. ALWAYS: the trigger fires even for a session that plays replica."""
    op.create_table(
        "access_log",
        sa.Column("entry_id", sa.BigInteger, sa.Identity(always=True)),
        sa.Column("coop", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("account_id", sa.Uuid),
        sa.Column("session_id", sa.Uuid),
        sa.Column("member_number", sa.Text),
        sa.Column("what", ARRAY(sa.Text), nullable=False, server_default=sa.text("'{}'")),
        sa.Column("reason", sa.Text),
        sa.Column("address", sa.Text),
        sa.Column("user_agent", sa.Text),
        sa.PrimaryKeyConstraint("entry_id", name="pk_access_log"),
    )
    op.create_index("ix_access_log_account", "access_log", ["account_id", "entry_id"])
    op.create_index("ix_access_log_member", "access_log", ["coop", "member_number", "entry_id"])
    op.execute("""
        CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
                USING ERRCODE = 'insufficient_privilege';
        END
        $$
    """)
    op.execute("""
        CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON access_log
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """)
    op.execute("ALTER TABLE access_log ENABLE ALWAYS TRIGGER append_only")
