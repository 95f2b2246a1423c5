"""The tree of vendor errors.

VendorError
├── Unreachable      nothing was sent: safe to try again
├── RateLimited      refused for now: safe to try again after `retry_after`
│   ├── Throttled        by ourselves, before anything was sent: no attempt at all
│   └── Resting          the vendor failed too often and is left alone for a while: no attempt at all
├── Refused          a definite no: trying again changes nothing
│   ├── Unauthorised     credentials or permissions
│   ├── OutOfFunds       the account or plan does not pay for it
│   └── NotFound         no such thing there
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


class Throttled(RateLimited):
    """Our own limiter, or a vendor's earlier Retry-After, says wait: nothing was sent, and it does not count."""


class Resting(RateLimited):
    """Too many failures in a row: the vendor is left alone, nothing was sent, and it does not count."""


class Refused(VendorError):
    """A definite no."""


class Unauthorised(Refused):
    """Credentials or permissions are wrong."""


class OutOfFunds(Refused):
    """A wallet is empty or a plan does not include this."""


class NotFound(Refused):
    """The vendor knows no such thing."""


class Uncertain(VendorError):
    """The request was sent and its outcome is unknown."""


class Unanswered(VendorError):
    """No usable answer to a call that can be made twice without harm."""

    retryable = True
