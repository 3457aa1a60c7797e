"""Reports as pandas frames that are data: dates are dates, numbers numbers, keys categories in their order.

Only reasons are put into words. What a column holds follows from the type of the record's field.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from enum import Enum
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    import pandas as pd


def frame_of(records: Sequence[Any], columns: Mapping[str, str], rest: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Records as a frame. `columns` says which attribute each column holds; `rest` are the rows of
    the table, for what is no plain data."""
    import pandas as pd

    hints = {name: _hint(type(records[0]), attribute) for name, attribute in columns.items()} if records else {}
    made = {}
    for name, attribute in columns.items():
        dtype = _dtype(hints.get(name))
        values = [getattr(record, attribute, None) for record in records]
        if dtype is None:
            made[name] = pd.Series([row.get(name, v) for row, v in zip(rest, values, strict=True)])
        else:
            made[name] = pd.Series(map(_key, values)).astype(dtype)
    return pd.DataFrame(made, columns=list(columns))


def _key(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else None if value == "" else value


def _hint(record: type, attribute: str) -> Any:
    """The declared type of a field or property of a record; None where it has neither."""
    found = getattr(record, attribute, None)
    if isinstance(found, property):
        return get_type_hints(found.fget).get("return")
    return get_type_hints(record).get(attribute)


def _dtype(hint: Any) -> Any:
    """The pandas type for a declared one; None where the value is shown as tables show it."""
    import pandas as pd

    kinds = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    optional, kinds = NoneType in kinds, tuple(k for k in kinds if k is not NoneType)
    if not kinds:
        return None
    if all(get_origin(k) is Literal for k in kinds):
        return pd.CategoricalDtype([key for k in kinds for key in get_args(k) if key != ""], ordered=True)
    if len(kinds) > 1 or not isinstance(kinds[0], type):
        return None
    [kind] = kinds
    if issubclass(kind, Enum):
        return pd.CategoricalDtype([member.value for member in kind], ordered=True)
    if kind is bool:
        return "boolean" if optional else "bool"
    if kind is int:
        return "Int64" if optional else "int64"
    if kind is datetime.date:
        return "datetime64[s]"
    return "float64" if kind is float else None
