#!/usr/bin/env bash
# Resolve requirements/*.in to fully pinned requirements/*.txt, each with its own interpreter.
#   scripts/lock.sh            keep the pins that still fit
#   scripts/lock.sh --upgrade  take the newest versions that fit
set -euo pipefail
cd "$(dirname "$0")/.."

lock() { # environment, name
  local python tools=var/lock/$1
  python=$(scripts/find_python.sh "$1")
  [ -x "$tools/bin/pip-compile" ] ||
    { "$python" -m venv "$tools" && "$tools/bin/python" -m pip install --quiet pip-tools; }
  echo "lock  requirements/$2.txt"
  (cd requirements && CUSTOM_COMPILE_COMMAND="make lock" "../$tools/bin/pip-compile" --quiet \
    --no-config --allow-unsafe --strip-extras --annotation-style=line --no-emit-options \
    --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
    "${@:3}" --output-file="$2.txt" "$2.in")
  # A local build such as 2.13.0+cpu exists on one index only; the release itself on all.
  sed -i -E 's/^([A-Za-z0-9_.-]+==[^+ ]+)\+[a-z0-9.]+/\1/' "requirements/$2.txt"
}

lock service service "$@"
lock service dev "$@"
lock rasa rasa "$@"
