"""Looking for members by what they are called."""


def called(name: str, words: str) -> bool:
    """Whether each of the words begins a word of the name, or all of them stand in it as they are."""
    name, words = name.casefold(), words.casefold().strip()
    parts = name.split()
    return words in name or all(any(part.startswith(word) for part in parts) for word in words.split())
