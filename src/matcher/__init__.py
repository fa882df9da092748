"""Matcher: who may be asked, who fits and whose turn it is, for a peer network of home-care workers."""

__version__ = "0.1.0"
