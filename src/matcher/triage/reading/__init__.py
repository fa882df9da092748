"""Reading a request: plain text in, a brief out, each fact by the file of its name. Nothing is stored.

``request.read_request`` is the way in. A reader takes a ``text.TextToRead`` and gives back ``text.Found`` facts.
"""
