"""Before a store is open: the welcome, the lock, and a backup being put back."""
