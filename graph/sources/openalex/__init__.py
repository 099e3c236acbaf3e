"""OpenAlex: which works it matched to the references of a paper, and who cites it.

Its lists are never whole: a reference without a DOI or a PubMed id is dropped there. Priem et al. 2022,
doi:10.48550/arXiv.2205.01833.
"""
