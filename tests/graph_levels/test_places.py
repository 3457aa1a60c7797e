"""Places by their code: found, ambiguous or unknown, never guessed."""

from __future__ import annotations

import pytest

from planlineage.reading.identity.places import resolve


@pytest.mark.parametrize(
    ("name", "code", "full"),
    [
        ("山亭区", "370406", "山东省枣庄市山亭区"),
        ("卫滨区", "410703", "河南省新乡市卫滨区"),
        ("济南市", "370100", "山东省济南市"),
        ("河南省新乡市卫滨区", "410703", "河南省新乡市卫滨区"),
        ("北京市朝阳区", "110105", "北京市朝阳区"),
        ("浦东新区", "310115", "上海市浦东新区"),
        ("昆山市", "320583", "江苏省苏州市昆山市"),
        ("仙桃市", "429004", "湖北省仙桃市"),
        ("重庆市", "500000", "重庆市"),
        ("恩施土家族苗族自治州", "422800", "湖北省恩施土家族苗族自治州"),
    ],
)
def test_found(name: str, code: str, full: str) -> None:
    found = resolve(name)
    assert found.status == "found"
    assert (found.place.code, found.place.full_name) == (code, full)
    assert found.remark is None


def test_several_places_of_one_name_are_reported() -> None:
    found = resolve("鼓楼区")
    assert (found.status, found.place) == ("ambiguous", None)
    assert {p.full_name for p in found.candidates} >= {"江苏省南京市鼓楼区", "福建省福州市鼓楼区"}
    assert "several places" in str(found.remark)
    assert resolve("鼓楼区", within=["福建省"]).place.code == "350102"


@pytest.mark.parametrize("name", ["火星市", "江苏省卫滨区", "莱芜市", ""])
def test_unknown(name: str) -> None:
    found = resolve(name)
    assert (found.status, found.place) == ("unknown", None)
    assert "no such place" in str(found.remark)
