"""Crossref: what publishers deposited of their papers' references.

It never says who cites a paper, only how many do. Its titles and years are facts; abstracts belong to publishers and
are not kept.
"""
