"""Adds where Heard is installed: the tables of Slack's SDK, with room for encrypted tokens."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")

BOTS = """client_id! app_id! enterprise_id enterprise_name team_id team_name
    bot_token bot_id bot_user_id bot_scopes bot_refresh_token"""
INSTALLATIONS = f"""{BOTS} enterprise_url user_id! user_token user_scopes user_refresh_token
    incoming_webhook_url incoming_webhook_channel incoming_webhook_channel_id
    incoming_webhook_configuration_url token_type"""


def upgrade() -> None:
    _create("slack_bots", BOTS, "bot_token_expires_at")
    _create("slack_installations", INSTALLATIONS, "bot_token_expires_at", "user_token_expires_at")
    op.create_table(
        "slack_states",
        sa.Column("state", KEY, primary_key=True),
        sa.Column("until", NUMBER, nullable=False),
        sqlite_with_rowid=False,
    )


def _create(name: str, texts: str, *times: str) -> None:
    """Create a table; ! marks where there is always something in it."""
    op.create_table(
        name,
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        *(
            sa.Column(one.removesuffix("!"), KEY, nullable=not one.endswith("!"))
            for one in texts.split()
        ),
        *(sa.Column(one, sa.DateTime) for one in times),
        sa.Column("is_enterprise_install", sa.Boolean, nullable=False),
        sa.Column("installed_at", sa.DateTime, nullable=False),
    )
    op.create_index(f"{name}_by_team", name, ["team_id", "client_id"])
