"""Artwork made from a record's own key: no stock pictures, and the same picture every time.

`brocade` weaves covers, head strips and gems, `landscape` draws scenes; both are pure and know no framework.
`files.write_art` keeps a picture as a file under its content's name when a record is published.
"""
