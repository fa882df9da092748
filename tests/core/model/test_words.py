"""Stages, asks and fields: the words of the domain hold together."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import UserError
from matcher.model import (
    ASKING,
    BACKGROUND_USE,
    Audience,
    Instant,
    Invitation,
    InvitationState,
    Member,
    Purpose,
    Request,
    Stage,
    fields_of,
    purpose_of,
)
from matcher.model.words import NEXT_INVITATION_STATES, NEXT_STAGES


def test_every_stage_and_state_leads_somewhere() -> None:
    assert NEXT_STAGES.keys() == set(Stage)
    assert NEXT_INVITATION_STATES.keys() == set(InvitationState)
    assert all(NEXT_STAGES.values())


@given(st.sampled_from(Stage), st.sampled_from(Stage))
def test_a_request_moves_only_along_its_ways(here: Stage, there: Stage) -> None:
    request = Request(id=4, stage=here)
    if there in NEXT_STAGES[here]:
        request.check_move(there)
    else:
        with pytest.raises(UserError, match=f"R4 is {here.value} and cannot become {there.value}"):
            request.check_move(there)


@given(st.sampled_from(InvitationState), st.sampled_from(InvitationState))
def test_an_ask_moves_only_along_its_ways(here: InvitationState, there: InvitationState) -> None:
    ask = Invitation(state=here)
    if there is here or there in NEXT_INVITATION_STATES[here]:
        ask.move(there)
        assert ask.state is there
    else:
        with pytest.raises(UserError, match="cannot become"):
            ask.move(there)
        assert ask.state is here


def test_every_audience_has_its_permission() -> None:
    assert {purpose_of(audience) for audience in Audience} <= set(ASKING)
    assert purpose_of(Audience.OWN) is Purpose.OWN_EVENTS
    assert set(ASKING) | set(BACKGROUND_USE.values()) == set(Purpose)
    assert set(BACKGROUND_USE) <= set(fields_of(Member))


def test_no_header_means_two_fields() -> None:
    headers = [alias for field in fields_of(Member).values() for alias in field.aliases]
    assert len(headers) == len(set(headers))
    assert all(header == header.casefold() for header in headers)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Instant().process_bind_param(datetime(2026, 1, 1), None)  # type: ignore[arg-type] # noqa: DTZ001
    assert Instant().process_result_value(datetime(2026, 1, 1), None) == datetime(2026, 1, 1, tzinfo=UTC)  # type: ignore[arg-type] # noqa: DTZ001
