"""Where words of a query stand in a text."""

from matcher.knowledge.words import stems, terms


def spans(text: str, query: str) -> tuple[tuple[int, int], ...]:
    """Where in ``text`` words of the query stand, as (start, end), neighbours joined."""
    wanted = set(terms(query))
    found: list[tuple[int, int]] = []
    for stem, start, end in stems(text):
        if stem not in wanted:
            continue
        if found and text[found[-1][1] : start].strip() == "":
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(found)
