"""Papers as lines, before they are a PDF or a DOCX: both are made of the same lines, so that they say the same.

`sheets` has the lines, `pdf` says them to a typst template, `word` writes them into a DOCX. Nothing here knows what a paper is for.
"""
