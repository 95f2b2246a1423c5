"""`make demo`: the whole product on this machine, with no account and no key."""
