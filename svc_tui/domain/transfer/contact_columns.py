"""The names that other programs and people give to the columns of a contact list; see `csv_columns`.

Per field: Mamut's tag (its XML formats, kept as headings by converters), then Danish, Norwegian, Swedish, English, and
the names of the address books and shop programs whose exports are common.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

CONTACT_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "number": (
            *(
                "CONTID",
                "Kundenummer",
                "Kundenr",
                "Kunde-id",
                "Kunde nr",
                "Kontaktnummer",
                "Kontaktnr",
                "Debitornummer",
            ),
            *("Debitornr", "Debitorkonto", "Kundekonto", "Kundnummer", "Kundnr", "Customer number", "Customer no"),
            *("Customer ID", "Customer code", "Customer account", "Contact number", "Contact no", "Contact ID"),
            *("Client number", "Client ID", "Account number", "Account no", "Medlemsnummer", "Nummer", "Nr", "Number"),
            *("No", "Konto", "Account"),
        ),
        "external_key": (
            *("External key", "External ID", "Ekstern nøgle", "Ekstern ID", "Ekstern reference", "Record ID", "ID"),
            *("Customer GUID", "GUID", "UUID", "UID"),
        ),
        "supplier_number": (
            *("Leverandørnummer", "Leverandørnr", "Leverandør-id", "Kreditornummer", "Kreditornr", "Kreditorkonto"),
            *("Leverandørkonto", "Leverantörsnummer", "Leverantörsnr", "Supplier number", "Supplier no", "Supplier ID"),
            *("Supplier code", "Vendor number", "Vendor no", "Vendor ID", "Vendor code", "Creditor number"),
        ),
        "name": (
            *("CONTNAME", "Firmanavn", "Virksomhedsnavn", "Bedriftsnavn", "Foretaksnavn", "Företagsnamn"),
            *("Company name", "Business name", "Business then name", "Organization name", "Organisation name"),
            *(
                "Organization 1 - Name",
                "Organisationsnavn",
                "Organisasjonsnavn",
                "Account name",
                "Kundenavn",
                "Kundnamn",
            ),
            *("Customer name", "Kontaktnavn", "Contact name", "Leverandørnavn", "Leverantörsnamn", "Kreditornavn"),
            *("Debitornavn", "Kontonavn", "Supplier name", "Vendor name", "Client name", "Firma", "Virksomhed"),
            *("Bedrift", "Företag", "Company", "Organization", "Organisation", "Navn", "Namn", "Name", "Full name"),
            *("Fulde navn", "Fullt navn", "Display name", "Vist navn", "Visningsnavn", "Kontakt", "Contact", "Kunde"),
            *("Kund", "Customer"),
        ),
        "vat_number": (
            *(
                "CVR",
                "CVR-nr",
                "CVR-nummer",
                "CVR nummer (DK)",
                "CVR/SE-nr",
                "SE-nr",
                "SE-nummer",
                "Momsnummer",
                "Momsnr",
            ),
            *("Organisasjonsnummer", "Organisasjonsnr", "Org.nr", "Orgnummer", "Foretaksnummer", "Organisationsnummer"),
            *("Organisationsnr", "Momsregistreringsnummer", "VAT-nummer", "VAT-nr", "VAT number", "VAT no", "VAT"),
            *("VAT ID", "Tax ID", "VAT reg no", "VAT registration number", "Company number", "Tax number"),
            *(
                "Company registration number",
                "Registration number",
                "Registration no",
                "EU VAT number",
                "CVRnummer",
                "Vatnumber",
            ),
        ),
        "is_customer": ("Er kunde", "Är kund", "Is customer", "Kunde", "Kund", "Customer"),
        "is_supplier": (
            *("Er leverandør", "Är leverantör", "Is supplier", "Is vendor", "Leverandør", "Leverantör", "Supplier"),
            "Vendor",
        ),
        "is_company": (
            *("Er firma", "Er virksomhed", "Er bedrift", "Är företag", "Is company", "Is a company", "Erhverv"),
            "Business",
        ),
        "is_private": (
            *("Er privat", "Privat", "Privatkunde", "Privatkund", "Privatperson", "Private", "Is private"),
            *("Er privatperson", "Er person", "Är privatperson", "Is person", "Is individual"),
        ),
        "contact_type": (
            *(
                "Kontakttype",
                "Kundetype",
                "Type",
                "Kundtyp",
                "Kontakttyp",
                "Contact type",
                "Customer type",
                "Company type",
                "Typ",
            ),
        ),
        "address": (
            *("STREET", "Adresse", "Adresse 1", "Adresse linje 1", "Adresselinje 1", "Gade", "Gade og nr", "Vej"),
            *("Gadenavn", "Vejnavn", "Gade/vej", "Postadresse", "Besøgsadresse", "Gateadresse", "Gate"),
            *("Besøksadresse", "Adress", "Adress 1", "Adressrad 1", "Gatuadress", "Gata", "Postadress"),
            *("Utdelningsadress", "Besöksadress", "Address", "Address 1", "Address line 1", "Address 1 - Street"),
            *("Street", "Street 1", "Street address", "Street line 1", "Postal address"),
        ),
        "house_number": ("Husnr", "Husnummer", "House number", "House no", "Street number", "Street no", "Gatenummer"),
        "address_2": (
            *("Adresse 2", "Adresse linje 2", "Adresselinje 2", "Adress 2", "Adressrad 2", "Address 2"),
            *("Address line 2", "Address 1 - Extended address", "Street 2", "Gade 2", "Street line 2", "Apartment"),
            *("Lejlighed", "Etage", "Suite", "c/o", "Postadresse 2", "Postadress 2"),
        ),
        "address_3": ("Adresse 3", "Adress 3", "Address 3", "Address line 3", "Street 3", "Gade 3", "Adresselinje 3"),
        "post_code": (
            *("ZIPCODE", "Postnummer", "Postnr", "Postkode", "Postcode", "Post code", "Postal code", "ZIP"),
            *("ZIP/Postal code", "Address 1 - Postal code", "Postal", "PLZ", "Billing code", "Mailing code"),
            "Zipcode text",
        ),
        "city": (
            *("CITY", "By", "Bynavn", "Postdistrikt", "Poststed", "Sted", "Postort", "Ort", "Stad", "Town", "Locality"),
            *("Post town", "Address 1 - City", "Address locality", "City text"),
        ),
        "post_town": (
            *("Post/by", "Postnr/by", "Postnr. og by", "Postnummer og by", "Postnr by", "Postnummer/by"),
            *("Postnr/Poststed", "Postnr og sted", "Postnr/ort", "Zip/City", "Zip and city", "Postal code and city"),
        ),
        "country": (
            *("Land", "Landekode", "Landkode", "Landskod", "Country", "Country code", "Country/Region"),
            *("Land/område", "Land/region", "Address 1 - Country", "Country key", "Country ID"),
        ),
        "phone": (
            *("PHONE1", "Telefon", "Telefonnummer", "Telefonnr", "Telefon 1", "Tlf", "Tlf.nr", "Tlf 1", "Fastnet"),
            *(
                "Telefon og fax",
                "Fastnettelefon",
                "Tel",
                "Tel.nr",
                "Phone",
                "Phone number",
                "Phone no",
                "Phone 1",
                "Telephone",
            ),
            *("Telephone number", "Telephone 1", "Landline", "Main phone", "Primary phone", "Primær telefon"),
        ),
        "mobile": (
            *("Mobil", "Mobiltelefon", "Mobilnummer", "Mobilnr", "Mobiltlf", "Mobiltelefonnummer", "Mobile"),
            *("Mobile phone", "Mobile number", "Mobile phone number", "Mobile no", "Cell", "Cell phone", "Cellphone"),
            *("Cell number", "Telefon 2", "Tlf 2", "Phone 2", "Telephone 2", "Anden telefon", "Alternativ telefon"),
        ),
        "email": (
            *("EMAIL", "E-mail", "E-mailadresse", "E-mail-adresse", "Mail", "Mailadresse", "E-post", "E-postadresse"),
            *("E-postadress", "Email address", "E-mail address", "E-mail 1", "E-mail 1 - Value", "Mejl", "Mejladress"),
            *(
                "E-mail 2",
                "E-mail 2-adresse",
                "E-mail 2 address",
                "E-mail 2 - Value",
                "Faktura-e-mail",
                "Invoice email",
            ),
        ),
        "person_name": (
            *("Kontaktperson", "Kontaktpersonens navn", "Kontaktperson navn", "Kontaktpersonens namn"),
            *("Kontaktperson namn", "Att", "Att.person", "Attention", "Attn", "Contact person", "Contact person name"),
            *("Contact persons", "Kontaktpersoner"),
            *("Contact person's name", "Primary contact", "Primær kontakt", "Deres reference", "Deres referanse"),
            *(
                "Er referens",
                "Your reference",
                "Kontakt",
                "Contact",
                "Navn",
                "Namn",
                "Name",
                "Full name",
                "Display name",
            ),
        ),
        "person_first_name": (
            *("CPERSFIRSTNAME", "Kontaktperson, fornavn", "Kontaktpersonens fornavn", "Kontaktperson, förnamn"),
            *("Kontaktpersonens förnamn", "Contact person, first name", "Contact first name", "Fornavn", "Förnamn"),
            *("First name", "Forename", "Given name"),
        ),
        "person_middle_name": ("Mellemnavn", "Mellomnavn", "Mellannamn", "Middle name", "Additional name"),
        "person_last_name": (
            *("CPERSLASTNAME", "Kontaktperson, efternavn", "Kontaktpersonens efternavn", "Kontaktperson, etternavn"),
            *("Kontaktpersonens etternavn", "Kontaktperson, efternamn", "Kontaktpersonens efternamn"),
            *("Contact person, surname", "Contact person, last name", "Contact last name", "Contact surname"),
            *("Efternavn", "Etternavn", "Efternamn", "Surname", "Last name", "Family name"),
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
            *("Customer notes", "Internal note", "Intern note"),
        ),
        "retired": ("Inaktiv", "Inactive", "Passiv", "Udgået", "Utgått", "Retired", "Disabled", "Archived", "Spærret"),
        "active": ("Aktiv", "Active", "Is active", "Enabled"),
    }
)

GROUPED_FIELDS: Final = (
    *("address", "address_2", "address_3", "post_code", "city", "post_town", "country"),
    *("phone", "mobile", "email"),
)
"""Fields that address books have several of: at work, at home, for invoices."""

PLACE_FIELDS: Final = frozenset(GROUPED_FIELDS[:7])
"""Those that are one place together and are taken from one group."""

GROUPS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "work": (
            *("business", "work", "company", "arbejde", "arbejds", "firma", "jobb", "job", "arbete", "office"),
            *("kontor", "companymain", "primaerfirma"),
        ),
        "home": ("home", "private", "privat", "hjem", "hjemme", "hem", "personal"),
        "billing": (
            *("billing", "billto", "invoice", "fakturerings", "faktura", "fakturering", "betaling", "betalings"),
            *("bill", "defaultaddress", "default"),
        ),
        "other": ("other", "anden", "andet", "annen", "annan", "oevrig"),
        "delivery": ("shipping", "shipto", "delivery", "leverings", "levering", "leverans", "ship"),
    }
)
"""What stands before or behind the name of a grouped column, folded."""

COMPANY_ORDER: Final = ("", "work", "billing", "other", "home", "delivery")
PERSON_ORDER: Final = ("", "home", "billing", "work", "other", "delivery")
"""Which group counts first, for a company and for a person."""

COMPANY_NAMES: Final = frozenset(
    ("company", "companyname", "firma", "firmanavn", "virksomhed", "bedrift", "foretag", "business")
)
"""Names of companies that may stand in an address (`billing_company`), folded."""

COMPANY_WORDS: Final = frozenset(
    (
        "virksomhed",
        "firma",
        "company",
        "business",
        "erhverv",
        "organisation",
        "organization",
        "bedrift",
        "foretag",
        "b2b",
    )
)
PRIVATE_WORDS: Final = frozenset(
    ("privat", "private", "person", "individual", "consumer", "forbruger", "b2c", "contact")
)
"""What the type of a contact is called in other programs, folded."""

OWNERS: Final = (
    *("kundens", "kunde", "kund", "customer", "client", "debitor", "kontakt", "contact", "partner", "account"),
    *("user", "bruger"),
    *("leverandoerens", "leverandoer", "leverantoer", "kreditor", "supplier", "vendor", "creditor"),
)
"""Whose a column is: it may stand before any name, folded."""

PEOPLE: Final = frozenset(
    (
        *("navn", "namn", "name", "fullname", "contact", "kontakt", "contactname", "kontaktnavn", "kontaktnamn"),
        *("displayname", "vistnavn", "visningsnavn"),
    )
)
"""Columns of names that are persons' where another holds the company, folded."""

OWN_NAMES: Final = (
    *("fornavn", "efternavn", "etternavn", "foernamn", "efternamn", "firstname", "lastname", "forename", "surname"),
    *("givenname", "familyname"),
)
"""How columns of first and last names end, folded; they are a contact's own unless they begin as `PERSONS` do."""

PERSONS: Final = ("cpers", "kontakt", "contact")

NOUNS: Final = frozenset(("kunde", "kund", "customer", "leverandoer", "leverantoer", "supplier", "vendor"))
"""Columns that say yes or no in some lists, and hold the name in others, folded."""

SUPPLIER_WORDS: Final = ("leverandoer", "leverantoer", "kreditor", "supplier", "vendor", "creditor")
"""A list whose names are called so is one of suppliers."""
