"""Temporary: through the functions."""
import tempfile
from pathlib import Path
from typing import Any, Mapping, Sequence
from matcher import clock, triage
from matcher.files.readers.documents import read_document
from matcher.model import brief_to_json
from matcher.storage import create_store, Cost


def log_all(folder: Path, manifest: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    out = {}
    with tempfile.TemporaryDirectory() as d:
        with create_store(Path(d)/"a.matcher", "x", "pw").store as store:
            for item in manifest:
                path = folder / item["file"]
                doc = read_document(path); rec = clock.instant(item["received_at"])
                l = triage.log_request(store, triage.read_request(doc, rec), doc, path.read_bytes(), rec)
                out[item["id"]] = {"id": l.id, "kind": l.kind.value, "updates": l.updates, **brief_to_json(l.brief)}
    return out
