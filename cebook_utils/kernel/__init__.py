"""The kernel: all that is trusted. It imports nothing but Python's standard library."""
