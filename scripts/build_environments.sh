#!/usr/bin/env bash
# Make .venv (the service) and .venv-rasa (Rasa) from the pinned files; what is up to date stays.
#   scripts/build_environments.sh [service] [rasa] [dev]     dev goes into the service's environment
# Up to date means: the interpreter and the pins hash to what was installed last. Times do not count.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/steps.sh

# A person sees pip's own progress bars, a log the two lines of each step.
quiet=--quiet
[ -t 1 ] && quiet=--progress-bar=on

interpreter_in() { # folder; empty when there is none or it no longer runs
  "$1/bin/python" -c 'import sys; print(sys.version, sys.base_prefix)' 2>/dev/null || true
}

fingerprint() { # environment, folder
  { interpreter_in "$2" && cat "requirements/$1.txt"; } | sha256sum | cut -d' ' -f1
}

pip_in() { # folder, pip's arguments
  "$1/bin/python" -m pip --disable-pip-version-check install "$quiet" "${@:2}"
}

create() { # environment, folder; `step` looks at the result, so errexit does not hold in here
  local python
  python=$(scripts/find_python.sh "$1") &&
    "$python" -m venv --clear "$2" &&
    pip_in "$2" "$(grep -o '^pip==[^ ]*' "requirements/$1.txt")"
}

install() { # environment
  local folder=.venv
  [ "$1" = rasa ] && folder=.venv-rasa
  local installed=$folder/installed-$1
  [ "$(cat "$installed" 2>/dev/null)" = "$(fingerprint "$1" "$folder")" ] && return
  [ -n "$(interpreter_in "$folder")" ] || step "create $folder" create "$1" "$folder"
  rm -f "$installed"
  step "install requirements/$1.txt into $folder" pip_in "$folder" -r "requirements/$1.txt"
  fingerprint "$1" "$folder" >"$installed"
}

for environment in "$@"; do # both interpreters must be there before minutes are spent on one
  [ "$environment" = dev ] || scripts/find_python.sh "$environment" >/dev/null
done
for environment in "$@"; do
  install "$environment"
done
