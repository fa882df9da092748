"""Background work: one writer thread, one reader thread, one door (`Jobs.run`). Nothing else starts a thread."""

from matcher_ui.jobs.door import Jobs
from matcher_ui.jobs.job import Job

__all__ = ["Job", "Jobs"]
