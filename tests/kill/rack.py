"""Running stacks for tests: one at a time in each test process, kept while the same kind is asked for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.databases import Postgres
from tests.kill.stack import Stack, run_stack


@dataclass(frozen=True)
class Kind:
    """`database` is postgresql or sqlite; `vendors` as for `run_stack`, name=value pairs; `clocked`: the
    sandbox's clock moves the product's times, too."""

    database: str
    vendors: tuple[tuple[str, str], ...] | None = None
    clocked: bool = False


@dataclass
class Rack:
    """Whoever opens a kind ends the one before."""

    postgres: Postgres
    template: Path
    make_folder: Callable[[str], Path]
    _kind: Kind | None = None
    _stacks: ExitStack = field(default_factory=ExitStack)
    _running: Stack | None = None

    def open(self, kind: Kind) -> Stack:
        if self._running is None or self._kind != kind:
            self.close()
            url = self._stacks.enter_context(self._make_database(kind.database))
            vendors: Mapping[str, str] | None = None if kind.vendors is None else dict(kind.vendors)
            sandbox: Sequence[str] = ("--database-url", url) if kind.clocked else ()
            folder = self.make_folder("run")
            self._running = self._stacks.enter_context(run_stack(folder, url, vendors=vendors, sandbox=sandbox))
            self._kind = kind
        return self._running

    def close(self) -> None:
        self._running = None
        self._stacks.close()

    @contextmanager
    def _make_database(self, database: str) -> Iterator[str]:
        if database == "postgresql":
            with self.postgres.fresh_copy() as url:
                yield url
            return
        copy = self.make_folder("stack") / "heliograph.db"
        copy.write_bytes(self.template.read_bytes())
        yield f"sqlite:///{copy}"
