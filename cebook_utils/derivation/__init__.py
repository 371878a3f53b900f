"""An author's chain of lines, how each is checked, and what a reader sees of it."""
