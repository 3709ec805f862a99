"""Taking a contact, a device or a product out of use, and back into it."""

from __future__ import annotations

from svc_tui.domain.entries import Register
from svc_tui.services.core.session import Session
from svc_tui.services.people import contact_card
from svc_tui.services.stock import device_card, product_card


def retire(session: Session, register: Register, entry_id: int, retired: bool) -> None:
    """Offer an entry no longer, or again; jobs that name it still do.

    Raises:
        NotFound: when it is gone.
        NotAllowed, DatabaseTrouble, Unclear: as for any act.
    """
    wanted = {"retired": retired}
    if register is Register.CONTACTS:
        contact = contact_card.open_card(session, entry_id)
        edit = contact_card.ContactEdit(contact, contact.values | wanted, contact.persons)
        contact_card.save(session, edit)
    elif register is Register.DEVICES:
        device = device_card.open_card(session, entry_id)
        device_card.save(session, device_card.DeviceEdit(device, device.values | wanted))
    else:
        product = product_card.open_card(session, entry_id)
        product_card.save(session, product_card.ProductEdit(product, product.values | wanted))
