"""Loading what ranking needs before it is needed."""


def make_ready() -> None:
    """Import scikit-learn, which takes about a second: called in the background once the window is painted."""
    from sklearn.feature_extraction.text import CountVectorizer  # noqa: F401
