#!/usr/bin/env bash
# Everything that can be said of the sources without running them; the output of what fails is shown.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
. scripts/steps.sh
. scripts/environment.sh

failed=()

check() { # title, command...
  local output from=$EPOCHREALTIME
  if output=$("${@:2}" 2>&1); then
    printf 'ok %s: %s s\n' "$1" "$(seconds_since "$from")"
  else
    printf '%s\n!! %s: failed after %s s\n' "$output" "$1" "$(seconds_since "$from")"
    failed+=("$1")
  fi
}

sources=(bot actions knowledge nlu tests scripts benchmarks)
check "lint" .venv/bin/ruff check "${sources[@]}"
check "format" .venv/bin/ruff format --check "${sources[@]}"
check "types" .venv/bin/mypy
check "layers" .venv/bin/lint-imports
check "procedures" .venv/bin/python -m bot procedures check
check "Dockerfile" .venv/bin/hadolint Dockerfile
check "shell" .venv/bin/shellcheck --external-sources scripts/*.sh deploy/*.sh .ci/run
check "dialogue data" .venv-rasa/bin/rasa data validate --fail-on-warnings

[ ${#failed[@]} -eq 0 ] || { echo "failed: ${failed[*]}" >&2; exit 1; }
