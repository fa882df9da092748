"""The recipes for builds that are not made here: they name what is there, and what is wanted elsewhere is known."""

import importlib.util
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


def _script(name: str) -> Any:
    found = importlib.util.spec_from_file_location(name, ROOT / "packaging" / f"{name}.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("system", "only_there", "only_elsewhere"),
    [("win_amd64", "pywin32-ctypes", "jeepney"), ("macosx_14_0_arm64", "macholib", "colorama")],
)
def test_what_the_lock_file_wants_on_another_system_is_known(
    system: str, only_there: str, only_elsewhere: str
) -> None:
    wheels = _script("check_wheels")
    names = [line.split("==")[0] for line in wheels.locked(wheels.SYSTEMS[system])]
    assert only_there in names
    assert only_elsewhere not in names
    assert names.count("numpy") == 1
    assert {"sqlcipher3", "pyside6-essentials", "pyinstaller"} <= set(names)


def test_the_recipes_name_files_that_are_there() -> None:
    recipes = [ROOT / ".github/workflows/build.yml", ROOT / "packaging/matcher.iss", ROOT / "docs/builds.md"]
    named = {
        name.replace("\\", "/")
        for recipe in recipes
        for name in re.findall(r"packaging[/\\][\w.]+\.(?:py|iss|spec)", recipe.read_text("utf-8"))
    }
    assert {"packaging/build.py", "packaging/smoke.py", "packaging/matcher.iss"} <= named
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_the_readme_gives_the_test_command_that_is_run() -> None:
    command = "python3 packaging/start.py test"
    assert f"\n{command}\n" in (ROOT / "README.md").read_text("utf-8")
    assert command in (ROOT / ".ci/run").read_text("utf-8")
