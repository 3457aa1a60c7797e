"""What a person wrote in a cell, as a value: days, percentages, counts and numbers in the forms that office files have."""

from __future__ import annotations

import datetime
import re
import unicodedata
from decimal import Decimal, InvalidOperation

from ..model.errors import InvalidValueError
from .sheets import Cell

_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?:\s*日)?(?:\s+\d{1,2}:\d{2}.*|\s*)")
_MOST_DIGITS = 30
_EXCEL_EPOCH = datetime.date(1899, 12, 30)


class CellError(InvalidValueError):
    """A cell can't be understood."""


def text_of(cell: Cell | None) -> str:
    """The text of a cell; a number without needless digits.

    >>> text_of(Cell("A1", 3.0)), text_of(Cell("A1", " 三 "))
    ('3', '三')
    """
    if cell is None or cell.value is None:
        return ""
    if isinstance(cell.value, float) and cell.value.is_integer():
        return str(int(cell.value))
    if isinstance(cell.value, datetime.datetime):
        return cell.value.date().isoformat()
    return str(cell.value).strip()


def day_of(cell: Cell | None) -> datetime.date | None:
    """A day, however it was written; None for an empty cell. Raises `CellError`.

    >>> day_of(Cell("A1", "2024年6月30日")), day_of(Cell("A1", "2024/6/30")), day_of(Cell("A1", 45473))
    (datetime.date(2024, 6, 30), datetime.date(2024, 6, 30), datetime.date(2024, 6, 30))
    """
    if cell is None or cell.blank:
        return None
    value = cell.value
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and 30_000 < value < 80_000:
        return _EXCEL_EPOCH + datetime.timedelta(days=int(value))
    match = _DATE.fullmatch(_narrow(str(value).strip()))
    if match:
        try:
            return datetime.date(*(int(part) for part in match.groups()))
        except ValueError:
            pass
    raise CellError("no day", hint="day form", given=text_of(cell))


def percent_of(cell: Cell | None) -> float | None:
    """A percentage from 0 to 100; a cell shown as a percentage holds a share. Raises `CellError`.

    >>> percent_of(Cell("A1", 0.8, shown_as_percent=True)), percent_of(Cell("A1", "80％")), percent_of(Cell("A1", 80))
    (80.0, 80.0, 80.0)
    """
    if cell is None or cell.blank:
        return None
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return round(value * 100, 6) if cell.shown_as_percent else float(value)
    return float(_number(_narrow(text_of(cell)).removesuffix("%"), cell, "80 or 80%"))


def value_of(cell: Cell | None) -> str:
    """A measured value as plain decimal text, percent sign dropped; empty for an empty cell. Raises `CellError`."""
    if cell is None or cell.blank:
        return ""
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        share = Decimal(repr(cell.value)) * (100 if cell.shown_as_percent else 1)
        return f"{share.normalize():f}"
    return str(_number(_narrow(text_of(cell)).removesuffix("%").replace("，", ""), cell, "85.5"))


def count_of(cell: Cell | None) -> int | None:
    """A whole number; None for an empty cell. Raises `CellError`."""
    if cell is None or cell.blank:
        return None
    number = _number(_narrow(text_of(cell)), cell, "3")
    if number != int(number):
        raise CellError("no whole number", given=text_of(cell))
    return int(number)


def _number(text: str, cell: Cell, example: str) -> Decimal:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        raise CellError("not a number", hint="write as", raw=text_of(cell), example=example) from None
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        raise CellError("not a number", hint="write as", raw=text_of(cell), example=example)
    return number


def _narrow(text: str) -> str:
    """Text with digits and signs of full width as their usual ones."""
    return unicodedata.normalize("NFKC", text)
