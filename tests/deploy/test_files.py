"""What stands in deploy/, read without starting it: containers, units, keys, and that it says what the portal says."""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from portal import look
from portal.environment import env
from portal.middleware.body_limit import MAX_UPLOAD

DEPLOY: Path = settings.BASE_DIR / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.*"))
GUIDES = [DEPLOY / "README.md", *sorted((settings.BASE_DIR / "docs").glob("*.md"))]


def blocks(guide: Path) -> list[str]:
    """What a guide tells to type or to write down, block by block."""
    return re.findall(r"^ *```\w*\n(.*?)^ *```", guide.read_text(), re.M | re.S)


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())


def test_every_image_has_a_version_and_the_search_is_the_one_of_the_tests(compose: dict[str, Any]) -> None:
    images = {name: service["image"] for name, service in compose["services"].items()}
    others = {name: image for name, image in images.items() if not image.startswith("lai-chau-portal:")}
    assert set(others) == {"database", "search", "nginx"}
    assert all(re.search(r":\d+\.\d+(\.\d+)?", image) for image in others.values())
    tested = re.search(r"Elasticsearch (\d+\.\d+\.\d+)", (settings.BASE_DIR / "scripts/elasticsearch.sh").read_text())
    assert tested
    assert images["search"].endswith(f":{tested[1]}")


