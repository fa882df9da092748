"""What a reader can work out of a yearly report: the least and the most of each count held back."""

from scipy.optimize import linprog

from matcher.insight import ReportTable, YearlyReport

COUNTS = ("Members", "Asked", "Took part", "Asks", "Times", "Visits", "Questions")
TOTALS = {
    "Members who may be asked": ("total", "may be asked", ""),
    "Through whom they joined": ("Members at the end of this time", "Members", "Joined in this time"),
}
"""Tables whose total is another count than that of the other tables with a column of this name."""


def tables_of(report: YearlyReport) -> list[ReportTable]:
    """The tables of counts of people, or of what they did."""
    found = [table for section in report.sections for table in section.tables]
    return [table for table in found if set(table.headers) & set(COUNTS)]


def bounds_of(report: YearlyReport) -> list[tuple[str, float, float]]:
    """(which, least, most) of every count held back, from all tables of the report together.

    Parts add up to their total; the totals of one name are the same in every table; nobody is asked, or takes part,
    who is no member; a count held back is no nought where its column shows something but what its row tells anyway.
    """
    places: dict[tuple[str, str, str], int] = {}
    fixed: dict[int, int] = {}
    sums: list[dict[int, int]] = []
    within: list[tuple[int, int]] = []
    least: dict[int, int] = {}

    def place(*key: str) -> int:
        return places.setdefault((key[0], key[1], key[2]), len(places))

    for table in tables_of(report):
        columns = [name for name in table.headers if name in COUNTS]
        for name in columns:
            at = table.headers.index(name)
            cells = {str(row[0]): row[at] for row in table.rows}
            total = place(*TOTALS.get(table.title, ("total", name, "")))
            parts = {}
            for label, value in cells.items():
                here = total if label == "All" else place(table.title, name, label)
                if label != "All":
                    parts[here] = 1
                if value is not None:
                    assert isinstance(value, int)
                    assert fixed.setdefault(here, value) == value
                if label != "All" and name in ("Asked", "Took part"):
                    within.append((here, place(table.title, "Members", label)))
            sums.append({**parts, total: -1})
            around = (
                table.headers.index(columns[columns.index(name) - 1]) if name in ("Asked", "Took part") else None
            )
            tells = [
                row for row in table.rows
                if row[0] != "All" and row[at] is not None and (around is None or row[around] != 0)
            ]  # fmt: skip
            for row in table.rows:
                forced = any(row[table.headers.index(outer)] is None for outer in columns[: columns.index(name)])
                if row[0] != "All" and row[at] is None and tells and not forced:
                    least[place(table.title, name, str(row[0]))] = 1
    return _ends(places, fixed, sums, within, least)


def _ends(
    places: dict[tuple[str, str, str], int], fixed: dict[int, int], sums: list[dict[int, int]],
    within: list[tuple[int, int]], least: dict[int, int],
) -> list[tuple[str, float, float]]:  # fmt: skip
    size = len(places)
    bounds = [
        (fixed[n], fixed[n]) if n in fixed else (least.get(n, 0), None) for n in range(size)
    ]  # fmt: skip
    equal = [[line.get(n, 0) for n in range(size)] for line in sums]
    smaller = [[1 if n == inner else -1 if n == outer else 0 for n in range(size)] for inner, outer in within]
    found = []
    for key, n in places.items():
        if n in fixed:
            continue
        ends = []
        for sign in (1, -1):
            aim = [sign if m == n else 0 for m in range(size)]
            result = linprog(
                aim, A_ub=smaller or None, b_ub=[0] * len(smaller) or None, A_eq=equal or None,
                b_eq=[0] * len(equal) or None, bounds=bounds, method="highs",
            )  # fmt: skip
            assert result.status in (0, 3), result.message
            ends.append(sign * result.fun if result.status == 0 else float("inf"))
        found.append((" / ".join(key), ends[0], ends[1]))
    return found
