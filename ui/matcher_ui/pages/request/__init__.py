"""One request, a file or a few for each of its steps from Brief to Close."""
