"""Printed lists of references, read from the files that papers are made of or kept as.

.. code-block:: text

    entries              entries, works and lists as values
    read                 the files of a paper, whatever they are -> its bibliography
    completeness         whether a list is the whole list
    identifiers_printed  the identifiers that links lead to and texts announce
    entry_parts          title, authors, year and identifiers of an entry whose parts are not named
    tex_source           TeX as it is written: comments, groups, arguments
    tex_commands         the commands of lists that are not shown as they stand
    tex_text             TeX as it is shown
    tex_citations        which works a .tex file cites, and where
    thebibliography      .bbl of BibTeX
    biblatex_bbl         .bbl of biber
    bib_database         .bib, with the .tex that cites
    markup_tree          XML and HTML as trees, read without entities, document types or the network
    latexml_html         arXiv's HTML
    jats_xml             publishers' XML
    grobid_tei           what GROBID reads in a PDF
    numbered_text        text
    report               what was read, for people and programs
    written              the bibliography as the files of a corpus folder

Nothing in a file is executed, expanded or fetched. What a list does not say stays unknown: a title is never guessed
from a journal, nor an identifier from a title.
"""
