"""The store: open, key, lock, unit of work and change log, migrate, back up. The only room with SQL text."""

from matcher.storage.aside import forget_aside, keep_aside, kept_aside
from matcher.storage.backups import (
    HOURLY,
    Backup,
    back_up,
    back_up_unless_kept,
    backup_problems,
    backups,
    integrity_problems,
    last_backup,
)
from matcher.storage.forgetting import forget_changes
from matcher.storage.guards import member_permission
from matcher.storage.history import BatchRow, changed_since, recent_batches
from matcher.storage.keys import Cost, Keys, RecoveryWords, WrongPassphraseError, is_recovery, recovery_words
from matcher.storage.leaving import notes_on_files, send_out, settle_pending
from matcher.storage.lookup import member_of, numbered, request_of
from matcher.storage.packing import PACKED
from matcher.storage.putting_back import Ready, made_ready, name_of
from matcher.storage.recent import (
    last_store,
    path_for,
    publish_passphrase,
    published_passphrase,
    remember_store,
    stores_folder,
)
from matcher.storage.schema import guard_problems
from matcher.storage.second_place import (
    Copied,
    Elsewhere,
    backup_file_name,
    bring_elsewhere,
    choose_second_place,
    elsewhere,
    keep_safe,
    save_backup,
)
from matcher.storage.settings import Settings, read_settings, replace_passphrase, save_settings, settings_in
from matcher.storage.store import (
    SUFFIX,
    NewStore,
    Store,
    change_passphrase,
    confirm_recovery_words,
    create_store,
    open_store,
    open_with_keys,
    reading,
    renew_recovery_words,
)
from matcher.storage.undo import Undone, check_can_be_undone, count_noes, last_batch, revert
from matcher.storage.unit_of_work import Unit, put_setting, revision, setting, work

__all__ = [
    "HOURLY",
    "PACKED",
    "SUFFIX",
    "Backup",
    "BatchRow",
    "Copied",
    "Cost",
    "Elsewhere",
    "Keys",
    "NewStore",
    "Ready",
    "RecoveryWords",
    "Settings",
    "Store",
    "Undone",
    "Unit",
    "WrongPassphraseError",
    "back_up",
    "back_up_unless_kept",
    "backup_file_name",
    "backup_problems",
    "backups",
    "bring_elsewhere",
    "change_passphrase",
    "changed_since",
    "check_can_be_undone",
    "choose_second_place",
    "confirm_recovery_words",
    "count_noes",
    "create_store",
    "elsewhere",
    "forget_aside",
    "forget_changes",
    "guard_problems",
    "integrity_problems",
    "is_recovery",
    "keep_aside",
    "keep_safe",
    "kept_aside",
    "last_backup",
    "last_batch",
    "last_store",
    "made_ready",
    "member_of",
    "member_permission",
    "name_of",
    "notes_on_files",
    "numbered",
    "open_store",
    "open_with_keys",
    "path_for",
    "publish_passphrase",
    "published_passphrase",
    "put_setting",
    "read_settings",
    "reading",
    "recent_batches",
    "recovery_words",
    "remember_store",
    "renew_recovery_words",
    "replace_passphrase",
    "request_of",
    "revert",
    "revision",
    "save_backup",
    "save_settings",
    "send_out",
    "setting",
    "settings_in",
    "settle_pending",
    "stores_folder",
    "work",
]
