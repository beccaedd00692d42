"""The whole life of one certificate, as steps of those who take part: the enterprise, the department, anybody."""
