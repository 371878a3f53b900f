"""SymPy, which proposes lines and finds limits; it stands behind no ✓."""
