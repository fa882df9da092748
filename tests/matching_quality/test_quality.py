"""The figures that matching must keep on the graded examples, by the same definitions as the benchmark."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GOLD = ROOT.parent / "shared" / "gold"


@pytest.mark.gold
@pytest.mark.skipif(not GOLD.is_dir(), reason="the graded examples are not here")
def test_the_ranking_keeps_its_quality(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    from verbs import run_here

    from matching_quality import measure

    quality = measure(GOLD, run_here, compare=False)
    means = quality.means()
    assert means["filled"]["ndcg10"] >= 0.80
    assert means["raw"]["ndcg10"] >= 0.65
    assert quality.failures == []
