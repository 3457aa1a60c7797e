"""Document numbers: 国办发〔2018〕118号."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,14}[〔\[（(【]\s?(\d{4})\s?[〕\]）)】]\s?第?(\d{1,5})\s?号")


def document_number(text: str) -> str:
    """The first document number in a text, in its standard form with 〔〕; empty where there is none.

    >>> document_number("国办发[2018]118号")
    '国办发〔2018〕118号'
    """
    match = _NUMBER.search(text)
    if match is None:
        return ""
    head = re.match(r"[\u4e00-\u9fff]+", match.group())
    return f"{head.group() if head else ''}〔{match[1]}〕{match[2]}号"
