"""What `make` calls: small scripts that need nothing but Python's standard library."""
