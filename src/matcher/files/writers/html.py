"""A page to read and print: one file that loads nothing from anywhere."""

from collections.abc import Mapping
from typing import Any

from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment


def html_page(template: str, values: Mapping[str, Any]) -> bytes:
    """Fill in an HTML template; whatever the values hold comes out as text, never as markup."""
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.from_string(template).render(values).encode("utf-8", "replace")
