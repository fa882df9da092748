"""What is said once e-mail drafts were written, and whom there is a draft for."""

from collections.abc import Iterable

from matcher.outreach import EmailsWritten, ReadyWord

_MOST_NAMED = 5
_BY_MAIL = "E-mail"


def drafts_words(made: EmailsWritten, folder: str) -> str:
    """“Wrote 2 e-mail drafts into Asks. None for: Ada Obi, who is reached by WhatsApp.”"""
    count = len(made.paths)
    said = f"Wrote {count} e-mail {'draft' if count == 1 else 'drafts'} into “{folder}”. Record who was sent one."
    others = "; ".join(f"{one.name}, who {one.why}" for one in made.left_out[:_MOST_NAMED])
    rest = len(made.left_out) - _MOST_NAMED
    more = f"; and {rest} more" if rest > 0 else ""
    return f"{said} None for: {others}{more}." if others else said


def some_by_mail(words: Iterable[ReadyWord]) -> bool:
    """Whether a draft can be written for somebody."""
    return any(word.channel == _BY_MAIL and word.link for word in words)
