"""Customers come to be, change their devices and get applications, whichever contract asked."""

from __future__ import annotations

import uuid

from tools.sandbox.gate import this_world
from tools.sandbox.leap.access import this_book
from tools.sandbox.leap.computing import Evaluated, total
from tools.sandbox.leap.records import Application, Customer, Owned
from tools.sandbox.leap.territories import Utility


def add_customer(
    reference: str, classification: str, address: dict[str, str], utilities: tuple[Utility, ...], devices: list[Owned]
) -> Customer:
    book = this_book()
    customer = Customer(book.next_number(), reference, classification, address, utilities, devices)
    book.customers[reference] = customer
    return customer


def open_applications(customer: Customer, evaluated: list[Evaluated]) -> None:
    """One application for each programme with something eligible; those there are get the latest devices."""
    world, book = this_world(), this_book()
    now = world.clock.now()
    devices = [owned.id for owned in customer.devices]
    for result in evaluated:
        programme = result.programme
        if not result.eligible_checks:
            continue
        known = book.find_application(customer.reference_id, programme.id)
        if known is not None:
            known.device_ids, known.updated_at = devices, now
            continue
        fresh = Application(
            str(uuid.uuid4()), customer.reference_id, programme.id, programme.name, now, now, list(devices)
        )
        book.applications[fresh.id] = fresh
        world.ledger.write(
            "leap_application_created", id=fresh.id, reference_id=fresh.reference_id, program_id=programme.id
        )


def move_application(application: Application, status: str) -> None:
    world = this_world()
    application.status = status
    application.updated_at = world.clock.now()
    world.store.touch()
    world.ledger.write(
        "leap_application_moved", id=application.id, reference_id=application.reference_id, status=status
    )


def connect_url(customer: Customer) -> str:
    options = this_world().options
    return f"{options.leap_connect_url}/{options.leap_company}/refId/{customer.reference_id}"


def note_computed(
    contract: str, operation: str, customer: Customer, evaluated: list[Evaluated], *, applied: bool
) -> None:
    world = this_world()
    world.store.touch()
    world.ledger.write(
        "leap_incentives_computed",
        contract=contract,
        operation=operation,
        reference_id=customer.reference_id,
        eiaid=customer.utilities[0].eiaid,
        classification=customer.classification,
        devices=[owned.device.id for owned in customer.devices],
        create_application=applied,
        install_amount=total(evaluated, "INSTALL"),
        ongoing_amount=total(evaluated, "ONGOING"),
    )
