"""API keys: made once and shown once, kept as a digest, checked on every call."""

import hashlib
import ipaddress
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from db.api_key_rows import add_key, find_key, note_use

PREFIX = "hg_live_"
SHOWN = 14  # characters that stay readable, so that a holder can tell their keys apart
SCOPES = ("projects", "incentives", "status")


class KeyRefused(Exception):
    """`status` and the message are what the caller gets."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, and what they may: `scopes` of SCOPES; `company` is their name in links."""

    key_id: int
    name: str
    scopes: tuple[str, ...]
    company: str


def make_key(
    engine: Engine,
    name: str,
    scopes: Sequence[str],
    *,
    company: str = "",
    allowed_ips: Sequence[str] = (),
    expires_at: datetime | None = None,
) -> str:
    """A new key, which is shown this once. ValueError for an unknown scope or an address that is none."""
    if unknown := sorted(set(scopes) - set(SCOPES)):
        raise ValueError(f"There is no scope {', '.join(unknown)}; there are {', '.join(SCOPES)}.")
    if not scopes:
        raise ValueError(f"A key needs at least one scope: {', '.join(SCOPES)}.")
    networks = [str(ipaddress.ip_network(each, strict=False)) for each in allowed_ips]
    key = PREFIX + secrets.token_urlsafe(32)
    with engine.begin() as connection:
        add_key(
            connection,
            name=name,
            prefix=key[:SHOWN],
            digest=digest_key(key),
            scopes=list(scopes),
            allowed_ips=networks,
            company=company,
            expires_at=expires_at,
        )
    return key


def digest_key(key: str) -> str:
    """SHA-256: a key of 256 random bits needs no slow hash."""
    return hashlib.sha256(key.encode()).hexdigest()


def check_key(engine: Engine, key: str, authorization: str, address: str, scope: str) -> Caller:
    """The caller whose x-api-key header this is. Raises KeyRefused in the words of the document for the incentives'
    façade, which all of the API shares."""
    if key and authorization:
        raise KeyRefused(400, "Provide either x-api-key OR Authorization, not both.")
    if not key:
        raise KeyRefused(401, "Missing x-api-key header")
    with engine.begin() as connection:
        row = find_key(connection, digest_key(key))
        if row is None or row.revoked_at is not None:
            raise KeyRefused(403, "Invalid API key")
        if row.expires_at is not None and row.expires_at <= row.db_now:
            raise KeyRefused(403, "API key has expired")
        if not is_allowed(address, row.allowed_ips):
            raise KeyRefused(403, "IP address not allowed")
        if scope and scope not in row.scopes:
            raise KeyRefused(403, f"API key lacks the scope {scope}")
        note_use(connection, row.id)
    return Caller(row.id, row.name, tuple(row.scopes), row.company)


def is_allowed(address: str, networks: Sequence[str]) -> bool:
    """Whether `address` lies in one of the networks; no networks allow all."""
    if not networks:
        return True
    try:
        caller = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(caller, "ipv4_mapped", None)
    return any((mapped or caller) in ipaddress.ip_network(network) for network in networks)
