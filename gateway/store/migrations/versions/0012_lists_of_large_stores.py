"""Indexes for the lists of one co-op among many, and for what is tidied up; made while the gateway serves."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Adds indexes only, one after another and without holding up whoever writes."""
    with op.get_context().autocommit_block():
        _add("ix_access_log_coop", "access_log", ["coop", "entry_id"])
        _add("ix_access_log_time", "access_log", ["coop", "at"])
        _add("ix_access_log_action", "access_log", ["coop", "action", "entry_id"])
        _add("ix_access_log_outcome", "access_log", ["coop", "outcome", "entry_id"])
        _add("ix_change_requests_state", "change_requests", ["coop", "state", "requested_at", "request_id"])
        _add("ix_change_requests_requested_by", "change_requests", ["requested_by"])
        _add("ix_inquiries_state", "inquiries", ["coop", "state", "sent_at", "inquiry_id"])
        _add("ix_outbox_mail_state", "outbox_mail", ["coop", "state", "queued_at", "mail_id"])
        _add("ix_accounts_walk", "accounts", ["coop", "account_id"])
        _add("ix_accounts_pending", "accounts", ["pending_until"], "pending_until IS NOT NULL")
        _add("ix_auth_challenges_account", "auth_challenges", ["account_id"])


def _add(name: str, table: str, columns: list[str], where: str | None = None) -> None:
    """Adds an index. Where the step broke off and is applied again, it goes on behind those that are there."""
    op.create_index(
        name,
        table,
        columns,
        if_not_exists=True,
        postgresql_concurrently=True,
        postgresql_where=where and sa.text(where),
    )
