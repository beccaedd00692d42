"""The demo province: invented people, startups, dossiers and articles, entered through the same doors as real ones.

Everything here is made up. Enterprises carry "(giả định)" in their names, people are called Mẫu, Thử or Ví, tax codes
begin with 99 and addresses end in .example.
"""
