"""Triggers and views that hold even against raw SQL: the ledger only grows, and no ask or share lacks consent."""

from sqlalchemy import column, table

member_permission = table(
    "member_permission", column("member_id"), column("purpose"), column("state"), column("at")
)
"""The view of where every member stands on every purpose she ever decided about."""

# Said as "no later one counts", so that asking for one person or purpose looks at no other entries.
_LATEST = """
CREATE VIEW permission_now AS
SELECT e.member_key, e.purpose, e.decision, e.at, e.how, e.expires_on, e.id AS event_id
FROM consent_event AS e
WHERE e.decision <> 'void'
  AND NOT EXISTS (SELECT 1 FROM consent_event AS v WHERE v.voids = e.id)
  AND NOT EXISTS (
    SELECT 1 FROM consent_event AS l
    WHERE l.member_key = e.member_key AND l.purpose = e.purpose AND (l.at, l.id) > (e.at, e.id)
      AND l.decision <> 'void' AND NOT EXISTS (SELECT 1 FROM consent_event AS v WHERE v.voids = l.id))
"""

# A merged member's decisions count for the one she was merged into; the most restrictive speaks. A yes may end on
# its day, by the clock of the program (see engine.connect), a no never does.
_EFFECTIVE = """
CREATE VIEW member_permission AS
SELECT coalesce(m.merged_into, m.id) AS member_id, p.purpose AS purpose,
  CASE min(CASE p.decision WHEN 'withdrawn' THEN 0 WHEN 'refused' THEN 1 WHEN 'ask_first' THEN 2 ELSE 3 END)
    WHEN 0 THEN 'withdrawn' WHEN 1 THEN 'refused' WHEN 2 THEN 'ask_first' ELSE 'given' END AS state,
  max(p.at) AS at
FROM member AS m CROSS JOIN permission_now AS p ON p.member_key = m.member_key
WHERE p.expires_on IS NULL OR p.decision IN ('refused', 'withdrawn') OR p.expires_on >= matcher_today()
GROUP BY 1, 2
"""

_PERSON = "(SELECT coalesce(merged_into, id) FROM member WHERE id = NEW.member_id)"
_PURPOSE = "CASE r.audience WHEN 'own' THEN 'own_events' ELSE r.audience END"


def _standing(purpose: str) -> str:
    """What member_permission says of one person, looked up by key, as 'yes' or 'no'.

    The view is worked out for everybody, which takes a tenth of a second for 3,000 members, and this is asked once
    for every ask.
    """
    return f"""(
    SELECT min(CASE WHEN e.decision IN ('refused', 'withdrawn') THEN 'no' ELSE 'yes' END)
    FROM member AS m JOIN consent_event AS e ON e.id = (
      SELECT latest.id FROM consent_event AS latest
      WHERE latest.member_key = m.member_key AND latest.purpose = {purpose} AND latest.decision <> 'void'
        AND NOT EXISTS (SELECT 1 FROM consent_event AS v WHERE v.voids = latest.id)
      ORDER BY latest.at DESC, latest.id DESC LIMIT 1)
    WHERE coalesce(m.merged_into, m.id) = {_PERSON}
      AND (e.expires_on IS NULL OR e.decision IN ('refused', 'withdrawn') OR e.expires_on >= matcher_today()))"""


_MAY_ASK = f"""
  SELECT 1 FROM request AS r WHERE r.id = NEW.request_id AND 'yes' = {_standing(_PURPOSE)}
"""
_MAY_INVITE = f"""
  SELECT 1 WHERE 'yes' = {_standing("'own_events'")}
"""
_OPEN_INVITATION = "NEW.state IN ('invited', 'coming', 'waiting')"

# Her yes to this request, with no withdrawal from requests of this kind since she gave it.
_HER_YES = f"""
  SELECT 1 FROM invitation AS i JOIN request AS r ON r.id = i.request_id
  WHERE i.id = NEW.invitation_id AND i.member_id = NEW.member_id AND i.request_id = NEW.request_id
    AND i.state IN ('yes', 'done') AND NOT EXISTS (
      SELECT 1 FROM consent_event AS e JOIN member AS m ON m.member_key = e.member_key
      WHERE coalesce(m.merged_into, m.id) = {_PERSON} AND e.purpose = {_PURPOSE}
        AND e.decision IN ('refused', 'withdrawn') AND e.at > i.answered_at)
"""


def _refuse(name: str, when: str, message: str, condition: str = "") -> str:
    clause = f"\nWHEN {condition}" if condition else ""
    return f"CREATE TRIGGER {name} {when}{clause}\nBEGIN SELECT RAISE(ABORT, '{message}'); END"


