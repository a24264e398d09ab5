"""An index for who else was to get a card; made while the gateway serves."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Adds the index. Where the step broke off and is applied again, it is there already."""
    with op.get_context().autocommit_block():
        op.create_index(
            "ix_change_requests_card",
            "change_requests",
            ["coop", sa.text("(details ->> 'card_number')")],
            if_not_exists=True,
            postgresql_concurrently=True,
            postgresql_where=sa.text("kind = 'CARD_REISSUE'"),
        )
