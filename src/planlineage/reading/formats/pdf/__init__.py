"""PDF files with a text layer."""

from __future__ import annotations

from .extract import extract_pdf

__all__ = ["extract_pdf"]
