"""When the clock's regular work is due next; the row's lease lets many clocks run side by side."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from db.types import Table, UtcTime


class ScheduledWork(Table):
    __tablename__ = "schedule"

    name: Mapped[str] = mapped_column(String, primary_key=True)
    due_at: Mapped[datetime] = mapped_column(UtcTime)
    last_run_at: Mapped[datetime | None] = mapped_column(UtcTime)
    last_error: Mapped[str] = mapped_column(String, default="")
