"""Peppol BIS Billing 3.0: an invoice or a credit note as UBL 2.1, by the rules of EN 16931."""

from __future__ import annotations

import xml.etree.ElementTree as ET  # only written, never read
from typing import Final

from svc_tui.domain.errors import N_
from svc_tui.domain.orders.document import Document, DocumentLine, Party
from svc_tui.domain.orders.requirements import company_number
from svc_tui.output.ubl import wanted
from svc_tui.output.ubl.writing import ONE, Translate, Writer, address_of

FORMAT: Final = "peppol"
_CUSTOMIZATION: Final = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
_PROFILE: Final = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
_SCHEMES: Final = {"DK": "0184", "NO": "0192", "SE": "0007"}
_GLN: Final = "0088"
_REASONS: Final = {
    "AE": N_("Reverse charge"), "E": N_("Exempt from VAT"), "O": N_("Not subject to VAT"),
    "K": N_("Delivery to another country of the EU"), "G": N_("Export"),
}  # fmt: skip
_OUTSIDE: Final = "O"
_CODES: Final = {"AE": "VATEX-EU-AE", "K": "VATEX-EU-IC", "G": "VATEX-EU-G", "O": "VATEX-EU-O"}
_FIK, _IBAN, _ACCOUNT, _TRANSFER = "93", "58", "42", "30"
"""Ways to pay (UNCL4461)."""


def peppol(document: Document, translate: Translate) -> bytes:
    """The document as UBL.

    Args:
        document: What was issued.
        translate: Gives texts in the document's language.

    Raises:
        Invalid: when something that the buyer's program needs is missing or wrong.
    """
    wanted.check(document)
    return _Peppol(document, translate).written()


class _Peppol(Writer):
    def written(self) -> bytes:
        self._head()
        self._party(self.group(self.root, "AccountingSupplierParty"), self.document.seller, is_seller=True)
        self._party(self.group(self.root, "AccountingCustomerParty"), self.document.buyer, is_seller=False)
        if self.document.delivered:
            self.basic(self.group(self.root, "Delivery"), "ActualDeliveryDate", self.document.delivered)
        self._payment()
        self.discounts()
        self.taxes(self.root, self.document.totals.groups)
        self.sums(self.document.totals.net)
        for place, line in self.lines():
            self._line(place, line)
        return self.done()

    def _head(self) -> None:
        told, root = self.document, self.root
        self.basic(root, "CustomizationID", _CUSTOMIZATION)
        self.basic(root, "ProfileID", _PROFILE)
        self.basic(root, "ID", told.number)
        self.basic(root, "IssueDate", told.day)
        if not self.takes_back:
            self.basic(root, "DueDate", told.due)
        self.basic(
            root, "CreditNoteTypeCode" if self.takes_back else "InvoiceTypeCode", "381" if self.takes_back else "380"
        )
        self.basic(root, "Note", self.note)
        self.basic(root, "DocumentCurrencyCode", told.currency)
        self.basic(root, "BuyerReference", told.reference)
        self.order_reference()
        self.billing_reference()

    def _party(self, parent: ET.Element, party: Party, *, is_seller: bool) -> None:
        found = self.group(parent, "Party")
        number, scheme = company_number(party), _SCHEMES.get(party.country, "")
        if party.gln:
            self.basic(found, "EndpointID", party.gln, schemeID=_GLN)
        elif scheme and number:
            self.basic(found, "EndpointID", number, schemeID=scheme)
        self.basic(self.group(found, "PartyName"), "Name", party.name)
        self._address(found, party)
        if number:
            self._tax_scheme(found, _vat_id(party, number), "VAT")
        if is_seller and self.document.legal_line:
            self._tax_scheme(found, self.document.legal_line, "TAX")
        legal = self.group(found, "PartyLegalEntity")
        self.basic(legal, "RegistrationName", party.name)
        if number:
            self.basic(legal, "CompanyID", number, **({"schemeID": scheme} if scheme else {}))
        if is_seller and (self.document.our_reference or party.phone or party.email):
            contact = self.group(found, "Contact")
            self.basic(contact, "Name", self.document.our_reference)
            self.basic(contact, "Telephone", party.phone)
            self.basic(contact, "ElectronicMail", party.email)

    def _address(self, parent: ET.Element, party: Party) -> None:
        address = self.group(parent, "PostalAddress")
        street, post_code, city = address_of(party)
        self.basic(address, "StreetName", street[0] if street else "")
        self.basic(address, "AdditionalStreetName", ", ".join(street[1:]))
        self.basic(address, "CityName", city)
        self.basic(address, "PostalZone", post_code)
        country = party.country if len(party.country) == 2 else self.document.seller.country
        self.basic(self.group(address, "Country"), "IdentificationCode", country)

    def _tax_scheme(self, parent: ET.Element, number: str, scheme: str) -> None:
        found = self.group(parent, "PartyTaxScheme")
        self.basic(found, "CompanyID", number)
        self.basic(self.group(found, "TaxScheme"), "ID", scheme)

    # -- money ------------------------------------------------------------------------------------------------

    def _payment(self) -> None:
        told, payment = self.document, self.document.payment
        reference = payment.reference or told.number
        # One way to pay, for all of a document must be the same; on paper the others stand too.
        if payment.kind.startswith("fik"):
            self._means(_FIK, f"{payment.kind[3:]}#{payment.reference}", payment.giro)
        elif payment.iban:
            self._means(_IBAN, reference, payment.iban.replace(" ", ""), payment.bic)
        elif payment.giro and told.seller.country == "SE":
            self._means(_TRANSFER, reference, payment.giro, "SE:BANKGIRO")
        elif payment.account and told.seller.country == "DK":
            self._means(_ACCOUNT, reference, payment.account, payment.bank)
        elif payment.account:
            self._means(_TRANSFER, reference, payment.account)
        terms = told.terms_text
        if terms and not self.takes_back:
            self.basic(self.group(self.root, "PaymentTerms"), "Note", terms)

    def _means(self, code: str, reference: str, account: str, branch: str = "") -> None:
        means = self.group(self.root, "PaymentMeans")
        self.basic(means, "PaymentMeansCode", code)
        self.basic(means, "PaymentID", reference)
        found = self.group(means, "PayeeFinancialAccount")
        self.basic(found, "ID", account)
        if branch:
            self.basic(self.group(found, "FinancialInstitutionBranch"), "ID", branch)

    def category(self, parent: ET.Element, name: str, category: str, rate: int, *, says_why: bool = False) -> None:
        found = self.group(parent, name)
        self.basic(found, "ID", category)
        if category != _OUTSIDE:
            self.percent(found, rate)
        if says_why and category in _REASONS:
            self.basic(found, "TaxExemptionReasonCode", _CODES.get(category, ""))
            self.basic(found, "TaxExemptionReason", self.translate(_REASONS[category]))
        self.basic(self.group(found, "TaxScheme"), "ID", "VAT")

    # -- lines ------------------------------------------------------------------------------------------------

    def _line(self, place: int, line: DocumentLine) -> None:
        found = self.line(place, line, ONE)
        if cut := self.cut(line):
            self.allowance(found, cut)
        self.item(found, line)
        self.price(found, self.net_price(line))


def _vat_id(party: Party, number: str) -> str:
    """The number as other countries know it."""
    match party.country:
        case "NO":
            return f"NO{number}MVA"
        case "SE":
            return f"SE{number}01"
        case "DK":
            return f"DK{number}"
    return "".join(party.vat_number.split()).upper()
