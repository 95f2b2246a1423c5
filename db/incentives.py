"""Incentives: who was looked up, with what, and what each programme said."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.types import Id, Json, Table, UtcTime, now, partial_index


class IncentiveCase(Table):
    """One customer at the incentive vendor: a project of ours (`api_key_id` null) or one that a key's holder brought.

    `reference_id` is unique within its `scope` ("project" or "key:<id>"). `address`, `classification` and `devices`
    ([{"type" or "device_id", "quantity"}]) are what was last asked with, `utilities` what was cached: {"primary":
    {"eiaid", "name"}, "possible": [...], "asked": the eiaid that was named last}. `operation`: lookup, refresh or
    override. Amounts are in cents of US dollars: `firm_cents` rests on checked requirements, `possible_cents` on the
    rest; `yearly_cents` recurs. `source`: leap or table. `answer` is the vendor's, as it came. `consented_at`: the
    homeowner agreed to an application.

    `customer_reference` is our name of the customer there, one for each; null where another case uses it now. `home` is
    the address made comparable. `told` are the facts that became news last. Whoever asks the vendor holds the lease.
    `override_row` is the effect that sent an override and has not settled yet: committed before the call, so that it is
    never sent again by itself.
    """

    __tablename__ = "incentive_cases"
    __table_args__ = (UniqueConstraint("scope", "reference_id"), Index("ix_incentive_cases_home", "scope", "home"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    scope: Mapped[str] = mapped_column(String)
    reference_id: Mapped[str] = mapped_column(String)
    project_id: Mapped[int | None] = mapped_column(ForeignKey("projects.id"), index=True)
    api_key_id: Mapped[int | None] = mapped_column(ForeignKey("api_keys.id"))
    contract: Mapped[str] = mapped_column(String, default="")
    external_id: Mapped[str] = mapped_column(String, default="")
    address: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    classification: Mapped[str] = mapped_column(String, default="")
    devices: Mapped[list[Any]] = mapped_column(Json, default=list)
    utilities: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    operation: Mapped[str] = mapped_column(String, default="")
    source: Mapped[str] = mapped_column(String, default="")
    status: Mapped[str] = mapped_column(String, default="pending")  # pending | known | nothing | failed
    error: Mapped[str] = mapped_column(String, default="")
    firm_cents: Mapped[int | None] = mapped_column()
    possible_cents: Mapped[int | None] = mapped_column()
    yearly_cents: Mapped[int | None] = mapped_column()
    connect_url: Mapped[str] = mapped_column(String, default="")
    answer: Mapped[Any | None] = mapped_column(Json)
    told: Mapped[Any | None] = mapped_column(Json)
    customer_reference: Mapped[str | None] = mapped_column(String, unique=True)
    home: Mapped[str] = mapped_column(String, default="")
    override_row: Mapped[int | None] = mapped_column(Id)
    lease_token: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(UtcTime)
    consented_at: Mapped[datetime | None] = mapped_column(UtcTime)
    looked_up_at: Mapped[datetime | None] = mapped_column(UtcTime)
    created_at: Mapped[datetime] = mapped_column(UtcTime, default=now())
    updated_at: Mapped[datetime] = mapped_column(UtcTime, default=now())


class IncentiveResult(Table):
    """What one programme says of one requirement for one device. `status`: COMPLETED, FAILED or IGNORED (not yet
    checked); a programme without requirements has one row with an empty `requirement`."""

    __tablename__ = "incentive_results"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("incentive_cases.id"), index=True)
    program_id: Mapped[str] = mapped_column(String)
    program_name: Mapped[str] = mapped_column(String, default="")
    tier_name: Mapped[str] = mapped_column(String, default="")
    device: Mapped[str] = mapped_column(String, default="")
    requirement: Mapped[str] = mapped_column(String, default="")
    status: Mapped[str] = mapped_column(String, default="")
    eligible: Mapped[bool | None] = mapped_column()
    install_cents: Mapped[int | None] = mapped_column()
    yearly_cents: Mapped[int | None] = mapped_column()


class IncentiveApplication(Table):
    """An application at the vendor; its status is polled, since no webhook tells of it."""

    __tablename__ = "incentive_applications"
    __table_args__ = (
        UniqueConstraint("case_id", "external_id"),
        partial_index("ix_incentive_applications_due", "due_at", where="due_at IS NOT NULL"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("incentive_cases.id"))
    external_id: Mapped[str] = mapped_column(String)
    program_name: Mapped[str] = mapped_column(String, default="")
    status: Mapped[str] = mapped_column(String, default="")
    told_status: Mapped[str] = mapped_column(String, default="")
    due_at: Mapped[datetime | None] = mapped_column(UtcTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcTime)
