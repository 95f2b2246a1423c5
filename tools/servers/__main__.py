"""`python -m tools.servers`: a Redis and a PostgreSQL of your own until Ctrl-C, with their addresses as settings."""

import argparse
import signal
import threading

from tools.servers import start_postgres, start_redis


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.servers", description=__doc__)
    parser.add_argument("--durable", action="store_true", help="survive a power cut: fsync and the append-only file")
    durable = parser.parse_args().durable
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    with (
        start_redis(private=True, append_only=durable) as redis,
        start_postgres(private=True, durable=durable) as postgres,
    ):
        print(f"REDIS_URL={redis.url}\nDATABASE_URL={postgres.url}", flush=True)
        ended.wait()


if __name__ == "__main__":
    main()
