"""Projects: our record of a homeowner's job, and the consents it rests on."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.types import Id, Json, Table, UtcTime, now


class Project(Table):
    """One confirmed project; `number` counts the conversation's projects from 1. Money is in cents of `currency`,
    energy in kWh. `slots` keeps every value with its provenance. `status`: pending, scheduled, in_progress,
    completed."""

    __tablename__ = "projects"
    __table_args__ = (UniqueConstraint("conversation_id", "number"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"), index=True)
    number: Mapped[int] = mapped_column()
    phone: Mapped[str] = mapped_column(String, default="")
    name: Mapped[str] = mapped_column(String, default="")
    email: Mapped[str] = mapped_column(String, default="")
    street: Mapped[str] = mapped_column(String, default="")
    city: Mapped[str] = mapped_column(String, default="")
    state: Mapped[str] = mapped_column(String, default="")
    postal_code: Mapped[str] = mapped_column(String, default="")
    country: Mapped[str] = mapped_column(String, default="")
    latitude: Mapped[float | None] = mapped_column()
    longitude: Mapped[float | None] = mapped_column()
    owner: Mapped[bool | None] = mapped_column()
    utility: Mapped[str] = mapped_column(String, default="")
    monthly_bill_cents: Mapped[int | None] = mapped_column()
    currency: Mapped[str] = mapped_column(String, default="")
    monthly_kwh: Mapped[Any | None] = mapped_column(Json)  # a number, or twelve with null for unknown
    annual_kwh: Mapped[float | None] = mapped_column()
    devices: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    roof_type: Mapped[str] = mapped_column(String, default="")
    alternate_name: Mapped[str] = mapped_column(String, default="")
    alternate_phone: Mapped[str] = mapped_column(String, default="")
    bill_document: Mapped[Any | None] = mapped_column(Json)
    slots: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    status: Mapped[str] = mapped_column(String, default="pending")
    confirmed_at: Mapped[datetime] = mapped_column(UtcTime)
    created_at: Mapped[datetime] = mapped_column(UtcTime, default=now())
    updated_at: Mapped[datetime] = mapped_column(UtcTime, default=now())


class Consent(Table):
    """What a contact agreed to or took back: the exact words shown, when, where, and the message that said so."""

    __tablename__ = "consents"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"), index=True)
    project_id: Mapped[int | None] = mapped_column(ForeignKey("projects.id"), index=True)
    kind: Mapped[str] = mapped_column(String)  # project | opt_in | opt_out
    wording: Mapped[str] = mapped_column(String, default="")
    version: Mapped[str] = mapped_column(String, default="")
    language: Mapped[str] = mapped_column(String, default="")
    channel: Mapped[str] = mapped_column(String)
    message_id: Mapped[str] = mapped_column(String)
    at: Mapped[datetime] = mapped_column(UtcTime)
