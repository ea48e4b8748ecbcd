"""An author's file becomes a model, or every fault with its line. Nothing here knows what the book is about."""
