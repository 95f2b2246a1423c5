"""A real Redis on a unix socket in a private folder."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import redis

from tools.servers.lookup import find_redis
from tools.servers.process import ServerProcess, own_folder


@dataclass(frozen=True)
class RedisServer:
    """`url` for redis-py and RQ; `process` is None for a server that somebody else runs."""

    url: str
    process: ServerProcess | None = None

    def database_url(self, number: int) -> str:
        """The same server, numbered database `number` (0 to 15 by default)."""
        address = urlsplit(self.url)
        if address.scheme == "unix":
            return f"unix://{address.path}?db={number}"
        return address._replace(path=f"/{number}").geturl()


@contextmanager
def start_redis(
    *, private: bool = False, append_only: bool = False, folder: Path | None = None
) -> Iterator[RedisServer]:
    """The Redis of `REDIS_URL` unless `private`, else one of our own.

    `append_only` writes every command to disk (fsync each second), as production must. `folder` is removed at the
    end; by default a new one.
    """
    given = os.environ.get("REDIS_URL", "")
    if given and not private:
        yield RedisServer(given)
        return
    with ExitStack() as stack:
        folder = stack.enter_context(own_folder(folder))
        process = _prepare_process(folder, append_only)
        stack.callback(process.close)
        process.start()
        yield RedisServer(f"unix://{folder}/redis.sock?db=0", process)


def _prepare_process(folder: Path, append_only: bool) -> ServerProcess:
    socket = str(folder / "redis.sock")
    command = [str(find_redis()), "--port", "0", "--unixsocket", socket, "--unixsocketperm", "700"]
    command += ["--dir", str(folder), "--save", "", "--appendonly", "yes" if append_only else "no"]
    return ServerProcess(command, folder / "server.log", lambda: _answers(socket), folder)


def _answers(socket: str) -> bool:
    if not Path(socket).exists():
        return False
    try:
        with redis.Redis(unix_socket_path=socket, socket_timeout=2) as client:
            return bool(client.ping())
    except (redis.ConnectionError, redis.TimeoutError):  # BusyLoadingError while the log is read is one of them
        return False
