"""Tools for those who work on the project; the running program does not use them."""
