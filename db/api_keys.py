"""API keys: who may call /api/v1, from where, for what, until when; and what they asked for."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from db.types import Id, Json, Table, UtcTime, now


class ApiKey(Table):
    """`digest` is SHA-256 of the key, of which only `prefix` is kept readable. `allowed_ips` are networks (CIDR); empty
    allows all. `company` is the holder's name in links."""

    __tablename__ = "api_keys"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String)
    prefix: Mapped[str] = mapped_column(String)
    digest: Mapped[str] = mapped_column(String, unique=True)
    scopes: Mapped[list[str]] = mapped_column(Json, default=list)
    allowed_ips: Mapped[list[str]] = mapped_column(Json, default=list)
    company: Mapped[str] = mapped_column(String, default="")
    expires_at: Mapped[datetime | None] = mapped_column(UtcTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcTime)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcTime)
    created_at: Mapped[datetime] = mapped_column(UtcTime, default=now())


class ApiCall(Table):
    """One call of the API that asked for something: what, and how it was answered."""

    __tablename__ = "api_calls"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    api_key_id: Mapped[int] = mapped_column(ForeignKey("api_keys.id"), index=True)
    route: Mapped[str] = mapped_column(String)
    operation: Mapped[str] = mapped_column(String, default="")
    reference_id: Mapped[str] = mapped_column(String, default="")
    case_id: Mapped[int | None] = mapped_column(ForeignKey("incentive_cases.id"), index=True)
    http_status: Mapped[int] = mapped_column()
    answer: Mapped[Any | None] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(UtcTime, default=now())
