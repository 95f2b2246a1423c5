"""What the web process needs of the adapter: is it signed, and what does it say."""

from integrations.twilio.inbound import parse
from integrations.twilio.signature import verify
from integrations.twilio.statuses import parse_status

__all__ = ["parse", "parse_status", "verify"]
