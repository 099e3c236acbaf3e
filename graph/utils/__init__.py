"""What every package uses and what knows nothing of papers: files, text, progress, locks."""
