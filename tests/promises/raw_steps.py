"""What somebody with the key and a database tool may do, past the program."""

from tests.promises.account import OPEN_INVITATION, PURPOSES, Account, Replied

from matcher.model import (
    How,
)


class RawSteps(Account):
    """Steps in plain SQL: what the database refuses has not happened."""

    def sql(self, *statements: str) -> int:
        changed = 0
        with self.store.writer.begin() as connection:
            for statement in statements:
                changed = connection.exec_driver_sql(statement).rowcount
        return changed

    def do_raw_ask(self, who: int, which: int, how: str) -> None:
        person, request = self.people[who], self.requests[which]
        done = self.sql(
            f"INSERT {how} INTO invitation (request_id, member_id, state, volunteered, override_reason, session,"
            f" note, asked_at) VALUES ({request}, {person}, 'asked', 0, '', '', '', '2026-06-01 09:00:00.000000')"
        )
        if done:
            self.check_asked(person, request, "raw insert")

    def do_raw_invite(self, who: int, how: str) -> None:
        person = self.people[who]
        if self.sql(
            f"INSERT {how} INTO meetup_invitation (meetup_id, member_id, state)"
            f" VALUES ({self.meetup}, {person}, 'invited')"
        ):
            self.check_invited(person, "raw invitation")

    def do_raw_come(self, who: int, state: str) -> None:
        person = self.people[who]
        before = self.look(f"SELECT state FROM meetup_invitation WHERE member_id = {person}")
        done = self.sql(f"UPDATE meetup_invitation SET state = '{state}' WHERE member_id = {person}")
        if done and not (state == "invited" and before[0][0] in ("coming", "waiting")):
            self.check_invited(person, "raw answer")

    def do_raw_move_back(self, who: int, to: int) -> None:
        """Take an answer back, and put it to somebody else in the same go."""
        if self.sql(
            f"UPDATE meetup_invitation SET state = 'invited', member_id = {self.people[to]}"
            f" WHERE member_id = {self.people[who]}"
        ):
            self.check_invited(self.people[to], "raw move")

    def do_raw_move_invitation(self, who: int, to: int) -> None:
        if self.sql(
            f"UPDATE OR IGNORE meetup_invitation SET member_id = {self.people[to]}"
            f" WHERE member_id = {self.people[who]}"
        ) and self.look(
            f"SELECT 1 FROM meetup_invitation WHERE member_id = {self.people[to]} AND {OPEN_INVITATION}"
        ):
            self.check_invited(self.people[to], "raw move")

    def do_raw_reopen(self, who: int, which: int, state: str) -> None:
        person, request = self.people[who], self.requests[which]
        which_ask = f"member_id = {person} AND request_id = {request}"
        before = self.look(f"SELECT state FROM invitation WHERE {which_ask}")
        if self.sql(f"UPDATE invitation SET state = '{state}' WHERE {which_ask}"):
            if not _goes_back(before[0][0], state):
                self.check_asked(person, request, "raw update")
            self.seq += 1
            self.replied[person].append(Replied(request, state == "yes", self.seq, 0))

    def do_raw_move_ask(self, who: int, to: int, which: int) -> None:
        person, request = self.people[to], self.requests[which]
        done = self.sql(
            f"UPDATE OR IGNORE invitation SET member_id = {person}"
            f" WHERE member_id = {self.people[who]} AND request_id = {request}"
        )
        if done and who != to:
            self.check_asked(person, request, "raw move")
            self.replied[person] += [r for r in self.replied[self.people[who]] if r.request == request]

    def do_raw_release(self, who: int, which: int, how: str, under: int | None = None) -> None:
        """Log a release; ``under``: by the ask of another request."""
        person, request = self.people[who], self.requests[which]
        asked = request if under is None else self.requests[under]
        self.sql(
            f"INSERT {how} INTO release (request_id, member_id, invitation_id, recipient, shared_fields, at)"
            f" SELECT {request}, {person}, id, 'Sam', '[]', '2026-06-01 09:00:00.000000' FROM invitation"
            f" WHERE request_id = {asked} ORDER BY member_id = {person} DESC LIMIT 1"
        )

    def do_raw_hide_release(self, statement: str) -> None:
        """Take a release out of the log, or put it to somebody else: either would hide it."""
        self.tally.released_without += self.sql(statement)

    def do_raw_ledger(self, statement: str) -> None:
        texts = ["DELETE FROM consent_text"] if statement.startswith("DELETE") else []
        self.sql(*texts, statement)

    def do_raw_yes(self, who: int, about: int, how: How, link: str) -> None:
        """A yes that nobody said. ``link``: "stale" knows nothing of the chain, "last" and "replace" do."""
        person, purpose = self.people[who], PURPOSES[about].value
        last = "(SELECT hash FROM consent_event ORDER BY id DESC LIMIT 1)"
        previous = last if link != "stale" else f"'{'f' * 64}'"
        id_ = "(SELECT max(id) FROM consent_event)" if link == "replace" else "NULL"
        self.sql(
            "INSERT OR REPLACE INTO consent_event (id, member_key, purpose, decision, at, recorded_at, how,"
            " recorder, batch_id, text_digest, previous_hash, hash)"
            f" SELECT {id_}, member_key, '{purpose}', 'given', '2027-12-01 09:00:00.000000',"
            f" '2026-06-01 09:00:00.000000', '{how.value}', '', 1, '', {previous}, lower(hex(randomblob(32)))"
            f" FROM member WHERE id = {person}"
        )

    def do_raw_void(self, who: int, about: int) -> None:
        """Void the last no of a person."""
        last = "(SELECT hash FROM consent_event ORDER BY id DESC LIMIT 1)"
        self.sql(
            "INSERT INTO consent_event (member_key, purpose, decision, at, recorded_at, how, recorder, batch_id,"
            " voids, text_digest, previous_hash, hash)"
            f" SELECT member_key, purpose, 'void', at, recorded_at, how, '', 1, id, '', {last},"
            " lower(hex(randomblob(32)))"
            " FROM consent_event WHERE decision IN"
            f" ('refused', 'withdrawn') AND purpose = '{PURPOSES[about].value}' AND member_key ="
            f" (SELECT member_key FROM member WHERE id = {self.people[who]}) ORDER BY id DESC LIMIT 1"
        )

    def do_raw_key(self, who: int, other: int) -> None:
        """Give somebody the decisions of another."""
        if who == other:
            return
        one, two = self.people[who], self.people[other]
        [(key,)] = self.look(f"SELECT member_key FROM member WHERE id = {two}")
        self.sql(
            f"UPDATE member SET member_key = lower(hex(randomblob(16))) WHERE id = {two}",
            f"UPDATE member SET member_key = '{key}' WHERE id = {one}",
        )


def _goes_back(before: str, after: str) -> bool:
    """Whether an ask is only taken back a step: nobody is asked by that."""
    steps = ("to_ask", "asked", "yes")
    return before in steps and steps.index(after) < steps.index(before)
