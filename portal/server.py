"""The process that answers: gunicorn around the loaded application, and beside it the loop of the jobs that are due."""

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from io import StringIO
from typing import Any, NoReturn

from django.core.management import call_command
from django.db import close_old_connections, connections
from django.urls import get_resolver
from gunicorn.app.base import BaseApplication
from gunicorn.http import message

JOBS_EVERY_SECONDS = 30
THREADS = 8
LONGEST_ADDRESS = 64 * 1024  # a question of 5,000 Vietnamese letters is 45 KB in an address; ours to answer in words

logger = logging.getLogger(__name__)
Application = Callable[..., Any]


class Server(BaseApplication):
    """Gunicorn inside this process: the application is loaded before the workers are forked, so they start at once."""

    def __init__(self, application: Application, address: str, workers: int) -> None:
        self.application = application
        self.options = {
            "bind": address,
            "workers": workers,
            "threads": THREADS,
            "worker_class": "gthread",
            "timeout": 60,  # a phone on a bad line sends slowly: its thread waits, the worker goes on beating
            "keepalive": 5,
            "graceful_timeout": 10,
            "limit_request_line": LONGEST_ADDRESS,
            "control_socket_disable": True,
            "loglevel": "warning",
        }
        super().__init__()

    def load_config(self) -> None:
        message.MAX_REQUEST_LINE = LONGEST_ADDRESS  # gunicorn's own ceiling, which no setting raises
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Application:
        return self.application


def free(address: str, port: int) -> bool:
    """Nobody listens there yet."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return False
    return True


def load_application() -> Application:
    """The application with its addresses and templates' machinery imported, so that the first visitor does not wait."""
    from portal.wsgi import application

    len(get_resolver().url_patterns)
    return application


def start_beside(work: Callable[[threading.Event], None]) -> None:
    """A child that works until its parent is gone, and is begun again when it dies. No connection is carried over a fork."""
    connections.close_all()
    parent = os.getpid()
    if os.fork():
        return
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C ends the parent; its children see it and follow
    worker = 0
    try:
        while os.getppid() == parent:
            if not worker:
                worker = os.fork() or _work(work)
            elif os.waitpid(worker, os.WNOHANG)[0]:
                logger.error("%s ended and is begun again", work.__name__)
                worker = 0
            time.sleep(1)
    finally:
        os._exit(0)


def _work(work: Callable[[threading.Event], None]) -> NoReturn:
    orphaned = threading.Event()
    threading.Thread(target=_wait_for_end, args=(os.getppid(), orphaned), daemon=True).start()
    try:
        while not orphaned.is_set():
            try:
                work(orphaned)
            except Exception:
                logger.exception("%s failed", work.__name__)
                orphaned.wait(1)
    finally:
        os._exit(0)


def _wait_for_end(parent: int, orphaned: threading.Event) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    orphaned.set()


def do_jobs(orphaned: threading.Event) -> None:
    while not orphaned.is_set():
        run_due_jobs()
        orphaned.wait(JOBS_EVERY_SECONDS)


def run_due_jobs() -> None:
    """Once; an error is logged and does not end the loop."""
    close_old_connections()
    try:
        call_command("run_jobs", stdout=StringIO())
    except Exception:
        logger.exception("run_jobs failed")
    finally:
        close_old_connections()
