"""Import members: the file read, everything shown, nothing saved before Accept."""
