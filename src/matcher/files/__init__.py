"""The border, both ways: hostile files come in as plain rows and text, safe files go out.

Knows nothing of members or requests.
"""
