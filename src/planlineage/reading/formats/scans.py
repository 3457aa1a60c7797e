"""Scans: PDFs of pictures, and pictures. They are read by OCR, in a process of their own that may take its time."""

from __future__ import annotations

import importlib.util
import io
from dataclasses import replace

from ...model.errors import DamagedSourceError
from .detect import format_of
from .values import LIMITS, Clock, Extracted, bounded, too_much

_MOST_DOTS = 60_000_000
"""Dots of a picture; an A3 page at 400 dots per inch has 31 million."""
_WIDTH = 8.27
"""Inches that a picture is taken to be wide where it does not say; letters only have to be of some usual size."""


def can_read() -> bool:
    """Whether the extra `ocr` is installed."""
    return importlib.util.find_spec("rapidocr") is not None


def extract_scan_here(data: bytes, name: str, seconds: float) -> Extracted:
    """The text of a scan, in this process."""
    from .pdf.extract import extract_scan

    clock = Clock(name, seconds)
    found = extract_scan(data, name, clock) if format_of(data) == "pdf" else _picture(data, name, clock)
    bounded(found.text, name)
    return found


def _picture(data: bytes, name: str, clock: Clock) -> Extracted:
    import numpy as np
    from PIL import Image, ImageOps, ImageSequence

    from .pdf.extract import text_of
    from .pdf.scanned import Recogniser
    from .pdf.values import Page

    recogniser, pages = Recogniser(), []
    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > _MOST_DOTS:
                raise too_much(name, "picture", most=_MOST_DOTS)
            for index, frame in enumerate(ImageSequence.Iterator(picture)):
                if index >= LIMITS.pages:
                    raise too_much(name, "pages", size=index + 1, most=LIMITS.pages)
                shown = np.asarray(ImageOps.exif_transpose(frame).convert("RGB"))
                page = Page(index, 0.0, 0.0, images=1)
                recogniser.read(shown, page, shown.shape[1] / _WIDTH)
                pages.append(page)
                clock.check()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise DamagedSourceError("damaged picture", where=name, hint="save again") from error
    plain = text_of(pages, name, clock)
    return replace(plain, encoding="picture+ocr", notes=(*recogniser.notes(), *plain.notes))
