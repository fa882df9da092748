"""The figures that matching must keep on the graded examples, by the same definitions as the benchmark."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GOLD = ROOT.parent / "shared" / "gold"
SETS = (GOLD, *sorted(Path(__file__).parent.glob("unseen_*")))


@pytest.mark.gold
@pytest.mark.usefixtures("cheap_keys", "read_here")
@pytest.mark.parametrize("graded", SETS, ids=lambda folder: folder.name)
def test_the_ranking_keeps_its_quality(graded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not graded.is_dir():
        pytest.skip("the graded examples are not here")
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    from verbs import run_here

    from matching_quality import measure

    quality = measure(graded, run_here, compare=False)
    means = quality.means()
    assert means["filled"]["ndcg10"] >= 0.80
    assert means["raw"]["ndcg10"] >= 0.65
    assert quality.failures == []
