import html
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from search import abbreviations
from search.engine import Query, get_engine
from search.following import catch_up
from search.numbering import start_new_epoch
from tests.accounts.factories import UserFactory, sign_in

SEEDS = Path(project.BASE_DIR).parent / "shared" / "seeds"


def seed(name: str) -> Path:
    """A file of the department's real texts. They lie beside the checkout; without them nothing is proved."""
    path = SEEDS / name
    if not path.is_file():
        pytest.fail(
            f"The real text {name} is missing: it must lie at {path} (the folder 'shared' beside the checkout)."
        )
    return path


@pytest.fixture(autouse=True)
def files_of_this_test(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture
def editor(db: None) -> User:
    call_command("sync_roles", stdout=StringIO())
    return UserFactory(editor=True, full_name="Lò Thị Mẫu")


@pytest.fixture
def desk(editor: User) -> Client:
    """The editor, at the desk."""
    return sign_in(Client(), editor)


@pytest.fixture
def found(db: None, settings, tmp_path: Path) -> Iterator[Callable[..., list[str]]]:
    """`found("che")`: the titles that a visitor's search shows, best first."""
    settings.SEARCH_FILE = tmp_path / "search.sqlite3"
    start_new_epoch()
    abbreviations.forget()
    engine = get_engine()

    def titles(text: str, *, language: str = "vi", kind: str = "article") -> list[str]:
        catch_up()
        results = engine.search(Query(text=text, kinds=(kind,), language=language))
        return [html.unescape(hit.title) for hit in results.hits]

    yield titles
    engine.file.close()
