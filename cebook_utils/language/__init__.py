"""What an author writes and a reader sees: settings, words, the printer, messages."""
