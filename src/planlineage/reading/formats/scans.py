"""Scans: PDFs and Word files of pictures, and pictures; read by OCR, in a process of their own that may take its time."""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from ...model.errors import DamagedSourceError
from .detect import format_of
from .values import LIMITS, Clock, Extracted, bounded, noted, too_much

_MOST_DOTS = 60_000_000
"""Dots of a picture; an A3 page at 400 dots per inch has 31 million."""
_WIDTH = 8.27
"""Inches that a picture is taken to be wide where it does not say; letters only have to be of some usual size."""


def can_read() -> bool:
    """Whether the extra `ocr` is installed."""
    return importlib.util.find_spec("rapidocr") is not None


def extract_scan_here(data: bytes, name: str, seconds: float) -> Extracted:
    """The text of a scan, in this process: of a PDF, a picture, or a Word file that is nothing but pictures."""
    from .pdf.extract import extract_scan

    clock = Clock(name, seconds)
    kind = format_of(data)
    if kind == "pdf":
        found = extract_scan(data, name, clock)
    elif kind == "zip":
        from .docx import pictures_of

        found = _pictures(pictures_of(data, name, clock), "docx", name, clock)
    else:
        found = _pictures([data], "picture", name, clock)
    bounded(found.text, name)
    return found


def _pictures(files: Sequence[bytes], kind: str, name: str, clock: Clock) -> Extracted:
    """Pictures as pages. Those of a kind that is not known (drawings of Windows) are named where others are read."""
    from .pdf.extract import text_of
    from .pdf.scanned import Recogniser
    from .pdf.values import Page

    recogniser, pages, unread = Recogniser(), list[Page](), 0
    for data in files:
        try:
            for shown in _frames(data, name):
                if len(pages) >= LIMITS.pages:
                    raise too_much(name, "pages", size=len(pages) + 1, most=LIMITS.pages)
                page = Page(len(pages), 0.0, 0.0, images=1)
                recogniser.read(shown, page, shown.shape[1] / _WIDTH)
                pages.append(page)
                clock.check()
        except DamagedSourceError:
            unread += 1
            if unread == len(files):
                raise
    plain = text_of(pages, name, clock)
    left = (noted("pictures", count=unread),) if unread else ()
    return replace(plain, encoding=f"{kind}+ocr", notes=(*recogniser.notes(), *left, *plain.notes))


def _frames(data: bytes, name: str) -> Iterator[Any]:
    """The pictures of a file, one after another; only a TIFF holds several."""
    import numpy as np
    from PIL import Image, ImageOps, ImageSequence

    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > _MOST_DOTS:
                raise too_much(name, "picture", most=_MOST_DOTS)
            for frame in ImageSequence.Iterator(picture):
                yield np.asarray(ImageOps.exif_transpose(frame).convert("RGB"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise DamagedSourceError("damaged picture", where=name, hint="save again") from error
