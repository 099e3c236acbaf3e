"""Retractions and other notices: from what sources say to the papers of a corpus."""
