"""What a plan is called where people read of it: the parts of its name that its title may lack."""

from __future__ import annotations

import datetime
import re

_DIVISION = re.compile("(.{1,12}?)(?:自治[区州县旗]|特别行政区|地区|林区|[省市县区旗盟])")
_DATED = re.compile("[0-9０-９]{4}|[〇○零一二三四五六七八九]{4}年|五年[规计]|[一二三四五]五[”’」规时]")


def own_place(place: str, title: str) -> str:
    """The last division of a place, where a title names it neither in full nor without its ending.

    >>> own_place("山东省枣庄市", "政府工作报告"), own_place("山东省枣庄市市中区", "政府工作报告")
    ('枣庄市', '市中区')
    >>> own_place("河南省新乡市卫滨区", "卫滨区法治政府建设实施方案"), own_place("上海市", "上海道路运输规划")
    ('', '')
    """
    starts, stem = 0, place
    for found in _DIVISION.finditer(place):
        starts, stem = found.start(), found[1]
    own = place[starts:]
    return "" if (stem if len(stem) > 1 else own) in title else own


def years(begins: datetime.date, ends: datetime.date, title: str) -> str:
    """The years of a plan in brackets, where its title names none.

    >>> years(datetime.date(2025, 1, 1), datetime.date(2025, 12, 31), "政府工作报告")
    '（2025年）'
    >>> years(datetime.date(2021, 1, 1), datetime.date(2025, 12, 31), "“十四五”规划")
    ''
    """
    if _DATED.search(title):
        return ""
    return f"（{begins.year}年）" if begins.year == ends.year else f"（{begins.year}—{ends.year}年）"
