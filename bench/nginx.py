"""The nginx of deploy/ in a folder of its own: the same files, with other ports and paths. For the tests and `make bench`."""

import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DEPLOYED = Path(__file__).resolve().parent.parent / "deploy" / "nginx"
MAIN = """
{user}
worker_processes {workers};
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types;
    sendfile on;
    tcp_nopush on;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/unused;
    uwsgi_temp_path {folder}/unused;
    scgi_temp_path {folder}/unused;
    include {folder}/portal.conf;
    {more}
}}
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an nginx of ours lives and listens, and whose answers it passes on."""

    folder: Path
    static: Path
    https: int
    http: int
    app: int

    @property
    def address(self) -> str:
        return f"https://localhost:{self.https}"

    @property
    def trust(self) -> ssl.SSLContext:
        """Believes the certificate of this place and no other. It is there once `write` has made it."""
        return ssl.create_default_context(cafile=str(self.folder / "tls" / "fullchain.pem"))

    @property
    def log(self) -> Path:
        return self.folder / "portal.log"


def program() -> str:
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if found is None:
        raise FileNotFoundError("nginx is not on this machine: sudo apt-get install -y nginx-light")
    return found


def free_ports(number: int) -> list[int]:
    probes = [socket.socket() for _ in range(number)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def certificate(folder: Path) -> None:
    """One for `localhost`, signed by itself."""
    folder.mkdir(parents=True, exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


def write(place: Place, *, workers: int = 1, more: str = "") -> Path:
    """Copy the deployed files with this place's ports and paths; returns the main file."""
    shutil.copytree(DEPLOYED / "portal", place.folder / "portal", dirs_exist_ok=True)
    certificate(place.folder / "tls")
    (place.folder / "acme").mkdir(exist_ok=True)
    moved = (
        ("/var/cache/nginx/portal", f"{place.folder}/cache"),
        ("/var/lib/portal/static/", f"{place.static}/"),
        ("/var/lib/portal-acme", f"{place.folder}/acme"),
        ("/var/log/nginx/", f"{place.folder}/"),
        ("/etc/nginx/portal/", f"{place.folder}/portal/"),
        ("/etc/portal-tls/", f"{place.folder}/tls/"),
        ("server_name doimoi.vidu.example;", "server_name localhost;"),
        ("127.0.0.1:8001", f"127.0.0.1:{place.app}"),
    )
    for source in (DEPLOYED / "portal.conf", *(DEPLOYED / "portal").glob("*.conf")):
        text = re.sub(r" *listen \[::\].*\n", "", source.read_text("utf-8"))
        text = re.sub(r"listen 443\b", f"listen 127.0.0.1:{place.https}", text)
        text = re.sub(r"listen 80\b", f"listen 127.0.0.1:{place.http}", text)
        for old, new in moved:
            text = text.replace(old, new)
        (place.folder / source.relative_to(DEPLOYED)).write_text(text, "utf-8")
    user = "user root;" if os.geteuid() == 0 else ""  # the folder is its maker's alone
    main = place.folder / "nginx.conf"
    main.write_text(MAIN.format(user=user, workers=workers, folder=place.folder, more=more), "utf-8")
    return main


@contextmanager
def running(place: Place, **options: object) -> Iterator[Place]:
    """nginx until the end of the block; it must be there within seconds."""
    place.folder.mkdir(parents=True, exist_ok=True)
    main = write(place, **options)  # type: ignore[arg-type]
    process = subprocess.Popen(
        [program(), "-p", str(place.folder), "-c", str(main), "-e", str(place.folder / "error.log")]
    )
    try:
        until = time.monotonic() + 10
        while not _listens(place.https):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError((place.folder / "error.log").read_text("utf-8"))
            time.sleep(0.05)
        yield place
    finally:
        process.terminate()
        process.wait(10)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
