"""Her own texts: for everybody, an audience or a channel; none that breaks, no topic on a shared phone."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import UserError
from matcher.model import Audience, Brief, Member
from matcher.outreach import MessageKind, message_texts, save_message_text, usual_text, words_of
from matcher.outreach.messages import Writer, writer_in
from matcher.outreach.texts import MEETUP_KINDS, OPENINGS, TO_THE_GROUP, Texts
from matcher.storage import Store, reading

BRIEF = Brief("Night shifts", requester="Sam Okoro", organisation="Channel Seven", audience=Audience.MEDIA)


def ada(**fields: object) -> Member:
    return Member(**({"first_name": "Ada", "phone": "07700 900123", "shared_phone": False} | fields))


def written(store: Store, member: Member, brief: Brief = BRIEF, kind: MessageKind = MessageKind.ASK) -> str:
    with reading(store) as session:
        return writer_in(session).write(kind, member, brief, session="Tue", came_of_it="a report").message


@pytest.mark.parametrize("kind", list(MessageKind))
def test_the_usual_text_uses_its_own_words_only(store: Store, kind: MessageKind) -> None:
    assert save_message_text(store, kind, usual_text(kind) + " ") is not None


def test_the_nearest_text_is_used(store: Store) -> None:
    save_message_text(store, MessageKind.ASK, "For all {{ title }}")
    save_message_text(store, MessageKind.ASK, "By phone", channel="WhatsApp")
    save_message_text(store, MessageKind.ASK, "For media", Audience.MEDIA)
    save_message_text(store, MessageKind.ASK, "Media by mail", Audience.MEDIA, "E-mail")
    by_mail = ada(phone=None, email="ada@example.org")
    policy = Brief("Pay", audience=Audience.POLICY)
    assert written(store, ada()) == "For media"
    assert written(store, by_mail) == "Media by mail"
    assert written(store, ada(), policy) == "By phone"
    assert written(store, by_mail, policy) == "For all Pay"
    assert len([one for one in message_texts(store) if one.own]) == 4
    save_message_text(store, MessageKind.ASK, None, Audience.MEDIA)
    assert written(store, ada()) == "By phone"


@pytest.mark.parametrize(
    ("text", "says"),
    [("Hi {{ nickname }}", "nickname"), ("Hi {{ first_name", "template"), ("  ", "empty"), ("{{ '' }}", "empty")],
)
def test_a_text_that_would_break_is_not_kept(store: Store, text: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        save_message_text(store, MessageKind.ASK, text)
    assert not any(one.own for one in message_texts(store))


@pytest.mark.parametrize("kind", OPENINGS)
@pytest.mark.parametrize("word", ["title", "organisation", "who", "what"])
def test_an_opening_cannot_name_the_topic(store: Store, kind: MessageKind, word: str) -> None:
    with pytest.raises(UserError, match=word):
        save_message_text(store, kind, f"Hi {{{{ {word} }}}}")


@pytest.mark.parametrize("kind", [k for k in MessageKind if k not in (*OPENINGS, *MEETUP_KINDS, *TO_THE_GROUP)])
def test_on_a_shared_phone_her_own_text_waits(store: Store, kind: MessageKind) -> None:
    save_message_text(store, kind, "About {{ title }} by {{ who }}")
    said = written(store, ada(shared_phone=True), kind=kind)
    assert said.startswith("Hi Ada")
    assert "Night" not in said


def test_the_same_again_is_no_step(store: Store) -> None:
    assert save_message_text(store, MessageKind.ASK, None) is None
    assert save_message_text(store, MessageKind.ASK, "Hi") is not None
    assert save_message_text(store, MessageKind.ASK, "Hi\n") is None
    with pytest.raises(UserError, match="no channel"):
        save_message_text(store, MessageKind.ASK, "Hi", channel="Pigeon")


@given(st.sampled_from(list(MessageKind)), st.text("{}%#ab '\"\n", max_size=40))
def test_any_text_is_written_or_refused_in_a_sentence(kind: MessageKind, text: str) -> None:
    writer = Writer("Lantern", "Rosa", Texts({f"messages.{kind.value}..": text}))
    with suppress(UserError):
        if kind is MessageKind.CALL:
            writer.call(BRIEF)
        else:
            writer.write(kind, ada(shared_phone=kind in OPENINGS), BRIEF, session="x", came_of_it="y")


def test_every_word_is_explained() -> None:
    for kind in MessageKind:
        assert all(words_of(kind).values())
