"""Citing a passage of a plan: by GB/T 7714—2015 for Chinese papers, by BibTeX for reference managers."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Citation:
    """A plan, and where one is meant a clause and the words that stand there.

    `quotation` are the words as on the page, line breaks and blanks at line ends aside. `key` names the plan in BibTeX.
    """

    key: str
    title: str
    number: str
    issuers: tuple[str, ...]
    issued: datetime.date | None
    clause: str = ""
    quotation: str = ""

    @property
    def gbt7714(self) -> str:
        """The reference by GB/T 7714—2015: issuers, title, number, kind of document [Z], day of issue."""
        title = f"{self.title}: {self.number}" if self.number else self.title
        return ". ".join(part for part in (", ".join(self.issuers), f"{title}[Z]", self.day) if part) + "."

    @property
    def bibtex(self) -> str:
        """The plan as a BibTeX entry; several issuers are joined by `and`, in braces so that none is cut into names."""
        fields = {
            "title": f"{{{self.title}}}",
            "author": " and ".join(f"{{{name}}}" for name in self.issuers),
            "number": self.number,
            "year": str(self.issued.year) if self.issued else "",
            "date": self.day,
            "langid": "chinese",
        }
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
        return f"@misc{{{self.key},\n{lines}}}"

    @property
    def day(self) -> str:
        """The day of issue, empty where it is not known."""
        return self.issued.isoformat() if self.issued else ""

    def __str__(self) -> str:
        words = f"：“{self.quotation}”" if self.quotation else ""
        number = f"（{self.number}）" if self.number else ""
        return f"《{self.title}》{number}{self.clause}{words}"
