"""Long runs against a real server for `make soak`; the factor SOAK=0.1 makes all of them shorter."""
