"""Long runs against a real server, for `make soak`; SOAK=0.1 makes all of them smaller."""
