"""Vendors: projects there, their webhooks and our calls, incentives, API keys, shared files."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "api_keys",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("prefix", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("scopes", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("allowed_ips", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("company", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_keys")),
        sa.UniqueConstraint("digest", name=op.f("uq_api_keys_digest")),
    )
    op.create_table(
        "forgotten_messages",
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("external_id", name=op.f("pk_forgotten_messages")),
    )
    op.create_table(
        "shared_files",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content_type", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_shared_files_conversation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_files")),
        sa.UniqueConstraint("token", name=op.f("uq_shared_files_token")),
    )
    with op.batch_alter_table("shared_files", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shared_files_conversation_id"), ["conversation_id"], unique=False)

    op.create_table(
        "incentive_cases",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("reference_id", sa.String(), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("api_key_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("contract", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("address", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("classification", sa.String(), nullable=False),
        sa.Column("devices", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("utilities", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("operation", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("firm_cents", sa.Integer(), nullable=True),
        sa.Column("possible_cents", sa.Integer(), nullable=True),
        sa.Column("yearly_cents", sa.Integer(), nullable=True),
        sa.Column("connect_url", sa.String(), nullable=False),
        sa.Column("answer", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=True),
        sa.Column("told", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=True),
        sa.Column("customer_reference", sa.String(), nullable=True),
        sa.Column("home", sa.String(), nullable=False),
        sa.Column("override_row", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("lease_token", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("looked_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["api_key_id"], ["api_keys.id"], name=op.f("fk_incentive_cases_api_key_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_incentive_cases_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incentive_cases")),
        sa.UniqueConstraint("customer_reference", name=op.f("uq_incentive_cases_customer_reference")),
        sa.UniqueConstraint("scope", "reference_id", name=op.f("uq_incentive_cases_scope_reference_id")),
    )
    with op.batch_alter_table("incentive_cases", schema=None) as batch_op:
        batch_op.create_index("ix_incentive_cases_home", ["scope", "home"], unique=False)
        batch_op.create_index(batch_op.f("ix_incentive_cases_project_id"), ["project_id"], unique=False)

    op.create_table(
        "vendor_calls",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("vendor", sa.String(), nullable=False),
        sa.Column("sync_type", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("http_status", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("request", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=True),
        sa.Column("answer", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("duration_ms", sa.Double(), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("conversation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("outbox_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_vendor_calls_conversation_id")
        ),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_vendor_calls_outbox_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_vendor_calls_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vendor_calls")),
    )
    with op.batch_alter_table("vendor_calls", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vendor_calls_conversation_id"), ["conversation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_vendor_calls_outbox_id"), ["outbox_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_vendor_calls_project_id"), ["project_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_vendor_calls_started_at"), ["started_at"], unique=False)
        batch_op.create_index("ix_vendor_calls_vendor_id", ["vendor", "id"], unique=False)

    op.create_table(
        "vendor_projects",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("vendor", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("details", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("sync_status", sa.String(), nullable=False),
        sa.Column("sync_error", sa.String(), nullable=False),
        sa.Column("sync_code", sa.String(), nullable=False),
        sa.Column("retry_count", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_synced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("posting_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lookups", sa.Integer(), nullable=False),
        sa.Column("sent", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("sync_token", sa.Integer(), nullable=False),
        sa.Column("sync_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("consumption", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=True),
        sa.Column("design_status", sa.String(), nullable=False),
        sa.Column("design_order", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=True),
        sa.Column("state", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=True),
        sa.Column("told", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("polled", sa.Boolean(), nullable=False),
        sa.Column("quiet_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("idle_reads", sa.Integer(), nullable=False),
        sa.Column("objects", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("read_attempts", sa.Integer(), nullable=False),
        sa.Column("read_error", sa.String(), nullable=False),
        sa.Column("lease_token", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_vendor_projects_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vendor_projects")),
        sa.UniqueConstraint("project_id", "vendor", name=op.f("uq_vendor_projects_project_id_vendor")),
        sa.UniqueConstraint("reference", name=op.f("uq_vendor_projects_reference")),
        sa.UniqueConstraint("vendor", "external_id", name=op.f("uq_vendor_projects_vendor_external_id")),
    )
    with op.batch_alter_table("vendor_projects", schema=None) as batch_op:
        batch_op.create_index(
            "ix_vendor_projects_due",
            ["due_at"],
            unique=False,
            postgresql_where=sa.text("due_at IS NOT NULL"),
            sqlite_where=sa.text("due_at IS NOT NULL"),
        )

    op.create_table(
        "api_calls",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("api_key_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("route", sa.String(), nullable=False),
        sa.Column("operation", sa.String(), nullable=False),
        sa.Column("reference_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("http_status", sa.Integer(), nullable=False),
        sa.Column("answer", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["api_key_id"], ["api_keys.id"], name=op.f("fk_api_calls_api_key_id")),
        sa.ForeignKeyConstraint(["case_id"], ["incentive_cases.id"], name=op.f("fk_api_calls_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_calls")),
    )
    with op.batch_alter_table("api_calls", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_api_calls_api_key_id"), ["api_key_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_api_calls_case_id"), ["case_id"], unique=False)

    op.create_table(
        "incentive_applications",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("program_name", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("told_status", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["incentive_cases.id"], name=op.f("fk_incentive_applications_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incentive_applications")),
        sa.UniqueConstraint("case_id", "external_id", name=op.f("uq_incentive_applications_case_id_external_id")),
    )
    with op.batch_alter_table("incentive_applications", schema=None) as batch_op:
        batch_op.create_index(
            "ix_incentive_applications_due",
            ["due_at"],
            unique=False,
            postgresql_where=sa.text("due_at IS NOT NULL"),
            sqlite_where=sa.text("due_at IS NOT NULL"),
        )

    op.create_table(
        "incentive_results",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("program_id", sa.String(), nullable=False),
        sa.Column("program_name", sa.String(), nullable=False),
        sa.Column("tier_name", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("requirement", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("eligible", sa.Boolean(), nullable=True),
        sa.Column("install_cents", sa.Integer(), nullable=True),
        sa.Column("yearly_cents", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["incentive_cases.id"], name=op.f("fk_incentive_results_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incentive_results")),
    )
    with op.batch_alter_table("incentive_results", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incentive_results_case_id"), ["case_id"], unique=False)

    op.create_table(
        "vendor_events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("vendor", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("objects", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("facts", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=True),
        sa.Column("payload", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("headers", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vendor_project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("processed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["vendor_project_id"], ["vendor_projects.id"], name=op.f("fk_vendor_events_vendor_project_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vendor_events")),
        sa.UniqueConstraint("key", name=op.f("uq_vendor_events_key")),
    )
    with op.batch_alter_table("vendor_events", schema=None) as batch_op:
        batch_op.create_index(
            "ix_vendor_events_failed",
            ["id"],
            unique=False,
            postgresql_where=sa.text("status = 'failed'"),
            sqlite_where=sa.text("status = 'failed'"),
        )
        batch_op.create_index(
            "ix_vendor_events_processing",
            ["vendor_project_id", "id"],
            unique=False,
            postgresql_where=sa.text("status = 'processing'"),
            sqlite_where=sa.text("status = 'processing'"),
        )
        batch_op.create_index(
            "ix_vendor_events_received",
            ["id"],
            unique=False,
            postgresql_where=sa.text("status = 'received'"),
            sqlite_where=sa.text("status = 'received'"),
        )
        batch_op.create_index(batch_op.f("ix_vendor_events_received_at"), ["received_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_vendor_events_vendor_project_id"), ["vendor_project_id"], unique=False)

    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("result", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=True))
        batch_op.alter_column("conversation_id", existing_type=sa.INTEGER(), nullable=True)


def downgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.alter_column("conversation_id", existing_type=sa.INTEGER(), nullable=False)
        batch_op.drop_column("result")

    with op.batch_alter_table("vendor_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_vendor_events_vendor_project_id"))
        batch_op.drop_index(batch_op.f("ix_vendor_events_received_at"))
        batch_op.drop_index(
            "ix_vendor_events_received",
            postgresql_where=sa.text("status = 'received'"),
            sqlite_where=sa.text("status = 'received'"),
        )
        batch_op.drop_index(
            "ix_vendor_events_processing",
            postgresql_where=sa.text("status = 'processing'"),
            sqlite_where=sa.text("status = 'processing'"),
        )
        batch_op.drop_index(
            "ix_vendor_events_failed",
            postgresql_where=sa.text("status = 'failed'"),
            sqlite_where=sa.text("status = 'failed'"),
        )

    op.drop_table("vendor_events")
    with op.batch_alter_table("incentive_results", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incentive_results_case_id"))

    op.drop_table("incentive_results")
    with op.batch_alter_table("incentive_applications", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_incentive_applications_due",
            postgresql_where=sa.text("due_at IS NOT NULL"),
            sqlite_where=sa.text("due_at IS NOT NULL"),
        )

    op.drop_table("incentive_applications")
    with op.batch_alter_table("api_calls", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_api_calls_case_id"))
        batch_op.drop_index(batch_op.f("ix_api_calls_api_key_id"))

    op.drop_table("api_calls")
    with op.batch_alter_table("vendor_projects", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_vendor_projects_due",
            postgresql_where=sa.text("due_at IS NOT NULL"),
            sqlite_where=sa.text("due_at IS NOT NULL"),
        )

    op.drop_table("vendor_projects")
    with op.batch_alter_table("vendor_calls", schema=None) as batch_op:
        batch_op.drop_index("ix_vendor_calls_vendor_id")
        batch_op.drop_index(batch_op.f("ix_vendor_calls_started_at"))
        batch_op.drop_index(batch_op.f("ix_vendor_calls_project_id"))
        batch_op.drop_index(batch_op.f("ix_vendor_calls_outbox_id"))
        batch_op.drop_index(batch_op.f("ix_vendor_calls_conversation_id"))

    op.drop_table("vendor_calls")
    with op.batch_alter_table("incentive_cases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incentive_cases_project_id"))
        batch_op.drop_index("ix_incentive_cases_home")

    op.drop_table("incentive_cases")
    with op.batch_alter_table("shared_files", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shared_files_conversation_id"))

    op.drop_table("shared_files")
    op.drop_table("forgotten_messages")
    op.drop_table("api_keys")
