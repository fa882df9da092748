"""What is built in several parts, so that none of them takes long."""

from typing import Any, ClassVar


class InParts:
    """Builds what is not shown at first when it is asked for, or ahead."""

    LATER: ClassVar[tuple[str, ...]] = ()
    """The names of those parts, each a `cached_property`."""

    @property
    def is_built(self) -> bool:
        """Whether all its parts are there."""
        return len(self._built(*self.LATER)) == len(self.LATER)

    def build_more(self) -> None:
        """Build the next part, before it is gone to."""
        missing = next((name for name in self.LATER if not self._built(name)), None)
        if missing is not None:
            getattr(self, missing)

    def _built(self, *names: str) -> list[Any]:
        """Those of the parts that are there."""
        return [vars(self)[name] for name in names if name in vars(self)]
