"""The doorbell: tells a queue's worker, through RQ, that the database holds work for it."""

import time
from typing import Any

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from rq import Queue
from rq.serializers import JSONSerializer

from bot.logs import get_logger

QUEUES = {
    "turns": "jobs.turns.drain",
    "sends": "jobs.sends.drain",
    "vendors": "jobs.vendors.drain",
    "documents": "jobs.documents.drain",
}
"""Each queue and the job that drains it."""

EFFECT_QUEUES = {
    "send_message": "sends",
    "sync_project": "vendors",
    "look_up_incentives": "vendors",
    "apply_for_incentives": "vendors",
    "order_design": "vendors",
    "note_decision": "vendors",
    "send_proposal": "vendors",
    "share_media": "vendors",
    "alert_staff": "vendors",
    "remind": "vendors",
    "fetch_media": "documents",
    "read_bill": "documents",
    "read_voice": "documents",
}
"""Each effect and the queue that carries it out."""

BELL_SECONDS = 5  # how long a lost job can keep a queue silent
JOB_SECONDS = 60  # the same for regular work: a worker that dies with it may not stop it for long, nor may it pile up
SOCKET_SECONDS = 0.3  # a webhook never waits longer for Redis
BREAK_SECONDS = 3.0  # and not again within this time
ENQUEUE = {"job_timeout": -1, "result_ttl": 10, "failure_ttl": 3600}

log = get_logger(__name__)


class Doorbell:
    """Rings queues on one Redis. A burst of rings makes one job; a Redis that fails is left alone for a while."""

    def __init__(self, connection: redis.Redis) -> None:
        self.redis = connection
        self._queues = {name: Queue(name, connection=connection, serializer=JSONSerializer) for name in QUEUES}
        self._closed_until = 0.0

    def ring(self, queue: str) -> bool:
        """Asks the queue's worker to drain it; False if Redis failed, which only delays: the sweeper rings again."""
        return self._try(queue, self._ring_once)

    def enqueue(self, queue: str, job: str) -> bool:
        """Enqueues the dotted job name without arguments, unless it waits there already; False if Redis failed. The job
        calls `silence` with its name when it begins."""
        return self._try(queue, lambda name: self._enqueue_once(name, job))

    def silence(self, queue: str) -> None:
        """Called by a draining job before it reads the database, so that no later ring is lost."""
        self._try(queue, lambda name: self.redis.delete(f"bell:{name}"))

    def _ring_once(self, queue: str) -> None:
        if self.redis.set(f"bell:{queue}", 1, nx=True, ex=BELL_SECONDS):
            self._queues[queue].enqueue(QUEUES[queue], **ENQUEUE)

    def _enqueue_once(self, queue: str, job: str) -> None:
        if self.redis.set(f"bell:{job}", 1, nx=True, ex=JOB_SECONDS):
            self._queues[queue].enqueue(job, **ENQUEUE)

    def _try(self, queue: str, action: Any) -> bool:
        if time.monotonic() < self._closed_until:
            return False
        try:
            action(queue)
        except (redis.RedisError, OSError) as error:
            self._closed_until = time.monotonic() + BREAK_SECONDS
            log.warning("doorbell failed", queue=queue, error=type(error).__name__)
            return False
        return True


def connect(url: str) -> Doorbell:
    """A doorbell with short time-outs on the Redis at `url`; connects on first use."""
    once = Retry(NoBackoff(), 0)  # the sweeper is the retry
    return Doorbell(
        redis.Redis.from_url(url, socket_timeout=SOCKET_SECONDS, socket_connect_timeout=SOCKET_SECONDS, retry=once)
    )