def test_only_nginx_has_ports_and_servers_of_data_cannot_leave(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["nginx"]
    inner = {name for name, network in compose["networks"].items() if network.get("internal")}
    assert set(services["database"]["networks"]) <= inner
    assert set(services["search"]["networks"]) <= inner
    assert not {"inside"} & set(services["nginx"]["networks"]), "nginx reaches the app and nothing behind it"


def test_every_server_says_whether_it_is_well_and_everything_named_exists(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert all("healthcheck" in services[name] for name in ("app", "database", "search", "nginx"))
    for name, service in services.items():
        assert set(service["networks"]) <= set(compose["networks"]), name
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            known = source in compose["volumes"] or source.startswith("./secrets/") or (DEPLOY / source).exists()
            assert known, f"{name}: {volume}"
            for inner in service.get("volumes", []):
                below = inner.split(":")[1].removeprefix(volume.split(":")[1] + "/")
                if volume.endswith(":ro") and below != inner.split(":")[1]:
                    assert (DEPLOY / source / below).exists(), f"{name}: no place for {inner} in {volume}"
        for other in service.get("depends_on", {}):
            assert "healthcheck" in services[other], f"{name} waits for {other}"


def test_the_containers_set_only_what_the_portal_reads(compose: dict[str, Any]) -> None:
    example = (DEPLOY / "portal.env.example").read_text()
    named = set(re.findall(r"^([A-Z_]+)=", example, re.M)) | set(compose["services"]["app"]["environment"])
    assert named <= set(env.settings)


def test_no_value_of_a_setting_carries_a_comment() -> None:
    """systemd and docker take all behind the equals sign for the value."""
    written = {str(file): file.read_text() for file in DEPLOY.glob("*.env*")}
    written |= {f"{guide.name}, block {i}": block for guide in GUIDES for i, block in enumerate(blocks(guide))}
    lines = [(where, line) for where, text in written.items() for line in re.findall(r"^[A-Z_]+=.*", text, re.M)]
    assert len({where for where, _ in lines}) >= 2, "the example and the guide's block"
    assert [one for one in lines if re.search(r"\s#", one[1])] == []


def test_the_docker_client_reads_the_compose_file_too(tmp_path: Path) -> None:
    """Where there is one: not every machine has it, and the structure is read above without it."""
    docker = shutil.which("docker")
    if not docker or subprocess.run([docker, "compose", "version"], capture_output=True).returncode:
        return
    copy = tmp_path / "deploy"
    shutil.copytree(DEPLOY, copy)
    subprocess.run(["sh", str(copy / "keys.sh")], check=True, capture_output=True)
    done = subprocess.run(
        [docker, "compose", "-f", str(copy / "compose.yaml"), "config", "--quiet"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_keys_are_made_once_and_for_their_owner(tmp_path: Path) -> None:
    copy = tmp_path / "deploy"
    shutil.copytree(DEPLOY, copy, ignore=shutil.ignore_patterns("portal.env", "search.env", "secrets"))
    make = ["sh", str(copy / "keys.sh")]
    subprocess.run(make, check=True, capture_output=True)
    written = (copy / "portal.env").read_text()
    assert "MAKE" not in written
    assert (copy / "portal.env").stat().st_mode & 0o077 == 0
    assert (copy / "secrets" / "database-password").read_text() in written
    assert (copy / "search.env").read_text().strip().partition("=")[2] in written
    subprocess.run(make, check=True, capture_output=True)
    assert (copy / "portal.env").read_text() == written


def test_the_image_is_built_from_the_lock_and_runs_as_nobody_special() -> None:
    said = (DEPLOY / "Dockerfile").read_text()
    assert "--require-hashes" in said
    assert said.rindex("USER portal") > said.rindex("RUN")
    assert "apt-get" not in said, "the backup and everything else need Python alone"
    ignored = (settings.BASE_DIR / ".dockerignore").read_text().split()
    assert {"deploy/portal.env", "deploy/search.env", "deploy/secrets", "var"} <= set(ignored)


def test_nginx_knows_the_cookies_and_limits_of_the_portal() -> None:
    conf = (DEPLOY / "nginx" / "portal.conf").read_text()
    assert f'"~{settings.SESSION_COOKIE_NAME}="  1;' in conf
    themes, texts = "|".join(look.THEMES), "|".join(look.TEXTS)
    assert rf"{look.COOKIE}=((?:{themes})\.(?:{texts}))" in conf
    limit = re.search(r"client_max_body_size (\d+)m;", conf)
    assert limit
    assert int(limit[1]) * 1024**2 > 2 * MAX_UPLOAD, "the portal itself tells what is too large"
    assert not re.search(r"^\s*proxy_cache_valid", conf, re.M)


def test_the_units_are_what_systemd_takes(tmp_path: Path) -> None:
    """Read by systemd where it is; what holds on every machine is asked in the next test."""
    analyze = shutil.which("systemd-analyze")
    if not analyze:
        return
    for unit in UNITS:
        text = unit.read_text().replace("/opt/portal/.venv/bin/python", sys.executable)
        (tmp_path / unit.name).write_text(text)
    done = subprocess.run(
        [analyze, "verify", *map(str, sorted(tmp_path.iterdir()))], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr


def test_after_a_backup_keys_stand_apart_and_old_archives_go(tmp_path: Path) -> None:
    archives, keys = tmp_path / "archives", tmp_path / "keys"
    archives.mkdir()
    after = ["sh", str(DEPLOY / "after-backup.sh"), str(archives), str(keys)]

    def made(name: str, days: int) -> None:
        for file in (archives / name, archives / f"{name}.keys"):
            file.write_text(name)
            os.utime(file, (time.time() - days * 86400 - 3600,) * 2)

    for name, days in (("2026-01-01-0215.tar", 40), ("2026-01-30-0215.tar", 11), ("before-repair.tar", 60)):
        made(name, days)
    said = subprocess.run(after, check=True, capture_output=True, text=True).stderr
    assert "No backup of the last two days" in said
    every = {file.name for file in archives.iterdir()}
    assert every == {"2026-01-01-0215.tar", "2026-01-30-0215.tar", "before-repair.tar"}
    assert {file.name for file in keys.iterdir()} == {f"{name}.keys" for name in every}
    made("2026-02-10-0215.tar", 0)
    subprocess.run(after, check=True)
    left = every - {"2026-01-01-0215.tar"} | {"2026-02-10-0215.tar"}
    assert {file.name for file in archives.iterdir()} == left
    assert {file.name for file in keys.iterdir()} == {f"{name}.keys" for name in left}
    assert keys.stat().st_mode & 0o077 == 0
    assert all(file.stat().st_mode & 0o077 == 0 for file in keys.iterdir())


def test_every_backup_of_a_night_is_followed_by_the_same(compose: dict[str, Any]) -> None:
    unit = (DEPLOY / "systemd" / "portal-backup.service").read_text()
    asked = re.search(r"^ExecStopPost=\+/bin/sh /opt/portal/(\S+) (\S+) (\S+)$", unit, re.M)
    assert asked, "as root: the portal's user opens no folder of root's"
    script, archives, keys = asked.groups()
    assert (settings.BASE_DIR / script).exists()
    assert f'backup "{archives}/' in unit
    assert f"backups:{archives}" in compose["services"]["jobs"]["volumes"]
    cron = next(line for block in blocks(GUIDES[0]) for line in block.splitlines() if "manage.py backup" in line)
    assert f'backup "{archives}/' in cron
    assert f"/opt/portal/{script} " in cron
    assert cron.endswith(f'{compose["name"]}_backups)" {keys}')
    told = (settings.BASE_DIR / "docs" / "backup.md").read_text()
    assert all(f"`{name}" in told for name in (script, archives, keys))
    assert "/srv/" not in told
    assert " /backup" not in told


def test_the_guide_asks_the_portal_by_names_it_answers_to() -> None:
    guide = GUIDES[0].read_text()
    hosts = re.search(r"^PORTAL_HOSTS=(\S+)", guide, re.M)
    asked = re.findall(r"curl [^\n`]*?(?:http://)?([\w.-]+):8001/", guide)
    assert hosts
    assert len(asked) == 2
    assert set(asked) <= set(hosts[1].split(","))


def test_the_guide_types_what_is_there_and_leaves_no_key_behind() -> None:
    typed = "\n".join(blocks(GUIDES[0]))
    assert not re.search(r"\bsudo\b", typed), "the guide does not install it"
    assert "curl" in (re.search(r"apt-get install .*", typed) or [""])[0]
    made = re.findall(r"^.*messages compile", typed, re.M)
    assert len(made) == 2
    assert all('PORTAL_VAR="$(mktemp -d)" ' in line for line in made)


def test_an_upgrade_stops_the_jobs_first_and_starts_only_what_runs_here() -> None:
    told = next(block for block in blocks(GUIDES[0]) if "git fetch" in block)
    steps = ("stop portal-jobs.timer", "git checkout", "messages compile", "restart portal ", "start portal-jobs.timer")
    places = [told.index(step) for step in steps]
    assert places == sorted(places)
    assert "systemctl try-restart portal-search" in told
    assert not re.search(r" restart .*portal-search", told)


def test_every_service_is_fenced_in_and_every_timer_has_its_service() -> None:
    services = {unit.stem: unit.read_text() for unit in UNITS if unit.suffix == ".service"}
    assert set(services) == {"portal", "portal-jobs", "portal-search", "portal-backup"}
    for name, text in services.items():
        for fence in ("User=portal", "NoNewPrivileges=yes", "ProtectSystem=strict", "PrivateTmp=yes", "UMask=0027"):
            assert fence in text, f"{name}: {fence}"
        asked = re.search(r"manage\.py (\w+)", text)
        assert asked
    assert {unit.stem for unit in UNITS if unit.suffix == ".timer"} <= set(services)
