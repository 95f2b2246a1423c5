"""How much of a file is looked at, and what reading it may cost."""

import ctypes
import os
import resource
import signal
import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of one file and of all, pixels of a picture, pages that are read, pages of which letters are recognised;
    seconds of wall clock and CPU: some for any files, more for each picture; bytes of address space."""

    files: int = 12
    file_bytes: int = 20_000_000
    all_bytes: int = 60_000_000
    pixels: int = 64_000_000
    side: int = 30_000
    pages: int = 12
    recognised_pages: int = 6
    readings: int = 200_000
    seconds: float = 10.0
    seconds_a_picture: float = 25.0
    memory: int = 2_000_000_000

    def allow_seconds(self, pictures: int) -> float:
        """Wall clock for files of which so many may be pictures."""
        return self.seconds + self.seconds_a_picture * min(pictures, self.recognised_pages)


LIMITS = Limits()
PR_SET_PDEATHSIG = 1  # of Linux' prctl
OPEN_FILES = 64  # fonts and models are few


def confine_process(limits: Limits, seconds: float) -> None:
    """Of the running process, for good: memory, CPU seconds, open files, no written file, process or core dump."""
    cpu = max(1, round(seconds))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    for kind in (resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC, resource.RLIMIT_CORE):
        resource.setrlimit(kind, (0, 0))


def end_with_parent(parent: int) -> None:
    """The running process is killed when `parent` ends, however that ends; at once if it has ended already."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit("nobody waits for the answer")
