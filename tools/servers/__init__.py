"""Real, private Redis and PostgreSQL servers for the demo and the tests, gone when their owner is."""

from tools.servers.lookup import ServerMissing
from tools.servers.postgres import PostgresServer, copy_database, drop_database, start_postgres
from tools.servers.process import ServerFailed
from tools.servers.redis import RedisServer, start_redis

__all__ = [
    "PostgresServer",
    "RedisServer",
    "ServerFailed",
    "ServerMissing",
    "copy_database",
    "drop_database",
    "start_postgres",
    "start_redis",
]
