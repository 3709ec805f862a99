"""Peppol BIS Billing 3.0: an invoice or a credit note as UBL 2.1, by the rules of EN 16931."""

from __future__ import annotations

import xml.etree.ElementTree as ET  # only written, never read
from collections.abc import Callable
from typing import Final

from svc_tui.domain.errors import N_
from svc_tui.domain.orders.document import Document, DocumentLine, Party
from svc_tui.output.ubl import wanted
from svc_tui.output.ubl.writing import Writer, address_of, is_unit_known

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

Translate = Callable[[str], str]


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
    def __init__(self, document: Document, translate: Translate) -> None:
        super().__init__(document)
        self.translate = translate

    def written(self) -> bytes:
        self._head()
        self._party(self.group(self.root, "AccountingSupplierParty"), self.document.seller, is_seller=True)
        self._party(self.group(self.root, "AccountingCustomerParty"), self.document.buyer, is_seller=False)
        if self.document.delivered:
            self.basic(self.group(self.root, "Delivery"), "ActualDeliveryDate", self.document.delivered)
        self._payment()
        self._discounts()
        self._taxes()
        self._sums()
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
        self.basic(root, "Note", "\n".join(filter(None, (told.reason, told.note))))
        self.basic(root, "DocumentCurrencyCode", told.currency)
        self.basic(root, "BuyerReference", told.reference)
        if told.orders:
            self.basic(self.group(root, "OrderReference"), "ID", told.orders[0])
        if told.takes_back:
            of = self.group(self.group(root, "BillingReference"), "InvoiceDocumentReference")
            self.basic(of, "ID", told.takes_back.number)
            self.basic(of, "IssueDate", told.takes_back.day)

    def _party(self, parent: ET.Element, party: Party, *, is_seller: bool) -> None:
        found = self.group(parent, "Party")
        number, scheme = wanted.company_number(party), _SCHEMES.get(party.country, "")
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

    def _discounts(self) -> None:
        for one in self.document.totals.allowances:
            found = self.group(self.root, "AllowanceCharge")
            self._allowance(found, one.amount)
            self._category(found, "TaxCategory", one.category, one.rate)

    def _allowance(self, found: ET.Element, amount: int) -> None:
        """What is taken off; below zero, what is put on."""
        self.basic(found, "ChargeIndicator", "false" if amount >= 0 else "true")
        reason = N_("Discount") if amount >= 0 else N_("Rounding")
        self.basic(found, "AllowanceChargeReason", self.translate(reason))
        self.amount(found, "Amount", abs(amount))

    def _taxes(self) -> None:
        total = self.group(self.root, "TaxTotal")
        self.amount(total, "TaxAmount", self.document.totals.vat)
        for group in self.document.totals.groups:
            part = self.group(total, "TaxSubtotal")
            self.amount(part, "TaxableAmount", group.base)
            self.amount(part, "TaxAmount", group.vat)
            self._category(part, "TaxCategory", group.category, group.rate, says_why=True)

    def _category(self, parent: ET.Element, name: str, category: str, rate: int, *, says_why: bool = False) -> None:
        found = self.group(parent, name)
        self.basic(found, "ID", category)
        if category != _OUTSIDE:
            self.percent(found, rate)
        if says_why and category in _REASONS:
            self.basic(found, "TaxExemptionReasonCode", _CODES.get(category, ""))
            self.basic(found, "TaxExemptionReason", self.translate(_REASONS[category]))
        self.basic(self.group(found, "TaxScheme"), "ID", "VAT")

    def _sums(self) -> None:
        told, found = self.document.totals, self.group(self.root, "LegalMonetaryTotal")
        self.amount(found, "LineExtensionAmount", told.line_sum)
        self.amount(found, "TaxExclusiveAmount", told.net)
        self.amount(found, "TaxInclusiveAmount", told.gross)
        off = sum(one.amount for one in told.allowances if one.amount > 0)
        on = -sum(one.amount for one in told.allowances if one.amount < 0)
        for name, value in (
            ("AllowanceTotalAmount", off), ("ChargeTotalAmount", on), ("PrepaidAmount", told.prepaid),
            ("PayableRoundingAmount", told.rounding),
        ):  # fmt: skip
            if value:
                self.amount(found, name, value)
        self.amount(found, "PayableAmount", told.payable)

    # -- lines ------------------------------------------------------------------------------------------------

    def _line(self, place: int, line: DocumentLine) -> None:
        found = self.group(self.root, "CreditNoteLine" if self.takes_back else "InvoiceLine")
        self.basic(found, "ID", place)
        self.quantity(found, line)
        self.amount(found, "LineExtensionAmount", line.net)
        if cut := self.cut(line):
            self._allowance(self.group(found, "AllowanceCharge"), cut)
        item = self.group(found, "Item")
        about = [line.device] if line.device else []
        about += [line.unit] if not is_unit_known(line.unit) else []
        self.basic(item, "Description", ", ".join(about))
        self.basic(item, "Name", line.text)
        if line.code:
            self.basic(self.group(item, "SellersItemIdentification"), "ID", line.code)
        self._category(item, "ClassifiedTaxCategory", line.category, line.rate)
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
