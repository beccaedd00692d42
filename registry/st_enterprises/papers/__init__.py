"""The papers of the S&T-enterprise certificate: forms V.1 to V.6 of Decree 268/2025, Appendix V.

`content` says what is written on each, `field_classes` who may see it, `forms` which lines it has. `pdf`, `word` and `data` make the
paper of it; `signing` signs the certificate. Nothing here knows a model, a request or the database.
"""
