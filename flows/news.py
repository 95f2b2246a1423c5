"""What vendors can have new to say about a project, in the order in which it happens in a project's life."""

WHATS = (
    "synced",
    "design_rejected",
    "assessment",
    "design_ready",
    "design_changed",
    "incentives",
    "application",
    "document",
    "proposal_renewed",
    "proposal_ready",
    "proposal_viewed",
    "sealed",
    "payment_failed",
    "paid",
    "unscheduled",
    "scheduled",
    "on_the_way",
    "installed",
    "remark",
)
