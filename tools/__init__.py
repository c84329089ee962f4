"""Scripts called by `make`; those that prepare an environment use only the standard library."""
