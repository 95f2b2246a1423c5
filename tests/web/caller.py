"""Calls our webhooks as Twilio does: form fields, signed."""

from typing import Any

from rq import Queue
from twilio.request_validator import RequestValidator
from werkzeug.test import TestResponse

from bot.app import Parts, create_app, open_parts
from bot.settings import Settings
from bot.web.limits import RateLimit

PUBLIC_URL = "https://solar.example.com"
TOKEN = "a-token-for-tests"  # nosec B105
MESSAGE = "/webhooks/twilio/message"
STATUS = "/webhooks/twilio/status"


def make_settings(database_url: str, redis_url: str, **changes: Any) -> Settings:
    values = {"database_url": database_url, "redis_url": redis_url, "public_url": PUBLIC_URL}
    return Settings(**{**values, "twilio_auth_token": (TOKEN,), **changes})


def message(number: int = 1, **fields: str) -> dict[str, str]:
    """A message webhook's form."""
    return {
        "MessageSid": f"SM{number:032d}",
        "From": "whatsapp:+14155550134",
        "To": "whatsapp:+14155550100",
        "Body": "hi",
        "NumMedia": "0",
        "Unannounced": "",
        **fields,
    }


class Caller:
    def __init__(self, settings: Settings, limit: RateLimit | None = None) -> None:
        opened = open_parts(settings)
        self.parts = Parts(opened.engine, opened.bell, limit or opened.limit)
        self.engine = self.parts.engine
        self.client = create_app(settings, self.parts).test_client()

    def close(self) -> None:
        self.engine.dispose()
        self.parts.bell.redis.close()

    def post(self, path: str, form: dict[str, str], token: str = TOKEN, **more: Any) -> TestResponse:
        signature = RequestValidator(token).compute_signature(PUBLIC_URL + path, form)
        return self.client.post(path, data=form, headers={"X-Twilio-Signature": signature}, **more)

    def count_jobs(self, queue: str) -> int:
        return Queue(queue, connection=self.parts.bell.redis).count
