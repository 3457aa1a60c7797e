"""In which language the screen speaks: as was asked for, else as the system does."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from ..model.wording import LANGS, Lang

VARIABLE = "PLANLINEAGE_LANG"
_CHINESE = 0x04
"""The primary language of Chinese among those of Windows."""


def system_language(environment: Mapping[str, str]) -> Lang:
    """Chinese where PLANLINEAGE_LANG says so or, without it, where the system's language is Chinese; English otherwise.

    >>> system_language({"PLANLINEAGE_LANG": "zh", "LANG": "en_US.UTF-8"}), system_language({"LANG": "zh_CN.UTF-8"})
    ('zh', 'zh')
    """
    asked = environment.get(VARIABLE, "")
    for known in LANGS:
        if asked == known:
            return known
    told = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    if not told and sys.platform == "win32":
        import ctypes

        return "zh" if ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == _CHINESE else "en"
    return "zh" if told.startswith("zh") else "en"
