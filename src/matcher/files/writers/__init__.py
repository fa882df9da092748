"""Files that leave: a workbook in which nothing can run, and a write that is whole or not at all."""
