"""Messages to members: the text of each, for everybody or for one audience and channel, in her own words."""

from itertools import product

from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from matcher.model import Audience
from matcher.outreach import MessageKind, message_texts, save_message_text, usual_text, words_of
from matcher.outreach.channels import CHANNELS
from matcher.storage.store import Store
from matcher_ui.brief_words import AUDIENCES
from matcher_ui.pages.settings.texts import TextsSection
from matcher_ui.widgets.beside import Beside
from matcher_ui.widgets.fields import Field
from matcher_ui.workspace import Workspace

KINDS = {
    MessageKind.ASK: "Asking",
    MessageKind.OPENING: "First words where others may read",
    MessageKind.NUDGE: "Asking once more",
    MessageKind.REMINDER: "The day before",
    MessageKind.INTRODUCE: "Giving the requester’s contact",
    MessageKind.OPENING_AFTER: "First words after a yes",
    MessageKind.THANKS: "Thanks",
    MessageKind.OUTCOME: "What came of it",
    MessageKind.CALL: "Post to the group",
    MessageKind.SHARE_LINK: "A link to share",
    MessageKind.MEETUP_INVITE: "Inviting to a meet-up",
    MessageKind.MEETUP_REMINDER: "The day before a meet-up",
    MessageKind.MEETUP_WAITING: "A meet-up is full: waiting list",
    MessageKind.MEETUP_PLACE: "A place at a meet-up is free",
    MessageKind.MEETUP_CANCELLED: "A meet-up is called off",
    MessageKind.MEETUP_CALL: "Post about a meet-up",
}
HINT = (
    "What Matcher writes to members, each with what they need to decide. Words in curly brackets are filled in for "
    "each person; what begins with “{if” is written only where that is known. "
    "A text for one audience or channel is used there instead of the one for all."
)
_ALL = ""
_EACH = 192


class MessagesSection(TextsSection):
    """One message at a time; its key is the kind, the audience and the channel, the last two empty for all."""

    one = "message"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        theme = workspace.theme
        self.kinds, self.audiences, self.channels = QComboBox(), QComboBox(), QComboBox()
        for kind, words in KINDS.items():
            self.kinds.addItem(words, kind.value)
        self.audiences.addItem("All audiences", _ALL)
        for audience, words in AUDIENCES.items():
            self.audiences.addItem(words, audience.value)
        self.channels.addItem("All channels", _ALL)
        for channel in CHANNELS:
            self.channels.addItem(channel, channel)
        self._instead: dict[str, str] = {}
        combos = (("Message", self.kinds), ("Audience", self.audiences), ("Channel", self.channels))
        chooser = Beside(theme, [Field(theme, label, combo) for label, combo in combos], _EACH)
        chooser.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        super().__init__(workspace, chooser, HINT, words_of(MessageKind.ASK), parent)
        for _label, combo in combos:
            combo.currentIndexChanged.connect(self.show_chosen)

    @property
    def key(self) -> str:
        return _key(*(str(combo.currentData()) for combo in (self.kinds, self.audiences, self.channels)))

    def choose(self, key: str) -> None:
        for combo, value in zip((self.kinds, self.audiences, self.channels), key.split("|"), strict=True):
            combo.setCurrentIndex(max(combo.findData(value), 0))

    def show_chosen(self) -> None:
        self.show_known(words_of(MessageKind(self.kinds.currentData())))
        super().show_chosen()

    def read_texts(self, store: Store) -> dict[str, str]:
        """Every text as it is used: her own for this audience and channel, else the one used instead."""
        rows = message_texts(store)
        own = {_key(row.kind, row.audience or "", row.channel or ""): row.text for row in rows if row.own}
        found: dict[str, str] = {}
        for kind, audience, channel in product(KINDS, ("", *Audience), ("", *CHANNELS)):
            wider = (_key(kind, audience, ""), _key(kind, "", channel), _key(kind, "", ""))
            mine = _key(kind, audience, channel)
            instead = next((own[key] for key in wider if key != mine and key in own), usual_text(kind))
            self._instead[mine], found[mine] = instead, own.get(mine, instead)
        return found

    def save_text(self, store: Store, key: str, text: str | None) -> int | None:
        kind, audience, channel = key.split("|")
        return save_message_text(
            store, MessageKind(kind), text, Audience(audience) if audience else None, channel or None
        )

    def usual_text(self, key: str) -> str:
        """The text used when she has none of her own here."""
        return self._instead.get(key, "")


def _key(kind: str, audience: str, channel: str) -> str:
    return f"{kind}|{audience}|{channel}"
