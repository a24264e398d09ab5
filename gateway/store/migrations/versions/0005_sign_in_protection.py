"""What a session is for, passwords that were reissued, and the counters of the throttle."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Adds `sessions.purpose`, `accounts.reissued_…` and `throttles`."""
    op.add_column("sessions", sa.Column("purpose", sa.Text, nullable=False, server_default=sa.text("'FULL'")))
    op.add_column("accounts", sa.Column("reissued_digest", sa.LargeBinary))
    op.add_column("accounts", sa.Column("reissued_until", sa.DateTime(timezone=True)))
    op.create_table(
        "throttles",
        sa.Column("coop", sa.Text),
        sa.Column("key", sa.LargeBinary),
        sa.Column("family", sa.LargeBinary),
        sa.Column("failures", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("counted_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("blocked_until", sa.DateTime(timezone=True)),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("coop", "key", name="pk_throttles"),
    )
    op.create_index("ix_throttles_family", "throttles", ["coop", "family"])
    op.create_index("ix_throttles_expiry", "throttles", ["expires_at"])
