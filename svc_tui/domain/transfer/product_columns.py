"""The names that other programs and people give to the columns of a product list; see `csv_columns`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

PRODUCT_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "code": (
            *("PRODID", "Produktnummer", "Produktnr", "Varenummer", "Varenr", "Produktkode", "Varekode"),
            *("Artikkelnummer", "Artikkelnr", "Artikelnummer", "Artikelnr", "Art.nr", "Varunummer", "Produktkod"),
            *("Product number", "Product no", "Product code", "Item number", "Item no", "Item code"),
            *("Article number", "Article no", "Part number", "Part no", "Internal reference", "Intern reference"),
            *("Variant SKU", "SKU", "Varenummer (SKU)", "Reference", "Kode", "Kod", "Code", "Nummer", "Nr", "Number"),
            *("No", "Product ID", "Item ID", "Vare-id", "Produkt-id", "Default code", "ID"),
            *("Item", "Vare", "Produkt", "Product", "Article", "Artikel"),
        ),
        "name": (
            *("Produktnavn", "Varenavn", "Navn", "Varetekst", "Vare", "Beskrivelse/navn", "Beskrivelse"),
            *("Produktbeskrivelse", "Varebeskrivelse", "Betegnelse", "Benævnelse", "Artikkelnavn", "Produktnamn"),
            *("Artikelnamn", "Namn", "Benämning", "Beskrivning", "Product name", "Item name", "Article name", "Name"),
            *("Product title", "Title", "Titel", "Description/Name", "Description", "Product description"),
            *("Sales description", "Item description", "Tekst", "Text", "Produkt", "Product", "Item"),
        ),
        "unit": (
            *("Enhed", "Enhet", "Pakkeenhed", "Pakkeenhet", "Salgsenhed", "Salgsenhet", "Försäljningsenhet"),
            *(
                "Unit",
                "Unit of measure",
                "UOM",
                "Sales unit",
                "Basisenhed",
                "Basisenhet",
                "Basenhet",
                "Base unit of measure",
            ),
        ),
        "price": (
            *("PRICEOUT", "Salgspris", "Vejl. udsalgspris", "Udsalgspris", "Utsalgspris", "Pris", "Enhedspris"),
            *("Enhetspris", "Försäljningspris", "Utpris", "Sales price", "Sales unit price", "Selling price"),
            *("Retail price", "Regular price", "Normalpris", "Variant price", "Price", "Unit price", "List price"),
            *("Default price", "Price A", "Salg"),
        ),
        "cost": (
            *("PRICECOST", "Kostpris", "Kostnadspris", "Självkostnad", "Självkostnadspris", "Cost price", "Cost"),
            *("Unit cost", "Cost per item", "Average cost", "Standard cost"),
        ),
        "purchase_price": (
            *("PRICEIN", "Indkøbspris", "Købspris", "Innkjøpspris", "Inköpspris", "Inpris", "Purchase price"),
            *("Purchases unit price", "Purchase unit price", "Buying price", "Price in", "Supplier price"),
            *("Wholesale price", "Supply price", "Køb", "Indkøb"),
        ),
        "vat_rate": (
            *("Moms", "Moms %", "Momssats", "Momsprocent", "Mva", "Mva-sats", "Mva-prosent", "VAT", "VAT %"),
            *("VAT rate", "VAT percent", "Tax rate", "Tax %", "Tax", "Sales tax rate", "Tax rate name"),
        ),
        "ean": (
            *("EANCODE", "EAN", "EAN-kode", "EAN-nummer", "EAN-nr", "EAN-kod", "EAN13", "EAN-13", "EAN code"),
            *("EAN number", "GTIN", "GTIN, UPC, EAN, or ISBN", "UPC", "Stregkode", "Strekkode", "Streckkod"),
            *("Variant barcode", "Barcode", "Bar code", "SKU"),
        ),
        "supplier": (
            *("Leverandør", "Leverandørnavn", "Hovedleverandør", "Primær leverandør", "Leverantör"),
            *("Leverantörsnamn", "Supplier", "Supplier name", "Main supplier", "Primary supplier"),
            *("Preferred supplier", "Vendor", "Vendor name"),
        ),
        "supplier_number": (
            *("Leverandørnummer", "Leverandørnr", "Leverantörsnummer", "Leverantörsnr", "Supplier number"),
            *("Supplier no", "Supplier ID", "Vendor number", "Vendor no", "Vendor code"),
        ),
        "supplier_code": (
            *("VENDCODE", "Leverandørens produktnummer", "Leverandørens produktnr", "Leverandørens varenummer"),
            *("Leverandørens varenr", "Lev. varenr", "Leverandørvarenummer", "Leverandørs varenr"),
            *("Leverandørens artikkelnummer", "Leverantörens artikelnummer", "Leverantörens artikelnr", "Lev. artnr"),
            *("Supplier's product number", "Supplier product number", "Supplier's item number"),
            *("Supplier item number", "Supplier part number", "Supplier code", "Supplier SKU", "Vendor item number"),
            *("Vendor SKU", "Manufacturer part number", "MPN"),
        ),
        "stock": (
            *("STORESTOCK", "Lagerbeholdning", "Beholdning", "Lager", "Lagerantal", "Antal på lager", "På lager"),
            *("Antall på lager", "Lagersaldo", "Saldo", "Antal i lager", "I lager", "Stock", "Stock quantity"),
            *("Stock qty", "Quantity in stock", "Qty in stock", "In stock", "On hand", "On hand (current)"),
            *("Quantity on hand", "Qty on hand", "Variant inventory qty", "Inventory", "Inventory quantity"),
            *(
                "Bogført lager",
                "Disponibelt lager",
                "Quantity available",
                "Total stock",
                "Current stock",
                "Stock level",
                "Available",
                "Qty main",
                "Antal",
                "Antall",
                "Quantity",
                "Qty",
            ),
        ),
        "product_group": (
            *("Produktgruppe", "Varegruppe", "Gruppe", "Produktgrupp", "Artikelgrupp", "Varugrupp", "Grupp"),
            *("Product group", "Item group", "Group", "Produktkategori", "Kategori", "Kategorier", "Product category"),
            *(
                "Varekategorikode",
                "Item category code",
                "Category",
                "Categories",
                "Category name",
                "Department",
                "DATA21",
            ),
        ),
        "kind": (
            *("Produkttype", "Varetype", "Type", "Slags", "Produkttyp", "Artikeltyp", "Typ", "Product type"),
            *("Item type", "Type ID", "Kind"),
        ),
        "retired": ("Inaktiv", "Inactive", "Passiv", "Udgået", "Utgått", "Retired", "Disabled", "Archived", "Spærret"),
        "active": ("Aktiv", "Active", "Is active", "Enabled", "Status", "Product status"),
        "location": ("Location", "Lagersted", "Lokation", "Lokasjon", "Lagerplats", "Warehouse", "Outlet"),
        "variant_of": ("Handle",),
        "variant_1": ("Option1 value", "Option 1 value"),
        "variant_2": ("Option2 value", "Option 2 value"),
        "variant_3": ("Option3 value", "Option 3 value"),
    }
)

WITH_VAT: Final = ("price", "cost", "purchase_price")
"""Fields whose columns may say whether VAT is included; such a one is read as `<field>_with_vat`."""

INCLUDED: Final = (
    "inklusive",
    "inkl",
    "incl",
    "including",
    "inclusive",
    "medmoms",
    "medmva",
    "brutto",
    "gross",
    "mmoms",
)
EXCLUDED: Final = (
    "eksklusive",
    "ekskl",
    "eks",
    "exkl",
    "excl",
    "exclusive",
    "excluding",
    "ex",
    "uden",
    "uten",
    "utan",
    "netto",
)
VAT_WORDS: Final = ("moms", "mva", "vat", "tax", "gst", "afgift")
"""What is said of VAT in a heading, folded."""

OWNERS: Final = (
    "produktets",
    "produkt",
    "product",
    "vare",
    "varens",
    "item",
    "artikel",
    "artikkel",
    "article",
    "variant",
)
"""What may stand before any name, folded."""
