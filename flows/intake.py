"""Intake: from the first hello to a confirmed project; what follows is in the other scripts."""

from flows.conditions import AllOf, AnyOf, Has, InMarket, Is, Not
from flows.definition import Ending, Slot

PINNED = Has("location")
"""A pin says where the house is: the other parts of the address are then not asked for."""

CAN_BUILD = AnyOf((Is("owner", True), Is("renter_path", "landlord")))

ADDRESS = (
    Slot(
        "street", "street", satisfied_by=("location",), follow_up=True, words_to="street", row="address", matters=True
    ),
    Slot("location", "location", comes_with="street", depends_on=("street",), row="address", matters=True),
    Slot("country", "code", comes_with="street", default="country", row="address", matters=True),
    Slot("city", "text", later=True, when=Not(PINNED), words_to="city", row="address", matters=True),
    Slot(
        "state", "text", later=True, when=AllOf((InMarket(("US",)), Not(PINNED))), depends_on=("city",),
        words_to="state", row="address", matters=True,
    ),
    Slot(
        "postal_code", "text", later=True, when=AllOf((InMarket(("US", "ES", "ZA")), Not(PINNED))),
        depends_on=("city", "state"), row="address", matters=True, variants=((InMarket(("US",)), "us"),),
    ),
)  # fmt: skip

HOME = (
    Slot("owner", "yes_no", options=("owner=true", "owner=false"), yes=(True,), no=(False,)),
    Slot(
        "renter_path", "renter", when=Is("owner", False), depends_on=("owner",), yes=("landlord",), no=("later",),
        options=("renter_path=landlord", "renter_path=later", "human"),
    ),
    Slot(
        "utility", "text", later=True, options=("@utilities",), words_to="utility",
        depends_on=("city", "state", "country"), matters=True,
    ),
    Slot(
        "monthly_bill", "money", later=True, satisfied_by=("monthly_kwh", "annual_kwh", "bill_document"),
        options=("bill_document=promised",), row="bill",
    ),
    Slot("currency", "code", comes_with="monthly_bill", default="currency"),
    Slot("monthly_kwh", "kwh", comes_with="monthly_bill", row="bill"),
    Slot("annual_kwh", "annual_kwh", comes_with="monthly_bill", row="bill"),
    Slot("bill_document", "document", comes_with="monthly_bill", row="bill"),
    Slot(
        "devices", "devices", later=True, satisfied_by=("devices_note",), options=("@devices", "devices=none"),
        no=([],), follow_up=True, words_to="devices_note", matters=True,
    ),
    Slot("devices_note", "note", comes_with="devices", row="devices"),
    Slot("wishes", "note", comes_with="consent"),
    Slot("roof_type", "roof", optional=True, options=("@roofs", "skip")),
)  # fmt: skip

CONTACTS = (
    Slot("email", "email", optional=True, options=("skip",), kept=True),
    Slot(
        "alternate_name", "person", optional=True, satisfied_by=("alternate_phone",), options=("skip",),
        variants=((Is("renter_path", "landlord"), "landlord"),), row="alternate", words_to="alternate_name",
    ),
    Slot("alternate_phone", "phone", comes_with="alternate_name", row="alternate"),
)  # fmt: skip

INTAKE = (
    Slot("name", "person", later=True, words_to="name", kept=True),
    *ADDRESS,
    *HOME,
    *CONTACTS,
    Slot("consent", "consent", when=CAN_BUILD, options=("consent=yes", "change")),
)

ENDINGS = (
    Ending("submitted", Has("consent"), "submitted", "submitted.done", submits=True),
    Ending(
        "renting", Is("renter_path", "later"), "closed", "closed.renting",
        options=("renter_path=landlord", "owner=true"),
    ),
)  # fmt: skip
