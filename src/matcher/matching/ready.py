"""Loading what ranking needs before it is needed, and placing everybody before she asks."""

from collections.abc import Callable
from importlib import import_module

from matcher.knowledge.gazetteer import by_name
from matcher.knowledge.topics import topics_in
from matcher.matching.people import people_of
from matcher.progress import Progress, silent
from matcher.storage import Store, reading

LIBRARIES = ("numpy", "matcher.matching.index")
"""What the index needs, in an order in which none of them is long; SciPy (45 MB) is loaded for lists with rules."""


def steps_to_ready() -> tuple[Callable[[], object], ...]:
    """Everything that takes long before a first ranking, in pieces of at most a fraction of a second.

    Together they are a good second's work: called one after the other in the background, with other work between.
    """
    libraries = tuple(_loading(name) for name in LIBRARIES)
    return (by_name, lambda: topics_in("care"), *libraries)


def _loading(name: str) -> Callable[[], object]:
    return lambda: import_module(name)


def place_everybody(store: Store, progress: Progress = silent) -> None:
    """Bring the index of everybody up to date, and keep it for the next time the store is opened."""
    with reading(store) as session:
        people_of(store, session, progress)
