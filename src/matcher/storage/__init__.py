"""The store: open, key, lock, unit of work and change log, migrate, back up. The only room with SQL text."""

from matcher.storage.aside import forget_aside, keep_aside, kept_aside
from matcher.storage.backups import Backup, PutBack, back_up, backups, integrity_problems, last_backup, put_back
from matcher.storage.forgetting import forget_changes
from matcher.storage.guards import member_permission
from matcher.storage.history import BatchRow, changed_since, recent_batches
from matcher.storage.keys import Cost, WrongPassphraseError
from matcher.storage.leaving import notes_on_files, send_out, settle_pending
from matcher.storage.lookup import member_of, numbered, request_of
from matcher.storage.recent import (
    last_store,
    path_for,
    publish_passphrase,
    published_passphrase,
    remember_store,
    stores_folder,
)
from matcher.storage.schema import guard_problems
from matcher.storage.settings import Settings, read_settings, replace_passphrase, save_settings, settings_in
from matcher.storage.store import (
    SUFFIX,
    NewStore,
    Store,
    change_passphrase,
    create_store,
    open_store,
    open_with_keys,
    reading,
)
from matcher.storage.undo import Undone, check_can_be_undone, count_noes, last_batch, revert
from matcher.storage.unit_of_work import Unit, put_setting, revision, setting, work

__all__ = [
    "SUFFIX",
    "Backup",
    "BatchRow",
    "Cost",
    "NewStore",
    "PutBack",
    "Settings",
    "Store",
    "Undone",
    "Unit",
    "WrongPassphraseError",
    "back_up",
    "backups",
    "change_passphrase",
    "changed_since",
    "check_can_be_undone",
    "count_noes",
    "create_store",
    "forget_aside",
    "forget_changes",
    "guard_problems",
    "integrity_problems",
    "keep_aside",
    "kept_aside",
    "last_backup",
    "last_batch",
    "last_store",
    "member_of",
    "member_permission",
    "notes_on_files",
    "numbered",
    "open_store",
    "open_with_keys",
    "path_for",
    "publish_passphrase",
    "published_passphrase",
    "put_back",
    "put_setting",
    "read_settings",
    "reading",
    "recent_batches",
    "remember_store",
    "replace_passphrase",
    "request_of",
    "revert",
    "revision",
    "save_settings",
    "send_out",
    "setting",
    "settings_in",
    "settle_pending",
    "stores_folder",
    "work",
]
