"""What the program ships beside its code: places, vocabulary, icons, fonts, themes, templates, the sample."""

from pathlib import Path

_ROOT = Path(__file__).parent


def path_to(name: str) -> Path:
    """Return the path of a bundled file, such as ``path_to("regions/regions.csv")``.

    Raises FileNotFoundError when this build does not carry it.
    """
    path = _ROOT / name
    if not path.exists():
        raise FileNotFoundError(f"matcher_resources holds no {name!r}")
    return path
