"""A chart with all that belongs to it, as plain values: what it is called, what it shows, its numbers."""

from dataclasses import dataclass

from matcher.insight.tables import Table
from matcher_ui.charts.plot import Plot


@dataclass(frozen=True)
class Figure:
    """``sentence`` says what the chart shows. Without a plot there is too little to draw, and the sentence says so.

    ``source`` stands under the chart: where figures that are not the network's own come from, or what marks mean.
    """

    title: str
    sentence: str
    plot: Plot | None
    table: Table
    source: str = ""
