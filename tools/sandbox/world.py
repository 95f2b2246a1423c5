"""Everything one running sandbox shares: settings, time, ledger, faults, memory and couriers."""

from __future__ import annotations

import threading
from pathlib import Path

from tools.sandbox.clock import Clock
from tools.sandbox.courier import Courier
from tools.sandbox.faults import FaultBook
from tools.sandbox.ledger import Ledger
from tools.sandbox.options import Options
from tools.sandbox.twilio.buckets import Buckets
from tools.sandbox.twilio.store import Store


class World:
    """Webhooks and status callbacks have couriers of their own, so that one never waits for the other."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.clock = Clock()
        self.ledger = Ledger(Path(options.ledger_path) if options.ledger_path else None)
        self.faults = FaultBook(options.seed)
        self.store = Store()
        self.buckets = Buckets()
        self.webhooks = Courier(12, "sandbox-webhook")
        self.callbacks = Courier(6, "sandbox-callback")
        self.stopping = threading.Event()
        self.base_url = ""

    def close(self) -> None:
        self.stopping.set()
        self.webhooks.stop()
        self.callbacks.stop()
        self.ledger.close()
