"""One provider's bytes to records: each module here reads one kind of source and knows nothing of the others."""
