"""A server of JupyterLab with a home of its own; `make jupyter` installs JupyterLab."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_urlsafe
from time import monotonic, sleep

START_SECONDS = 120
"""How long a server may take until it listens, on a busy machine."""

OPTIONS = [
    "--no-browser",
    "--allow-root",
    "--ServerApp.ip=127.0.0.1",
    "--ServerApp.port=0",
    "--LabApp.expose_app_in_browser=True",  # `jupyterapp`, by which a test begins what a menu does
    # it ends itself if the tests are killed
    "--MappingKernelManager.cull_idle_timeout=120",
    "--ServerApp.shutdown_no_activity_timeout=180",
]
WITHOUT_KERNELS = ["--KernelSpecManager.allowed_kernelspecs=none", "--KernelSpecManager.ensure_native_kernel=False"]


@contextmanager
def running_lab(notebook: Path, home: Path, *, theme: str = "Light", kernels: bool = True) -> Iterator[str]:
    """A server that keeps all that is its own at home: the address at which it opens a notebook.

    A home holds the key with which a server signs the notebooks that were run: a server with another home trusts none
    of them. Without kernels nothing can be run.
    """
    own = home / "settings" / "@jupyterlab" / "apputils-extension"
    own.mkdir(parents=True, exist_ok=True)
    (own / "themes.jupyterlab-settings").write_text(json.dumps({"theme": f"JupyterLab {theme}"}), "utf-8")
    (own / "notification.jupyterlab-settings").write_text(json.dumps({"fetchNews": "false"}), "utf-8")
    token, log = token_urlsafe(), home / "log"
    environment = os.environ | {
        "IPYTHONDIR": str(home / "ipython"),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTER_TOKEN": token,
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
    }
    command = [sys.executable, "-m", "jupyterlab", *OPTIONS, f"--ServerApp.root_dir={notebook.parent}"]
    with log.open("wb") as told:
        server = subprocess.Popen(
            command + ([] if kernels else WITHOUT_KERNELS), env=environment, stdout=told, stderr=told
        )
    try:
        yield f"{_listening(server, log)}lab/tree/{notebook.name}?token={token}&reset"
    finally:
        server.terminate()  # it ends its kernels first
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _listening(server: subprocess.Popen[bytes], log: Path) -> str:
    """Where a server listens, once it says so in its log."""
    until = monotonic() + START_SECONDS
    while not (found := re.search(r"http://127\.0\.0\.1:\d+/", log.read_text("utf-8", "replace"))):
        assert server.poll() is None, f"JupyterLab ended:\n{log.read_text('utf-8', 'replace')}"
        assert monotonic() < until, f"JupyterLab does not listen:\n{log.read_text('utf-8', 'replace')}"
        sleep(0.2)
    return found[0]
