"""One worker of the queue "turns": drains a backlog as its job does; prints seconds and CPU seconds."""

import json
import time

from bot.logs import set_up_logs
from bot.settings import load_settings
from jobs.context import open_context, use_context
from jobs.turns import DRAIN_SECONDS, make_taker


def main() -> None:
    settings = load_settings()
    set_up_logs(settings.log_format, settings.log_level)
    context = open_context(settings)
    use_context(context)
    context.engine.connect().close()
    began, spent = time.monotonic(), time.process_time()
    while not make_taker(context).drain(DRAIN_SECONDS):
        context.bell.ring("turns")
    print(json.dumps({"seconds": time.monotonic() - began, "cpu": time.process_time() - spent}))
    context.close()


if __name__ == "__main__":
    main()
