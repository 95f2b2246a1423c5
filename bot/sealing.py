"""Encryption of what is kept: the first SECRET_KEY encrypts, all of them decrypt."""

import base64
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PURPOSE = b"heliograph sealing 1"


class SealBroken(ValueError):
    """None of our keys opens it: it was altered, or its key was taken out of SECRET_KEY."""


class Seal:
    """Seals and opens bytes; ValueError without any key."""

    def __init__(self, secret_keys: Sequence[str]) -> None:
        if not secret_keys:
            raise ValueError("SECRET_KEY must be set: it encrypts what is stored")
        self._fernet = MultiFernet([Fernet(_derive_key(secret)) for secret in secret_keys])

    def close(self, content: bytes) -> bytes:
        """Ciphertext, about a third larger than `content`."""
        return self._fernet.encrypt(content)

    def open(self, sealed: bytes) -> bytes:
        """The content; SealBroken when no key fits."""
        try:
            return self._fernet.decrypt(sealed)
        except InvalidToken as error:
            raise SealBroken("none of SECRET_KEY opens this") from error


def _derive_key(secret: str) -> bytes:
    """A Fernet key from a secret of any length. The secret is random text of at least 16 characters, so that a slow
    derivation for passwords would add nothing."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return base64.urlsafe_b64encode(derived)
