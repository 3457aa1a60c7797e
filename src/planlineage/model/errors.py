"""Every error that planlineage raises on purpose.

    PlanLineageError
    ├── SourceError              a source document can't be read
    │   ├── SourceNotFoundError
    │   ├── SourceIsDirectoryError
    │   ├── EmptySourceError
    │   ├── BinarySourceError    ... is not text, nor of a format that is read
    │   │   ├── UnsupportedFormatError
    │   │   ├── DamagedSourceError
    │   │   ├── EncryptedSourceError
    │   │   └── NoTextLayerError
    │   ├── SourceEncodingError
    │   ├── SourceTooLargeError
    │   └── HostileSourceError   ... goes beyond a limit that keeps time and memory bounded
    ├── PlanFileError            a plan JSON is broken or lacks a field
    │   └── NewerSchemaError     ... or was written by a newer version
    ├── DecisionFileError        a decision file, or a review sheet that came back, can't be read
    ├── TagFileError             rules of tags, or a table of tags, can't be read
    ├── UnknownPlanError         no shipped plan has this id
    ├── UnknownTaskError         no statement of the plan answers to this id
    ├── PlanTooLargeError        two plans are too large to be compared with each other
    ├── LevelOrderError          the upper plan stands below the local one
    ├── ReportOrderError         a report is not later than the plan that it should look back on
    ├── CalendarRangeError       a working day is asked for outside the years of the official calendar
    ├── OutputError              a result can't be written
    ├── SurveyError              a survey can't be made, or its folder can't be read
    ├── InvalidValueError        an argument or a field holds a value that makes no sense; a `ValueError` too
    └── MissingExtraError        an optional dependency is not installed

Each says what is wrong, where, and what to try: `str(error)` is one line that can be shown to a user as it is, in the language
of `planlineage.options`. The words stand in `words/errors.json`: an error is raised with keys and values.
"""

from __future__ import annotations

from typing import Any

from .wording import Lang, Reason, options, told


class PlanLineageError(Exception):
    """Base of all errors: the key of what is wrong, where, the key of what to try, and the values that go into their words."""

    def __init__(self, key: str, *, where: str | Reason = "", hint: str = "", **values: Any) -> None:
        self.key, self.where, self.hint_key, self.values = key, where, hint, values
        super().__init__(key)

    @property
    def what(self) -> Reason:
        """What is wrong."""
        return told("error", self.key, **self.values)

    @property
    def hint(self) -> Reason | None:
        """What to try; None where nothing can be advised."""
        return told("hint", self.hint_key, **self.values) if self.hint_key else None

    @property
    def reason(self) -> Reason:
        """What is wrong and what to try, without where."""
        return told("said", "hint", what=self.what, hint=self.hint) if self.hint else self.what

    @property
    def message(self) -> str:
        """The whole message on one line, in the language of the process."""
        return self.text(options.language)

    def text(self, lang: Lang) -> str:
        """The whole message on one line, in a language.

        >>> SourceNotFoundError("no such file", where="plan.txt", hint="check path").text("en")
        'plan.txt: no such file (check the path)'
        >>> SourceNotFoundError("no such file", where="plan.txt", hint="check path").text("zh")
        'plan.txt：没有这个文件（请检查路径）'
        """
        whole = told("said", "where", where=self.where, what=self.reason) if self.where else self.reason
        return " ".join(whole.text(lang).split())

    def __str__(self) -> str:
        return self.message


class SourceError(PlanLineageError):
    """A source document can't be read.

    >>> from planlineage import parse
    >>> parse("nowhere.txt")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    planlineage.model.errors.SourceNotFoundError: nowhere.txt: no such file (...)
    """


class SourceNotFoundError(SourceError):
    """The path does not exist."""


class SourceIsDirectoryError(SourceError):
    """The path is a folder."""


class EmptySourceError(SourceError):
    """The file holds no text at all."""


class BinarySourceError(SourceError):
    """The file is not plain text, and its text can't be taken out of it."""


class UnsupportedFormatError(BinarySourceError):
    """The file is of a known format that is not read (.doc, .wps, .rtf, images); the hint names a converter."""


class DamagedSourceError(BinarySourceError):
    """The file breaks the rules of its own format."""


class EncryptedSourceError(BinarySourceError):
    """The file is protected by a password."""


class NoTextLayerError(BinarySourceError):
    """The PDF holds pictures of pages, or letters that stand for no known characters."""


class SourceEncodingError(SourceError):
    """The bytes fit none of the supported encodings."""


class SourceTooLargeError(SourceError):
    """The file is larger than the reader accepts."""


class HostileSourceError(SourceError):
    """The file goes beyond a limit on nesting, cells, pages, compression, length of line, time or memory."""


class PlanFileError(PlanLineageError):
    """A plan JSON is broken or lacks a field."""


class NewerSchemaError(PlanFileError):
    """A plan JSON was written by a newer version of planlineage."""


class DecisionFileError(PlanLineageError):
    """A decision file, or a review sheet that came back, can't be read."""


class TagFileError(PlanLineageError):
    """Rules of tags, or a table of tags that a person gave, can't be read."""


class UnknownPlanError(PlanLineageError):
    """No shipped plan has this id, and no file has this name.

    >>> from planlineage import load
    >>> load("central_1999")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    planlineage.model.errors.UnknownPlanError: 'central_1999' is neither a shipped plan nor a file (shipped plans: ...)
    """


class UnknownTaskError(PlanLineageError):
    """No statement of the plan answers to this id, number or phrase; or several do.

    >>> from planlineage import trace
    >>> trace("修建月球基地", "weibin_2021", "central_2021")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    planlineage.model.errors.UnknownTaskError: ...
    """


class PlanTooLargeError(PlanLineageError):
    """Two plans are too large to be compared with each other in bounded time and memory; no real plan has been."""


class LevelOrderError(PlanLineageError):
    """The plan given as upper stands below the local one: the two are swapped.

    >>> from planlineage import link
    >>> link("central_2021", "weibin_2021")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    planlineage.model.errors.LevelOrderError: ...
    """


class ReportOrderError(PlanLineageError):
    """A report is not later than the plan that it should look back on, or is the plan itself.

    >>> from planlineage import follow_up
    >>> follow_up("weibin_2021", "weibin_2021")
    Traceback (most recent call last):
        ...
    planlineage.model.errors.ReportOrderError: ...
    """


class CalendarRangeError(PlanLineageError):
    """A working day is asked for outside the years of the official calendar."""


class OutputError(PlanLineageError):
    """A result can't be written where it should go."""


class SurveyError(PlanLineageError):
    """A survey can't be made of what is given, or its folder can't be read."""


class InvalidValueError(PlanLineageError, ValueError):
    """An argument or a field holds a value that makes no sense."""


class MissingExtraError(PlanLineageError):
    """An optional dependency is not installed."""
