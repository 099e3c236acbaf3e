"""OpenCitations: which citations among works with identifiers it has from Crossref, PubMed, DataCite and others.

Its lists are never whole, and an empty answer says nothing: a time-out within the service looks the same. Peroni and
Shotton 2020, doi:10.1162/qss_a_00023.
"""
