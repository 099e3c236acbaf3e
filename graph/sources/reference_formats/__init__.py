"""Exports of reference managers and databases, each as a list of references.

.. code-block:: text

    recognise       which format a text is in: its content decides, not the name of its file
    other_formats   texts in formats that are not read, which would pass for lines of titles
    references      what a record becomes: title, first author, year, identifiers
    bibtex          BibTeX and BibLaTeX, also with faults in them
    bibtex_entries  names of people and eprints in these, and what an entry has from others that it names
    tagged          formats with a tag a line: RIS, PubMed, Web of Science, EndNote
    csl_json        CSL-JSON, and other JSON with a list of works
    csv_export      tables of Scopus, Web of Science, Zotero, Dimensions and others, also from spreadsheets
    endnote_xml     EndNote's XML
"""
