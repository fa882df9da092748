"""Promise 10, rule by rule: what each guard outside the ledger keeps from happening does happen without it.

The histories beside this cover who is asked and shared at all; here stand the guards of how, how often and what.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.promises.weaken import Scene
from tests.promises.wrongs_in_asking import IN_ASKING
from tests.promises.wrongs_in_files import IN_FILES
from tests.promises.wrongs_in_sharing import IN_SHARING

if TYPE_CHECKING:
    from tests.conftest import Network

pytestmark = pytest.mark.usefixtures("frozen")
RULES = IN_ASKING | IN_SHARING | IN_FILES


@pytest.mark.parametrize("wrong", RULES, ids=lambda scene: scene.__name__)
def test_a_rule(wrong: Scene, network: "Network", tmp_path: Path) -> None:
    assert not wrong(network, tmp_path)


@pytest.mark.parametrize("wrong", RULES, ids=lambda scene: scene.__name__)
def test_without_the_rule(
    wrong: Scene, network: "Network", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    RULES[wrong](monkeypatch)
    assert wrong(network, tmp_path)
