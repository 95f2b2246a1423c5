"""One process that serves one queue until it is told to stop."""

import os

import redis
from rq import Queue, SimpleWorker
from rq.serializers import JSONSerializer

from bot import failpoints
from bot.settings import Settings
from jobs.context import open_context, use_context

NICE = {"vendors": 5, "documents": 10}  # where the machine is busy, chat goes first
TTL_SECONDS = 30  # how long a silent Redis can hold a worker up
LONGEST_PAUSE = 5.0  # between two tries to reach a Redis that is away


class QueueWorker(SimpleWorker):
    """Runs jobs in its own process: no fork for each, so what was imported stays imported."""

    max_connection_wait_time = LONGEST_PAUSE


def serve_queue(settings: Settings, queue: str) -> None:
    """Works off `queue`; returns after SIGTERM, when the present job is done. Call it in a process of its own."""
    os.nice(NICE.get(queue, 0))
    failpoints.arm(settings.failpoint)
    context = open_context(settings)
    use_context(context)
    if queue == "turns":
        context.prepare_model()
    connection = redis.Redis.from_url(settings.redis_url)
    worker = QueueWorker(
        [Queue(queue, connection=connection, serializer=JSONSerializer)],
        connection=connection,
        serializer=JSONSerializer,
        worker_ttl=TTL_SECONDS,
        log_job_description=False,
    )
    try:
        worker.work(logging_level="WARNING")
    finally:
        context.close()
