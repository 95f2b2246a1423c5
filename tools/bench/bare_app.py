"""The bare route beside our webhook: the same signature check, one insert, one commit, one enqueue."""

from datetime import UTC, datetime
from typing import Any

import redis
from flask import Flask, Response, abort, request
from rq import Queue
from rq.serializers import JSONSerializer
from sqlalchemy import JSON, DateTime, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from bot.settings import Settings, load_settings
from db.engine import make_engine
from integrations.twilio.webhook import verify


class BareTable(DeclarativeBase):
    """The bare route's own tables."""


class BareMessage(BareTable):
    __tablename__ = "bench_messages"

    id: Mapped[int] = mapped_column(primary_key=True)
    external_id: Mapped[str] = mapped_column(String, unique=True)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON().with_variant(JSONB, "postgresql"))
    received_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


def create_bare_app(settings: Settings) -> Flask:
    """One route, at the address of ours."""
    app = Flask("bare")
    engine = make_engine(settings.database_url)
    queue = Queue("turns", connection=redis.Redis.from_url(settings.redis_url), serializer=JSONSerializer)

    @app.post("/webhooks/twilio/message")
    def receive() -> Response:
        signature = request.headers.get("X-Twilio-Signature", "")
        query = request.query_string.decode()
        if not verify(settings.twilio_auth_token, settings.public_url, request.path, query, request.form, signature):
            abort(403)
        with Session(engine) as session:
            row = BareMessage(
                external_id=request.form["MessageSid"], payload=request.form.to_dict(), received_at=datetime.now(UTC)
            )
            session.add(row)
            session.commit()
        queue.enqueue("jobs.turns.drain", job_timeout=-1, result_ttl=10, failure_ttl=3600)
        return Response("<Response/>", content_type="text/xml")

    return app


def __getattr__(name: str) -> Any:
    """`app`, for gunicorn, built when it is asked for: the harness imports the tables alone."""
    if name == "app":
        return create_bare_app(load_settings())
    raise AttributeError(name)
