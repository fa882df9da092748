"""A request moves on by what happens: somebody is asked, somebody is introduced."""

from matcher.model import Request, Stage, StageMove
from matcher.storage import Unit


def now_asking(unit: Unit, request: Request) -> None:
    """Move a request on that members were asked about."""
    if request.stage in (Stage.NEW, Stage.CHECKING, Stage.MATCHING):
        _move(unit, request, Stage.ASKING)


def now_introduced(unit: Unit, request: Request) -> None:
    """Move a request on that people were introduced for."""
    if request.stage is Stage.ASKING:
        _move(unit, request, Stage.INTRODUCED)


def _move(unit: Unit, request: Request, stage: Stage) -> None:
    request.stage = stage
    unit.session.add(StageMove(request_id=request.id, stage=stage, at=unit.now))
