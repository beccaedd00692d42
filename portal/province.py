"""Settings of the registers that are the province's own: who decides, how numbers are written, how limits are counted."""

LISTING_AUTHORITY = "so-khcn"
"""Who decides on the startup directory: a code of registry.core.models.Authority."""

CERTIFYING_AUTHORITY = "ubnd-tinh"
"""Who grants S&T-enterprise certificates where nothing else is stated (Art. 48(1)); a code as above."""

SERIES = {"startup_dossier": "KN", "startup_change": "DX", "st_certification_dossier": "CN", "st_change_dossier": "TD"}
NUMBER_PATTERNS = {scope: letters + "-{year}-{number:05d}" for scope, letters in SERIES.items()} | {
    "st_certificate": "{number:02d}/DNKHCN"
}
"""How the number of each series is written (registry/core/numbers.py)."""

LIMIT_COUNTS_EVENT_DAY = False
LIMIT_COUNTS_EVENT_DAY_SOURCE = "Bộ luật Dân sự 2015, Điều 147 khoản 2 và 3"
LIMIT_ROLLS = True
LIMIT_ROLLS_SOURCE = "Bộ luật Dân sự 2015, Điều 148 khoản 5 (chưa đối chiếu)"
"""How limits in days are counted, and by which provision (registry/core/deadlines.py)."""
