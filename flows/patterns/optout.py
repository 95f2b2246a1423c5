"""Stop and start: one confirmation each, and nothing in between."""

from flows.draft import Draft


def opt_out(draft: Draft) -> None:
    """Confirmed once; a second STOP is silence already."""
    draft.quiet = True
    if not draft.opted_out:
        draft.opted_out = True
        draft.insist("optout.done")


def opt_in(draft: Draft) -> None:
    """Welcome back, then the pending question."""
    draft.opted_out = False
    draft.understood = draft.fresh = True
    draft.insist("optin.done")
