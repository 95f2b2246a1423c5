"""Everything that is kept of a contact, taken away for good."""

from sqlalchemy import Connection, delete, select

from db.contacts import Contact, ContactIdentifier
from db.conversations import Conversation
from db.forgotten_messages import remember_forgotten
from db.inbox import InboxRow
from db.incentives import IncentiveApplication, IncentiveCase, IncentiveResult
from db.media import MediaFile
from db.model_calls import ModelCall
from db.outbox import MessageStatus, OutboxRow
from db.projects import Consent, Project
from db.shared_files import SharedFile
from db.vendor_calls import VendorCall
from db.vendor_events import VendorEventRow
from db.vendor_projects import VendorProject


def find_contact(connection: Connection, identifier: str) -> int | None:
    """The contact that `identifier` (E.164 for a phone) belongs to."""
    found = select(ContactIdentifier.contact_id).where(ContactIdentifier.value == identifier)
    return connection.execute(found).scalar_one_or_none()


def erase_contact(connection: Connection, contact_id: int) -> int:
    """Deletes the contact with conversations, messages, files, projects, consents and what we keep of vendors; how many
    rows. What lies at a vendor is deleted there."""
    conversations = select(Conversation.id).where(Conversation.contact_id == contact_id)
    effects = select(OutboxRow.id).where(OutboxRow.conversation_id.in_(conversations))
    projects = select(Project.id).where(Project.contact_id == contact_id)
    at_vendors = select(VendorProject.id).where(VendorProject.project_id.in_(projects))
    cases = select(IncentiveCase.id).where(IncentiveCase.project_id.in_(projects))
    remember_forgotten(connection, conversations)
    statements = (
        delete(VendorCall).where(VendorCall.project_id.in_(projects)),
        delete(VendorCall).where(VendorCall.conversation_id.in_(conversations)),
        delete(VendorEventRow).where(VendorEventRow.vendor_project_id.in_(at_vendors)),
        delete(VendorProject).where(VendorProject.project_id.in_(projects)),
        delete(IncentiveApplication).where(IncentiveApplication.case_id.in_(cases)),
        delete(IncentiveResult).where(IncentiveResult.case_id.in_(cases)),
        delete(IncentiveCase).where(IncentiveCase.project_id.in_(projects)),
        delete(SharedFile).where(SharedFile.conversation_id.in_(conversations)),
        delete(MessageStatus).where(MessageStatus.outbox_id.in_(effects)),
        delete(OutboxRow).where(OutboxRow.conversation_id.in_(conversations)),
        delete(MediaFile).where(MediaFile.conversation_id.in_(conversations)),
        delete(ModelCall).where(ModelCall.conversation_id.in_(conversations)),
        delete(Consent).where(Consent.contact_id == contact_id),
        delete(Project).where(Project.contact_id == contact_id),
        delete(InboxRow).where(InboxRow.conversation_id.in_(conversations)),
        delete(Conversation).where(Conversation.contact_id == contact_id),
        delete(ContactIdentifier).where(ContactIdentifier.contact_id == contact_id),
        delete(Contact).where(Contact.id == contact_id),
    )
    return sum(connection.execute(statement).rowcount for statement in statements)