_STATEMENTS = {
    "permission_now": _LATEST,
    "member_permission": _EFFECTIVE,
    "ledger_no_update": _refuse("ledger_no_update", "BEFORE UPDATE ON consent_event", "the ledger only grows"),
    "ledger_no_delete": _refuse("ledger_no_delete", "BEFORE DELETE ON consent_event", "the ledger only grows"),
    "ledger_no_replace": _refuse(
        "ledger_no_replace",
        "BEFORE INSERT ON consent_event",
        "the ledger only grows",
        "EXISTS (SELECT 1 FROM consent_event WHERE id = NEW.id OR hash = NEW.hash)",
    ),
    "ledger_in_order": _refuse(
        "ledger_in_order",
        "BEFORE INSERT ON consent_event",
        "the ledger only grows, entry upon entry",
        f"NEW.previous_hash <> coalesce((SELECT hash FROM consent_event ORDER BY id DESC LIMIT 1), '{'0' * 64}')",
    ),
    "ledger_voids_no_no": _refuse(
        "ledger_voids_no_no",
        "BEFORE INSERT ON consent_event",
        "a no is never voided",
        "EXISTS (SELECT 1 FROM consent_event WHERE id = NEW.voids AND decision IN ('refused', 'withdrawn'))",
    ),
    "ledger_key_stays_hers": _refuse(
        "ledger_key_stays_hers",
        "BEFORE UPDATE OF member_key ON member",
        "the decisions of one person never become those of another",
        "NEW.member_key <> OLD.member_key"
        " AND EXISTS (SELECT 1 FROM consent_event WHERE member_key = NEW.member_key)",
    ),
    "ledger_form_lifts_no_spoken_no": _refuse(
        "ledger_form_lifts_no_spoken_no",
        "BEFORE INSERT ON consent_event",
        "a form cannot lift a no that was recorded by hand",
        """NEW.how = 'form' AND NEW.decision IN ('given', 'ask_first') AND EXISTS (
  SELECT 1 FROM permission_now AS p WHERE p.member_key = NEW.member_key AND p.purpose = NEW.purpose
    AND p.how <> 'form' AND p.decision IN ('refused', 'withdrawn') AND p.at <= NEW.at)""",
    ),
    "ask_needs_permission": _refuse(
        "ask_needs_permission",
        "BEFORE INSERT ON invitation",
        "this member may not be asked about this request",
        f"NOT EXISTS ({_MAY_ASK})",
    ),
    "ask_again_needs_permission": _refuse(
        "ask_again_needs_permission",
        "BEFORE UPDATE OF state, asked_at, member_id, request_id ON invitation",
        "this member may not be asked about this request",
        # Taking a yes or an ask back is always allowed, so that it can be undone after a permission ended.
        f"""(NEW.state IN ('to_ask', 'asked', 'yes') AND NOT (OLD.state = 'yes' AND NEW.state <> 'yes'
    OR OLD.state = 'asked' AND NEW.state = 'to_ask')
  OR NEW.member_id <> OLD.member_id OR NEW.request_id <> OLD.request_id) AND NOT EXISTS ({_MAY_ASK})""",
    ),
    "invitation_needs_permission": _refuse(
        "invitation_needs_permission",
        "BEFORE INSERT ON meetup_invitation",
        "this member may not be invited to the network''s own events",
        f"{_OPEN_INVITATION} AND NOT EXISTS ({_MAY_INVITE})",
    ),
    "invitation_again_needs_permission": _refuse(
        "invitation_again_needs_permission",
        "BEFORE UPDATE OF state, member_id, meetup_id, invited_at ON meetup_invitation",
        "this member may not be invited to the network''s own events",
        # Taking an answer back is always allowed, as with an ask.
        f"""{_OPEN_INVITATION} AND NOT EXISTS ({_MAY_INVITE}) AND NOT (
    OLD.state IN ('coming', 'waiting') AND NEW.state = 'invited'
    AND NEW.member_id = OLD.member_id AND NEW.meetup_id = OLD.meetup_id)""",
    ),
    "share_needs_her_yes": _refuse(
        "share_needs_her_yes",
        "BEFORE INSERT ON release",
        "details are shared only after her own yes to this request",
        f"NOT EXISTS ({_HER_YES}) OR NOT EXISTS ({_MAY_ASK})",
    ),
    "share_no_replace": _refuse(
        "share_no_replace",
        "BEFORE INSERT ON release",
        "what was shared stays logged",
        "EXISTS (SELECT 1 FROM release WHERE id = NEW.id)",
    ),
    "share_stays_logged": _refuse("share_stays_logged", "BEFORE DELETE ON release", "what was shared stays logged"),
    "share_stays_as_logged": _refuse(
        "share_stays_as_logged", "BEFORE UPDATE ON release", "what was shared stays logged"
    ),
}

GUARDS = {name: statement.strip() for name, statement in _STATEMENTS.items()}
"""Name -> CREATE statement, in the order in which they must be made."""
