"""The names other programs and people give to the columns of a contact or product list.

Names are compared without case, accents, spaces and punctuation (`fold_name`), so `E-post`, `e post` and `EPOST` are
one. Within a field the likelier name stands first; a column serves the first field that claims it. So `Kunde` is the
name in a list that has no other, and a yes/no flag in one that has; and `Navn` beside `Firma` is the contact person,
which whoever imports takes for the name where the company is empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from svc_tui.domain.text import search_key

Columns = Mapping[str, tuple[str, ...]]

# Per field: Mamut's tag (its XML formats, kept as headings by converters), then Danish, Norwegian, Swedish, English.

CONTACT_COLUMNS: Final[Columns] = MappingProxyType(
    {
        "number": (
            *("CONTID", "Kundenummer", "Kundenr", "Kunde-id", "Kontaktnummer", "Kontaktnr", "Debitornummer"),
            *("Debitornr", "Kundnummer", "Kundnr", "Customer number", "Customer no", "Customer ID", "Contact number"),
            *("Contact no", "Contact ID", "Account number", "Nummer", "Nr", "Number", "No", "ID"),
        ),
        "supplier_number": (
            *("Leverandørnummer", "Leverandørnr", "Leverandør-id", "Kreditornummer", "Kreditornr"),
            *("Leverantörsnummer", "Leverantörsnr", "Supplier number", "Supplier no", "Supplier ID", "Vendor number"),
        ),
        "name": (
            *("CONTNAME", "Firmanavn", "Virksomhedsnavn", "Bedriftsnavn", "Foretaksnavn", "Företagsnamn"),
            *(
                "Company name",
                "Kundenavn",
                "Kundnamn",
                "Customer name",
                "Kontaktnavn",
                "Contact name",
                "Leverandørnavn",
            ),
            *("Leverantörsnamn", "Supplier name", "Firma", "Virksomhed", "Bedrift", "Företag", "Company"),
            *("Navn", "Namn", "Name", "Full name", "Kontakt", "Contact", "Kunde", "Kund", "Customer"),
        ),
        "vat_number": (
            *("CVR", "CVR-nr", "CVR-nummer", "CVR/SE-nr", "SE-nr", "SE-nummer", "Momsnummer", "Momsnr"),
            *("Organisasjonsnummer", "Org.nr", "Orgnummer", "Foretaksnummer", "Organisationsnummer"),
            *("Organisationsnr", "Momsregistreringsnummer", "VAT-nummer", "VAT-nr", "VAT number", "VAT no"),
            *("VAT reg no", "VAT registration number", "Company number", "Company registration number", "Tax number"),
        ),
        "is_customer": ("Er kunde", "Är kund", "Is customer", "Kunde", "Kund", "Customer"),
        "is_supplier": (
            "Er leverandør",
            "Är leverantör",
            "Is supplier",
            "Leverandør",
            "Leverantör",
            "Supplier",
            "Vendor",
        ),
        "is_company": ("Er firma", "Er virksomhed", "Er bedrift", "Är företag", "Is company", "Erhverv", "Business"),
        "is_private": ("Er privat", "Privat", "Privatkunde", "Privatkund", "Privatperson", "Private", "Is private"),
        "address": (
            *("STREET", "Adresse", "Adresse 1", "Gade", "Vej", "Gadenavn", "Vejnavn", "Postadresse", "Besøgsadresse"),
            *("Gateadresse", "Gate", "Besøksadresse", "Adress", "Adress 1", "Gatuadress", "Postadress"),
            *("Utdelningsadress", "Besöksadress", "Address", "Address 1", "Address line 1", "Street address"),
            "Postal address",
        ),
        "address_2": ("Adresse 2", "Adress 2", "Address 2", "Address line 2", "Adresselinje 2", "c/o"),
        "post_code": ("ZIPCODE", "Postnummer", "Postnr", "Postkode", "Postcode", "Post code", "Postal code", "ZIP"),
        "city": (
            *("CITY", "By", "Bynavn", "Postdistrikt", "Poststed", "Sted", "Postort", "Ort", "Stad", "Town"),
            "Post town",
        ),
        "country": ("Land", "Landekode", "Landkode", "Landskod", "Country", "Country code"),
        "phone": (
            *("PHONE1", "Telefon", "Telefonnummer", "Telefonnr", "Telefon 1", "Tlf", "Tlf.nr", "Tlf 1", "Fastnet"),
            *("Telefon arbejde", "Telefon jobb", "Tel", "Tel.nr", "Phone", "Phone number", "Phone no", "Telephone"),
            *("Telephone number", "Telephone 1"),
        ),
        "mobile": (
            *("Mobil", "Mobiltelefon", "Mobilnummer", "Mobilnr", "Mobiltlf", "Mobile", "Mobile phone"),
            *("Mobile number", "Mobile no", "Cell", "Cell phone"),
        ),
        "email": (
            *("EMAIL", "E-mail", "E-mailadresse", "Mail", "Mailadresse", "E-post", "E-postadresse", "E-postadress"),
            *("Email address", "Mejl"),
        ),
        "person_name": (
            *("Kontaktperson", "Kontaktpersonens navn", "Kontaktperson navn", "Kontaktpersonens namn"),
            *(
                "Kontaktperson namn",
                "Att",
                "Attention",
                "Contact person",
                "Contact person name",
                "Contact person's name",
            ),
            *("Deres reference", "Deres referanse", "Er referens", "Your reference"),
            *("Kontakt", "Contact", "Navn", "Namn", "Name", "Full name"),
        ),
        "person_first_name": (
            *("CPERSFIRSTNAME", "Kontaktperson, fornavn", "Kontaktpersonens fornavn", "Kontaktperson, förnamn"),
            *("Kontaktpersonens förnamn", "Contact person, first name", "Contact first name", "Fornavn", "Förnamn"),
            *("First name", "Forename"),
        ),
        "person_last_name": (
            *("CPERSLASTNAME", "Kontaktperson, efternavn", "Kontaktpersonens efternavn", "Kontaktperson, etternavn"),
            *("Kontaktpersonens etternavn", "Kontaktperson, efternamn", "Kontaktpersonens efternamn"),
            *("Contact person, surname", "Contact person, last name", "Contact last name", "Contact surname"),
            *("Efternavn", "Etternavn", "Efternamn", "Surname", "Last name"),
        ),
        "person_phone": (
            *("CPERSPHONE", "Kontaktperson, telefon", "Kontaktpersonens telefon", "Kontaktperson, tlf"),
            *("Kontaktperson, mobil", "Kontaktpersonens mobil", "Contact person, telephone", "Contact person, phone"),
            *("Contact person, mobile", "Contact phone"),
        ),
        "person_email": (
            *("CPERSMAIL", "Kontaktperson, e-mail", "Kontaktpersonens e-mail", "Kontaktperson, e-post"),
            *("Kontaktpersonens e-post", "Contact person, e-mail", "Contact email"),
        ),
        "note": (
            *("Note", "Notat", "Noter", "Notater", "Bemærkning", "Bemærkninger", "Merknad", "Merknader"),
            *("Kommentar", "Kommentarer", "Anteckning", "Anteckningar", "Notes", "Comment", "Comments", "Remarks"),
        ),
        "retired": ("Inaktiv", "Inactive", "Passiv", "Udgået", "Utgått", "Retired"),
    }
)

PRODUCT_COLUMNS: Final[Columns] = MappingProxyType(
    {
        "code": (
            *("PRODID", "Produktnummer", "Produktnr", "Varenummer", "Varenr", "Produktkode", "Varekode"),
            *("Artikkelnummer", "Artikkelnr", "Artikelnummer", "Artikelnr", "Art.nr", "Varunummer", "Produktkod"),
            *("Product number", "Product no", "Product code", "Product ID", "Item number", "Item no", "Item code"),
            *("Article number", "Article no", "Part number", "Part no", "SKU", "Kode", "Kod", "Code", "Nummer", "Nr"),
            *("Number", "No"),
        ),
        "name": (
            *("Produktnavn", "Varenavn", "Navn", "Varetekst", "Vare", "Beskrivelse/navn", "Beskrivelse"),
            *("Produktbeskrivelse", "Varebeskrivelse", "Betegnelse", "Benævnelse", "Artikkelnavn", "Produktnamn"),
            *("Artikelnamn", "Namn", "Benämning", "Beskrivning", "Product name", "Item name", "Article name", "Name"),
            *("Title", "Description/Name", "Description", "Product description", "Tekst", "Text", "Produkt", "Product"),
        ),
        "unit": (
            *("Enhed", "Enhet", "Pakkeenhed", "Pakkeenhet", "Salgsenhed", "Salgsenhet", "Försäljningsenhet"),
            *("Unit", "Unit of measure", "UOM", "Sales unit"),
        ),
        "price": (
            *("PRICEOUT", "Salgspris", "Salgspris ekskl. moms", "Salgspris eks. moms", "Salgspris ex. moms"),
            *("Salgspris eks. mva", "Pris", "Pris ekskl. moms", "Pris eks. moms", "Pris ex. moms", "Pris eks. mva"),
            *("Enhedspris", "Enhetspris", "Försäljningspris", "Försäljningspris exkl. moms", "Utpris"),
            *("Pris exkl. moms", "Sales price", "Sales price excl. VAT", "Selling price", "Price", "Price excl. VAT"),
            "Unit price",
        ),
        "cost": (
            *("PRICECOST", "Kostpris", "Kostpris ekskl. moms", "Kostpris eks. mva", "Kostnadspris", "Självkostnad"),
            *("Självkostnadspris", "Cost price", "Cost price excl. VAT", "Cost", "Unit cost"),
        ),
        "purchase_price": (
            *("PRICEIN", "Indkøbspris", "Indkøbspris ekskl. moms", "Købspris", "Innkjøpspris"),
            *("Innkjøpspris eks. mva", "Inköpspris", "Inköpspris exkl. moms", "Inpris", "Purchase price"),
            *("Purchase price excl. VAT", "Buying price"),
        ),
        "vat_rate": (
            *("Moms", "Moms %", "Momssats", "Momsprocent", "Mva", "Mva-sats", "Mva-prosent", "VAT", "VAT %"),
            *("VAT rate", "VAT percent", "Tax rate"),
        ),
        "vat_code": (
            *("VATCODE", "Momskode", "Udgående moms", "Udgående momskode", "Mva-kode", "Utgående mva"),
            *("Utgående mva-kode", "Momskod", "Utgående moms", "VAT code", "Output VAT code", "Output VAT"),
        ),
        "ean": (
            *("EANCODE", "EAN", "EAN-kode", "EAN-nummer", "EAN-nr", "EAN-kod", "EAN13", "EAN code", "EAN number"),
            *("GTIN", "Stregkode", "Strekkode", "Streckkod", "Barcode"),
        ),
        "supplier": (
            *("Leverandør", "Leverandørnavn", "Hovedleverandør", "Leverantör", "Leverantörsnamn", "Supplier"),
            *("Supplier name", "Main supplier", "Vendor", "Vendor name"),
        ),
        "supplier_number": (
            *("Leverandørnummer", "Leverandørnr", "Leverantörsnummer", "Leverantörsnr", "Supplier number"),
            *("Supplier no", "Supplier ID", "Vendor number", "Vendor no"),
        ),
        "supplier_code": (
            *("VENDCODE", "Leverandørens produktnummer", "Leverandørens produktnr", "Leverandørens varenummer"),
            *("Leverandørens varenr", "Lev. varenr", "Leverandørvarenummer", "Leverandørs varenr"),
            *("Leverandørens artikkelnummer", "Leverantörens artikelnummer", "Leverantörens artikelnr", "Lev. artnr"),
            *("Supplier's product number", "Supplier product number", "Supplier's item number"),
            *("Supplier item number", "Supplier part number", "Supplier code", "Vendor item number"),
        ),
        "stock": (
            *("STORESTOCK", "Lagerbeholdning", "Beholdning", "Lager", "Lagerantal", "Antal på lager", "På lager"),
            *("Antall på lager", "Lagersaldo", "Saldo", "Antal i lager", "I lager", "Stock", "Stock quantity"),
            *("Quantity in stock", "In stock", "On hand", "Antal", "Antall", "Quantity", "Qty"),
        ),
        "product_group": (
            *("Produktgruppe", "Varegruppe", "Gruppe", "Produktgrupp", "Artikelgrupp", "Varugrupp", "Grupp"),
            *("Product group", "Item group", "Group", "Kategori", "Category", "DATA21"),
        ),
        "kind": (
            *("Produkttype", "Varetype", "Type", "Slags", "Produkttyp", "Artikeltyp", "Typ", "Product type"),
            *("Item type", "Kind"),
        ),
        "note": CONTACT_COLUMNS["note"],
        "retired": CONTACT_COLUMNS["retired"],
    }
)

NUMBER_FIELDS: Final = ("price", "cost", "purchase_price", "vat_rate", "stock")
"""The product fields whose values tell how a file writes its decimals."""

MAMUT_FORMAT: Final = r"GBA[A-Z]{1,2}[0-9]{2}"
"""What the first value of a file in one of Mamut's own formats looks like; such a file has no heading line."""

MAMUT_LAYOUTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "GBAP15": (
            *("Format", "PRODID", "Description", "Unit", "Weight", "Volume", "PRICECOST", "PRICEOUT", "VATCODE"),
            *("DATA21", "Subgroup", "PRICEIN", "VENDCODE", "STORESTOCK", "Warehouse", "Input VAT code", "EANCODE"),
        ),
    }
)
"""The columns of Mamut's semicolon formats that are known by position (decimals are written with a point)."""


def fold_name(name: str) -> str:
    """A column name as it is compared: its letters and digits, without case and accents."""
    return "".join(letter for letter in search_key(name) if letter.isalnum())
