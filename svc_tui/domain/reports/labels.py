"""What is grouped by, and what a table of statistics has in its columns, in words. Message ids."""

from __future__ import annotations

from typing import Final

from svc_tui.domain.errors import N_
from svc_tui.domain.reports.figures import Basis, By

BY_LABELS: Final = {
    By.TYPE: N_("Type"),
    By.STATUS: N_("Status"),
    By.RESPONSIBLE: N_("Responsible"),
    By.CUSTOMER: N_("Customer"),
    By.SUPPLIER: N_("Supplier"),
    By.PRODUCT: N_("Product"),
    By.MODEL: N_("Brand and model"),
    By.MONTH: N_("Month"),
}
BASIS_LABELS: Final = {Basis.FINISHED: N_("by finish"), Basis.REGISTERED: N_("by registration")}

COLUMNS: Final = (
    N_("Registered"), N_("Finished"), N_("Open"), N_("Hours to finish, median"), N_("Hours to finish, 90 %"),
    N_("Waiting, %"), N_("Hours of work"), N_("Finished on a device"), N_("Back within 30 days"),
    N_("Fixed at once, %"),
)  # fmt: skip
"""Headings of a file, behind the name of the group."""
