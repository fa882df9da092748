"""The Match tab of a request: who could fit and why, who not now, and the list."""
