"""What can't be read is refused with an error that says what, where, and what to try."""

from __future__ import annotations

from pathlib import Path

import pytest

from planlineage import SourceError, load, parse, parse_text
from planlineage.model.errors import (
    BinarySourceError,
    EmptySourceError,
    SourceEncodingError,
    SourceIsDirectoryError,
    SourceNotFoundError,
    SourceTooLargeError,
)
from planlineage.reading import source

TEXT = "一、总则\n各部门应当编制权责清单。\n二、附则\n本方案自印发之日起施行。\n"

REFUSED = {
    "empty": (b"", EmptySourceError),
    "only blanks": ("\n\u3000\u3000\r\n\t".encode(), EmptySourceError),
    "only a byte order mark": (b"\xef\xbb\xbf", EmptySourceError),
    "only rare blanks": ("\x0b\x0c\u2028".encode(), EmptySourceError),
    "binary": (bytes(range(256)) * 20, SourceError),
    "NUL in text": (b"plan\0of action", BinarySourceError),
    "PDF in name only": (b"%PDF-1.7\n1 0 obj", SourceError),
    "docx in name only": (b"PK\x03\x04broken", SourceError),
    "old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), BinarySourceError),
    "image": (b"\x89PNG\r\n\x1a\n" + bytes(100), BinarySourceError),
    "Latin-1 prose": ("Vérité, liberté, égalité: ça ira. " * 40).encode("latin-1"),
    "UTF-8 cut short, with stray bytes": TEXT.encode() + b"\xff\xfe\xfd",
}


@pytest.mark.parametrize("name", REFUSED)
def test_files_that_hold_no_readable_text_are_refused(tmp_path: Path, name: str) -> None:
    content = REFUSED[name]
    data, expected = content if isinstance(content, tuple) else (content, SourceEncodingError)
    path = tmp_path / "plan.txt"
    path.write_bytes(data)
    with pytest.raises(expected) as refused:
        parse(path)
    assert_tells(refused.value)


def assert_tells(error: SourceError) -> None:
    assert "plan.txt" in str(error)
    assert "\n" not in str(error)
    assert error.hint


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFoundError) as refused:
        parse(tmp_path / "plan.txt")
    assert_tells(refused.value)


def test_a_folder_is_not_a_document(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").mkdir()
    with pytest.raises(SourceIsDirectoryError) as refused:
        parse(tmp_path / "plan.txt")
    assert_tells(refused.value)


def test_a_file_beyond_the_limit_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_BYTES", 10)
    path = tmp_path / "plan.txt"
    path.write_text(TEXT, encoding="utf-8")
    with pytest.raises(SourceTooLargeError) as refused:
        parse(path)
    assert_tells(refused.value)


def test_a_name_that_no_system_accepts(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        parse(tmp_path / "plan\0.txt")
    with pytest.raises(SourceError):
        parse(tmp_path / ("很长" * 200 + ".txt"))


def test_text_with_half_a_character_is_refused() -> None:
    with pytest.raises(SourceEncodingError):
        parse_text("一、总则\ud800")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"])
def test_a_plan_reads_the_same_in_every_supported_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "plan.txt"
    mark = "\ufeff" if encoding in ("utf-16-le", "utf-16-be") else ""
    path.write_bytes((mark + TEXT * 20).encode(encoding))
    plan = load(path)
    assert [(s.text, s.span) for s in plan.statements] == [(s.text, s.span) for s in parse_text(TEXT * 20).statements]


def test_a_text_without_any_outline_is_read_with_a_warning() -> None:
    plan = parse_text("各部门应当编制权责清单。区司法局每年开展一次检查。")
    assert plan.report.remarks[0].code == "no-outline"
    assert len(plan.tasks) == 2


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"level": "borough"}, "borough"),
        ({"issued": "last year"}, "last year"),
        ({"issued": "2021-13-01"}, "month"),
    ],
)
def test_facts_that_make_no_sense_are_refused(wrong: dict[str, str], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        parse_text(TEXT, **wrong)  # type: ignore[arg-type]
