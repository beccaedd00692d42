"""The root of all tests. What stands behind each line is in tests/plumbing/; the settings are tests/settings.py."""

import gc
import shutil

import pytest
from hypothesis import settings as hypothesis_settings

# How long a case takes says how busy the machine is, not whether the case holds.
hypothesis_settings.register_profile("house", deadline=None)
hypothesis_settings.register_profile("thorough", deadline=None, max_examples=20_000)
hypothesis_settings.load_profile("house")

pytest_plugins = [
    "tests.plumbing.template_database",
    "tests.plumbing.strictness",
    "tests.plumbing.queries",
    "tests.plumbing.moments",
    "tests.plumbing.search_file",
    "tests.plumbing.left_out",
    "tests.plumbing.order",
    "tests.plumbing.log",
]

# Of two lists of features Chromium follows the last: these are Playwright's own, and the two popups of the address bar, for which
# every window would start one more process.
WITHOUT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch",
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup",
)  # fmt: skip


def pytest_collection_finish() -> None:
    """What is loaded by now lives as long as the run: the collector, a tenth of the time otherwise, looks at the rest, more seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture
def own_files(settings, tmp_path) -> None:
    """What the test uploads and makes public goes to folders of its own."""
    settings.PRIVATE_ROOT, settings.MEDIA_ROOT = tmp_path / "files", tmp_path / "media"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """The system's Chromium: nothing is downloaded."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise pytest.UsageError("Tests in a browser need the program 'chromium'.")
    args = ["--disable-dev-shm-usage", f"--disable-features={','.join(WITHOUT)}"]
    return {**browser_type_launch_args, "executable_path": chromium, "args": args}
