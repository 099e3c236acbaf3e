"""A lineage, or a part of it, as text that other programs read: GraphML for Gephi, CSV for spreadsheets."""
