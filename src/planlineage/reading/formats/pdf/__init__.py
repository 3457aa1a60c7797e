"""PDF files with a text layer, read in a process of their own that can be stopped and bounded."""

from __future__ import annotations

from .isolated import read_pdf

__all__ = ["read_pdf"]
