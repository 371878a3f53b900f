"""What the notebooks share: the look of figures, and what the stored chapters hold."""
