"""Sheets drawn: as plain text, PDF, for receipt printers and for label printers, and brought to a printer."""
