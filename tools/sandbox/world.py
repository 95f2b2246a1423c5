"""Everything one running sandbox shares: settings, time, ledger, faults, memory and couriers."""

from __future__ import annotations

import threading
import zlib
from pathlib import Path

from tools.sandbox.aurora.store import Tenant
from tools.sandbox.clock import Clock
from tools.sandbox.courier import Courier
from tools.sandbox.faults import FaultBook
from tools.sandbox.leap.records import LeapBook
from tools.sandbox.ledger import Ledger
from tools.sandbox.models.scripts import ScriptBook
from tools.sandbox.opensolar.store import Organisation
from tools.sandbox.options import Options
from tools.sandbox.tables import Tables, load_tables, save_tables
from tools.sandbox.throttles import Throttles
from tools.sandbox.twilio.buckets import Buckets
from tools.sandbox.twilio.keeping import load_account, save_account
from tools.sandbox.twilio.store import Store

SAVE_SECONDS = 3.0
LANES = 8


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
        self.throttles = Throttles()
        self.opensolar = Organisation()
        self.leap = LeapBook()
        self.models = ScriptBook()
        self.aurora = Tenant()
        self.clock.aging += [self.opensolar.make_older, self.aurora.make_older]
        self._lanes = [Courier(1, f"sandbox-vendor-{number}") for number in range(LANES)]
        self.stopping = threading.Event()
        self.base_url = ""

    def lane(self, key: str) -> Courier:
        """One thread for all that carry this key, so that what is scheduled for the same moment keeps its order."""
        return self._lanes[zlib.crc32(key.encode()) % LANES]

    def remember(self) -> None:
        """Load what an earlier run kept, then keep what changes, every few seconds, until it is stopped."""
        path = self.options.memory_path
        if path is None:
            return
        load_account(self.store, self.clock, path)
        load_tables(self._name_tables(), path)
        threading.Thread(target=self._keep_saving, args=(path,), daemon=True, name="sandbox-memory").start()

    def _keep_saving(self, path: Path) -> None:
        saved = self._count_changes()
        while not self.stopping.wait(SAVE_SECONDS):
            if self._count_changes() != saved:
                saved = self._count_changes()
                self._save(path)

    def _save(self, path: Path) -> None:
        save_account(self.store, self.clock, path)
        save_tables(self._name_tables(), path)

    def _count_changes(self) -> int:
        return self.store.version + self.opensolar.version + self.aurora.version

    def _name_tables(self) -> dict[str, Tables]:
        return {"opensolar": self.opensolar, "aurora": self.aurora}

    def close(self) -> None:
        self.stopping.set()
        if self.options.memory_path is not None:
            self._save(self.options.memory_path)
        self.webhooks.stop()
        self.callbacks.stop()
        for lane in self._lanes:
            lane.stop()
        self.ledger.close()
