"""Everyone asked and not settled, across requests."""
