"""The look of a few steady parts, against the pictures kept of them."""

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage

from matcher_ui.theme import Mode, Theme


def _regions() -> Any:
    found = importlib.util.spec_from_file_location("regions", Path(__file__).with_name("regions.py"))
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    sys.modules[found.name] = module
    found.loader.exec_module(module)
    return module


REGIONS = _regions()
ALL = [(name, mode) for name in REGIONS.REGIONS for mode in REGIONS.MODES]


@pytest.mark.parametrize(("name", "mode"), ALL)
def test_it_looks_as_it_was_agreed(name: str, mode: Mode, theme: Theme, tmp_path: Path) -> None:
    theme.set(mode, 1.0)
    drawn, agreed = REGIONS.draw(REGIONS.REGIONS[name], theme), QImage(str(REGIONS.kept(name, mode)))

    drawn.save(str(tmp_path / "drawn.png"))
    assert drawn.size() == agreed.size(), f"{tmp_path / 'drawn.png'} has another size"
    apart = REGIONS.difference(drawn, agreed)
    assert apart.is_small, f"{tmp_path / 'drawn.png'} looks otherwise: {apart}; see tests/ui/regions.py"


@pytest.mark.parametrize("name", REGIONS.REGIONS)
def test_the_comparison_sees_another_theme_and_a_missing_stroke(name: str) -> None:
    light, dark = (QImage(str(REGIONS.kept(name, mode))) for mode in REGIONS.MODES)
    assert not REGIONS.difference(light, dark).is_small

    scratched = light.copy()
    for x in range(4, 16):
        for y in range(4, 12):
            scratched.setPixelColor(x, y, "#A3332A")
    assert not REGIONS.difference(light, scratched).is_small
