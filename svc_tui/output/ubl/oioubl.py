"""OIOUBL 2.1, which the Danish NemHandel takes until 2029. What differs from Peppol's is said where it does.

Public customers in Denmark are addressed by their GLN, companies by their CVR number.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET  # only written, never read
from decimal import Decimal
from typing import Final

from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.language.money import WHOLE, vat_of
from svc_tui.domain.orders.document import Document, DocumentLine, Party
from svc_tui.domain.orders.requirements import company_number
from svc_tui.domain.orders.totals import VatGroup
from svc_tui.output.ubl import wanted
from svc_tui.output.ubl.writing import Translate, Writer, address_of

FORMAT: Final = "oioubl"
_AGENCY: Final = {"schemeAgencyID": "320"}
_PROFILE: Final = "urn:www.nesubl.eu:profiles:profile5:ver2.0"
_CATEGORIES: Final = {"S": "StandardRated", "Z": "ZeroRated", "E": "ZeroRated", "AE": "ReverseCharge"}
"""There is none for what is exempt; the rules ask for zero."""
_TYPE: Final = {"listAgencyID": "320", "listID": "urn:oioubl:codelist:invoicetypecode-1.1"}
_LAX: Final = {"listAgencyID": "320", "listID": "urn:oioubl:codelist:addressformatcode-1.1"}
_CHANNELS: Final = "urn:oioubl:codelist:paymentchannelcode-1.1"
_ONE: Final = "EA"
_LONGEST_NAME: Final = 40


def oioubl(document: Document, translate: Translate) -> bytes:
    """The document as OIOUBL.

    Args:
        document: What was issued.
        translate: Gives texts in the document's language.

    Raises:
        Invalid: when something that the buyer's program needs is missing or wrong.
    """
    wanted.check(document)
    if document.seller.country != "DK":
        raise Invalid(N_("OIOUBL is for shops in Denmark; others write Peppol."))
    for group in document.totals.groups:
        if group.category not in _CATEGORIES:
            raise Invalid(N_("OIOUBL knows no VAT category {category}; write Peppol."), category=group.category)
    return _OioUbl(document, translate).written()


def can_write(document: Document) -> bool:
    """Whether the shop is in Denmark, and the format has a word for every kind of VAT on it."""
    return document.seller.country == "DK" and all(one.category in _CATEGORIES for one in document.totals.groups)


class _OioUbl(Writer):
    def written(self) -> bytes:
        told = self.document
        self._head()
        self._party(self.group(self.root, "AccountingSupplierParty"), told.seller, told.our_reference)
        self._party(self.group(self.root, "AccountingCustomerParty"), told.buyer, told.reference)
        if told.delivered and not self.takes_back:
            self.basic(self.group(self.root, "Delivery"), "ActualDeliveryDate", told.delivered)
        if not self.takes_back:
            self._payment()
        self.discounts()
        self.taxes(self.root, told.totals.groups)
        self.sums(told.totals.vat)  # here the tax exclusive amount is the sum of the taxes (F-INV127), not the net
        for place, line in self.lines():
            self._line(place, line)
        return self.done()

    def _head(self) -> None:
        told, root = self.document, self.root
        self.basic(root, "UBLVersionID", "2.1")
        self.basic(root, "CustomizationID", "OIOUBL-2.1")
        self.basic(root, "ProfileID", _PROFILE, schemeID="urn:oioubl:id:profileid-1.2", **_AGENCY)
        self.basic(root, "ID", told.number)
        self.basic(root, "IssueDate", told.day)
        if not self.takes_back:
            self.basic(root, "InvoiceTypeCode", "380", **_TYPE)
        self.basic(root, "Note", self.note)
        self.basic(root, "DocumentCurrencyCode", told.currency)
        if not self.takes_back:
            self.order_reference()
        self.billing_reference()

    def _party(self, parent: ET.Element, party: Party, reference: str) -> None:
        found, number = self.group(parent, "Party"), company_number(party)
        is_danish = party.country == "DK" and bool(number)
        if party.gln:
            self.basic(found, "EndpointID", party.gln, schemeID="GLN")
        elif is_danish:
            self.basic(found, "EndpointID", f"DK{number}", schemeID="DK:CVR")
        self.basic(self.group(found, "PartyName"), "Name", party.name)
        self._address(found, party)
        if is_danish:
            tax = self.group(found, "PartyTaxScheme")
            self.basic(tax, "CompanyID", f"DK{number}", schemeID="DK:SE")
            self._scheme(tax)
        legal = self.group(found, "PartyLegalEntity")
        self.basic(legal, "RegistrationName", party.name)
        if is_danish:
            self.basic(legal, "CompanyID", f"DK{number}", schemeID="DK:CVR")
        else:
            self.basic(legal, "CompanyID", party.gln or party.vat_number or party.number, schemeID="ZZZ")
        contact = self.group(found, "Contact")  # one with an ID is asked for, of the buyer too
        self.basic(contact, "ID", reference or "n/a")
        self.basic(contact, "Telephone", party.phone)
        self.basic(contact, "ElectronicMail", party.email)

    def _address(self, parent: ET.Element, party: Party) -> None:
        address = self.group(parent, "PostalAddress")
        street, post_code, city = address_of(party)
        self.basic(address, "AddressFormatCode", "StructuredLax", **_LAX)
        self.basic(address, "StreetName", ", ".join(street))
        self.basic(address, "CityName", city)
        self.basic(address, "PostalZone", post_code)
        country = party.country if len(party.country) == 2 else "DK"
        self.basic(self.group(address, "Country"), "IdentificationCode", country)

    def _payment(self) -> None:
        payment, number = self.document.payment, self.document.number
        if payment.kind.startswith("fik"):
            means = self._means("93", "DK:FIK")
            # The kind of the slip and its number stand apart; the creditor is no account of a bank.
            self.basic(means, "InstructionID", payment.reference)
            self.basic(means, "PaymentID", payment.kind[3:])
            self.basic(self.group(means, "CreditAccount"), "AccountID", payment.giro)
        if payment.account:
            means = self._means("42", "DK:BANK")
            account = self.group(means, "PayeeFinancialAccount")
            self.basic(account, "ID", payment.account)
            self.basic(account, "PaymentNote", number)
            self.basic(self.group(account, "FinancialInstitutionBranch"), "ID", payment.bank)
        elif payment.iban:
            means = self._means("31", "IBAN")
            account = self.group(means, "PayeeFinancialAccount")
            self.basic(account, "ID", payment.iban.replace(" ", ""))
            self.basic(account, "PaymentNote", number)
            branch = self.group(account, "FinancialInstitutionBranch")
            self.basic(self.group(branch, "FinancialInstitution"), "ID", payment.bic)

    def _means(self, code: str, channel: str) -> ET.Element:
        means = self.group(self.root, "PaymentMeans")
        self.basic(means, "PaymentMeansCode", code)
        self.basic(means, "PaymentDueDate", self.document.due)
        self.basic(means, "PaymentChannelCode", channel, listID=_CHANNELS)
        return means

    def category(self, parent: ET.Element, name: str, category: str, rate: int, *, says_why: bool = False) -> None:
        found = self.group(parent, name)
        self.basic(found, "ID", _CATEGORIES[category], schemeID="urn:oioubl:id:taxcategoryid-1.1", **_AGENCY)
        self.percent(found, rate)
        self._scheme(found)

    def _scheme(self, parent: ET.Element) -> None:
        scheme = self.group(parent, "TaxScheme")
        self.basic(scheme, "ID", "63", schemeID="urn:oioubl:id:taxschemeid-1.5", **_AGENCY)
        self.basic(scheme, "Name", "Moms")

    def _line(self, place: int, line: DocumentLine) -> None:
        found = self.line(place, line, _ONE)
        # A VAT on every line is asked for; it may be a crown away from that of the whole.
        self.taxes(found, (VatGroup(line.category, line.rate, line.net, vat_of(line.net, line.rate)),))
        self.item(found, line, _LONGEST_NAME)
        self.price(found, self._price_with_discount(line))

    def _price_with_discount(self, line: DocumentLine) -> Decimal:
        """The price of one less the line's discount: the amount must be price by quantity (F-INV348)."""
        if not line.quantity:
            return self.net_price(line)
        exact = Decimal(line.net) / 100 * 1000 / line.quantity
        asked = self.net_price(line) * (WHOLE - line.discount) / WHOLE
        return asked if abs(asked * line.quantity / 1000 - Decimal(line.net) / 100) < Decimal("0.01") else abs(exact)
