"""`python -m tools.sandbox`: the simulated vendors and the phone page on one port."""

from __future__ import annotations

import argparse
import signal
import threading
from pathlib import Path

from tools.sandbox.options import Options
from tools.sandbox.runner import READY_PREFIX, Sandbox

VENDOR_OPTIONS = (
    *("opensolar_org", "opensolar_token", "opensolar_secret", "opensolar_wallet", "opensolar_minute"),
    *("opensolar_document", "aurora_tenant", "aurora_key", "aurora_secret", "aurora_minute", "aurora_location"),
    *("aurora_job_seconds", "aurora_summary"),
)


def read_arguments(arguments: list[str] | None = None) -> tuple[Options, int, str]:
    defaults = Options()
    parser = argparse.ArgumentParser(prog="python -m tools.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8010, help="0 takes a free one")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--app-url", default=defaults.app_url, help="where the product listens")
    parser.add_argument("--account-sid", default=defaults.account_sid)
    parser.add_argument("--auth-token", default=defaults.auth_token)
    parser.add_argument("--from", dest="sender", default=defaults.sender, help="the business's WhatsApp address")
    parser.add_argument("--ledger", type=Path, help="JSON lines of everything that crossed the border")
    parser.add_argument("--memory", type=Path, help="a file in which messages and Contents outlive a restart")
    parser.add_argument("--database-url", default="", help="the product's database, to age it and to show projects")
    parser.add_argument("--inbound-url", default="", help="full webhook address, retry overrides in its fragment")
    parser.add_argument("--fallback-url", default="")
    parser.add_argument("--status-delays", default="0.15,0.35", help="seconds before sent, then before delivered")
    parser.add_argument("--callbacks", default=",".join(defaults.callbacks), help="statuses that are POSTed")
    parser.add_argument("--contact-burst", type=int, default=defaults.contact_burst, help="0: no limit per contact")
    parser.add_argument("--register-webhooks", action="store_true", help="OpenSolar and Aurora call --app-url at once")
    parser.add_argument("--leap-connect-url", default=defaults.leap_connect_url, help="where links to apply begin")
    parser.add_argument("--seed", type=int, help="for faults with a probability")
    for name in VENDOR_OPTIONS:
        parser.add_argument(
            f"--{name.replace('_', '-')}", default=getattr(defaults, name), type=type(getattr(defaults, name))
        )
    given = parser.parse_args(arguments)
    sent, delivered = (float(part) for part in given.status_delays.split(","))
    options = Options(
        app_url=given.app_url,
        account_sid=given.account_sid,
        auth_token=given.auth_token,
        sender=given.sender,
        ledger_path=given.ledger,
        memory_path=given.memory,
        database_url=given.database_url,
        inbound_url=given.inbound_url,
        fallback_url=given.fallback_url,
        status_delays=(sent, delivered),
        callbacks=tuple(given.callbacks.split(",")),
        contact_burst=given.contact_burst,
        register_webhooks=given.register_webhooks,
        leap_connect_url=given.leap_connect_url,
        seed=given.seed,
        **{name: getattr(given, name) for name in VENDOR_OPTIONS},
    )
    return options, given.port, given.host


def main() -> None:
    options, port, host = read_arguments()
    sandbox = Sandbox(options, port, host).start()
    print(f"{READY_PREFIX}{sandbox.base_url}", flush=True)
    asked = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: asked.set())
    asked.wait()
    sandbox.stop()


if __name__ == "__main__":
    main()
