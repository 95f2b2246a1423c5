"""The tree of vendor errors.

VendorError
├── Unreachable      nothing was sent: safe to try again
├── RateLimited      refused for now: safe to try again after `retry_after`
├── Refused          a definite no: trying again changes nothing
│   └── Unauthorised     credentials or permissions
├── Uncertain        it may have happened: reconcile, never blindly repeat
└── Unanswered       a call that may be made twice got no usable answer: ask again
"""


class VendorError(Exception):
    """A vendor did not do what was asked.

    `retryable`: the same call may be made again. `code` is the vendor's own code or HTTP status. `sentence` is for
    staff: what is wrong and what to do.
    """

    retryable = False

    def __init__(self, sentence: str, code: str = "", retry_after: float | None = None) -> None:
        super().__init__(f"{sentence} [{code}]" if code else sentence)
        self.sentence = sentence
        self.code = code
        self.retry_after = retry_after


class Unreachable(VendorError):
    """No byte of the request was sent."""

    retryable = True


class RateLimited(VendorError):
    """Refused for now; `retry_after` is in seconds where the vendor says it."""

    retryable = True


class Refused(VendorError):
    """A definite no."""


class Unauthorised(Refused):
    """Credentials or permissions are wrong."""


class Uncertain(VendorError):
    """The request was sent and its outcome is unknown."""


class Unanswered(VendorError):
    """No usable answer to a call that can be made twice without harm."""

    retryable = True
