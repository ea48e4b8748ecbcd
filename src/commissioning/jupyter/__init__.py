"""The book in notebooks: its exercises as widgets, and chapters, exercises and solutions as files to open there."""
