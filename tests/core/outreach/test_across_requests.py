"""What is told over all requests: who of a reserve comes next, and every message that is due as a draft."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from matcher.errors import UserError
from matcher.model import Answer, Outcome
from matcher.outreach import (
    LeftOut,
    MessageKind,
    ask,
    close,
    record_outcome,
    reply,
    short_of_people,
    write_due_emails,
)

if TYPE_CHECKING:
    from tests.conftest import Network


def test_who_comes_next_is_told_of_every_request_that_is_short(network: "Network", frozen: datetime) -> None:
    ada, bea, cleo = (network.willing(name) for name in ("Ada", "Bea", "Cleo"))
    short, whole = network.request(title="Nights"), network.request(title="Rotas")
    network.shortlist(short, ada, bea, reserves=1)
    network.shortlist(whole, cleo)
    assert short_of_people(network.store) == ()
    ask(network.store, short, [ada])
    ask(network.store, whole, [cleo])
    assert short_of_people(network.store) == ()
    reply(network.store, short, ada, Answer.NO_THIS_TIME)
    (found,) = short_of_people(network.store)
    assert (found.request_id, found.title, found.next_name) == (short, "Nights", "Bea")
    assert found.places.next_reserve == bea
    ask(network.store, short, [bea])
    assert short_of_people(network.store) == ()
    reply(network.store, short, bea, Answer.CANNOT_MAKE_DATE)
    (found,) = short_of_people(network.store)
    assert (found.next_name, found.places.next_reserve) == ("", None)
    close(network.store, short)
    assert short_of_people(network.store) == ()


def test_every_message_that_is_due_is_written_as_drafts(
    network: "Network", tmp_path: Path, frozen: datetime
) -> None:
    by_mail, by_phone = (
        network.willing("Ada", email="ada@example.org"),
        network.willing("Bea", phone="07700 900123"),
    )
    kinds = (MessageKind.NUDGE, MessageKind.THANKS)
    with pytest.raises(UserError, match="reached by e-mail"):
        write_due_emails(network.store, tmp_path, kinds)
    first, second = network.request(), network.request()
    for request, people in ((first, (by_mail,)), (second, (by_phone,))):
        for one in people:
            ask(network.store, request, [one])
            reply(network.store, request, one, Answer.YES)
        record_outcome(network.store, request, list(people), Outcome.TOOK_PART)
    made = write_due_emails(network.store, tmp_path, kinds)
    assert [Path(path).name for path in made.paths] == [f"R{first}-M{by_mail}-thanks.eml"]
    assert made.left_out == (LeftOut(by_phone, "Bea", "is reached by WhatsApp"),)
    with pytest.raises(UserError, match="reached by e-mail"):
        write_due_emails(network.store, tmp_path, kinds, second)
