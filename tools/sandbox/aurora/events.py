"""The events that Aurora tells of, and the ids that a URL template can ask for: the rest has to be read."""

from __future__ import annotations

DESIGN = ("DESIGN_ID",)
JOB = ("DESIGN_ID", "JOB_ID", "STATUS")
PROJECT = ("PROJECT_ID", "SOURCE")
REQUEST = ("DESIGN_REQUEST_ID", "STATUS")
EVENTS: dict[str, tuple[str, ...]] = {
    "agreement_status_changed": ("AGREEMENT_ID", "STATUS"),
    "ai_roof_job_completed": JOB,
    "asset_created": ("ASSET_ID", "DESIGN_ID"),
    "auto_designer_job_completed": JOB,
    "consumption_profile_changed": PROJECT,
    "design_created": DESIGN,
    "design_deleted": DESIGN,
    "design_request_created": REQUEST,
    "design_request_completed": REQUEST,
    "design_request_rejected": REQUEST,
    "financier_contract_status_changed": ("DESIGN_ID", "STATUS"),
    "milestone_created": ("MILESTONE_ID", "PROJECT_ID"),
    "performance_simulation_job_completed": JOB,
    "plan_set_request_status_changed": ("PLAN_SET_REQUEST_ID", "PROJECT_ID", "STATUS"),
    "project_created": PROJECT,
    "project_changed": PROJECT,
    "project_status_changed": ("PROJECT_ID", "STATUS"),
    "proposal_pdf_generation_job_completed": JOB,
    "site_survey_status_changed": ("SITE_SURVEY_ID", "PROJECT_ID", "STATUS"),
    "utility_bill_upload_job_completed": ("JOB_ID", "PROJECT_ID", "STATUS"),
    "web_proposal_url_created": ("DESIGN_ID", "SOURCE"),
    "lead_created": ("LEAD_ID", "SOURCE"),
}
