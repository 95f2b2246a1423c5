"""The account that PostgreSQL runs under: it refuses root, so root lends it another one."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tools.servers.lookup import ServerMissing


@dataclass(frozen=True)
class Account:
    """Start programs as `uid`:`gid` (None: as we are), with `prefix` before the command."""

    uid: int | None = None
    gid: int | None = None
    prefix: tuple[str, ...] = ()

    def run(self, command: list[str]) -> "subprocess.CompletedProcess[str]":
        """Runs `command` (prefix included) to its end as this account, from the root folder."""
        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            cwd="/",
            user=self.uid,
            group=self.gid,
            extra_groups=None if self.uid is None else [],
            timeout=120,
            check=False,
        )


def find_account(program: Path, folder: Path) -> Account:
    """An account that may run `program` and own `folder`; hands the folder to it."""
    if os.geteuid() != 0:
        return Account()
    for account in _other_accounts():
        if account.uid is not None and account.gid is not None:
            os.chown(folder, account.uid, account.gid)
        if _can_use(account, program, folder):
            return account
        os.chown(folder, 0, 0)
    raise ServerMissing(
        "PostgreSQL refuses to run as root, and no other account can reach "
        f"{program} and {folder}: run as another user, or give DATABASE_URL."
    )


def _other_accounts() -> list[Account]:
    """A real account where one can reach the files; else root renamed in a user namespace, which sees all root sees."""
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entries = [known[name] for name in ("postgres", "nobody") if name in known]
    accounts = [Account(entry.pw_uid, entry.pw_gid) for entry in entries if entry.pw_uid != 0]
    if accounts and (unshare := shutil.which("unshare")):
        accounts.append(Account(prefix=(unshare, "--user", f"--map-user={accounts[-1].uid}")))
    return accounts


def _can_use(account: Account, program: Path, folder: Path) -> bool:
    try:
        runs = account.run([*account.prefix, str(program), "--version"])
        reaches = account.run([*account.prefix, "/bin/sh", "-c", f"test -w '{folder}' && test -x '{folder}'"])
    except (OSError, subprocess.SubprocessError):
        return False
    return runs.returncode == 0 and reaches.returncode == 0
