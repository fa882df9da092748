"""One Qt item model per table, one shared sort/filter proxy."""
