"""Somebody who edits: for each line on standard input, gives every page another text and publishes it.

One line of JSON for each, as soon as it is published: number of the page, its text, when.
"""

import json
import os
import sys
import time


def main() -> None:
    rounds, numbers = int(sys.argv[1]), json.loads(sys.argv[2])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    import django

    django.setup()
    from cms.core.models import StandardPage

    for turn in range(rounds):
        if not sys.stdin.readline():
            return
        for number in numbers:
            page = StandardPage.objects.get(pk=number)
            page.lead = f"Bản sửa {turn} của trang {number}."
            page.save_revision().publish()
            print(json.dumps([number, page.lead, time.time()]), flush=True)


if __name__ == "__main__":
    main()
