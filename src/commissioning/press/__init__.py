"""Builds the book, serves it on this machine, and shows an author's changes as they are made."""
