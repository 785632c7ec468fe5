#!/usr/bin/env bash
# Print the path of a Python that can build an environment.
#   scripts/find_python.sh rasa     Python 3.10, the last one Rasa 3.6 runs on
#   scripts/find_python.sh service  Python 3.11 or later, 3.11 preferred
# PYTHON_RASA and PYTHON_SERVICE name one by hand. Looks on PATH, in pyenv's versions, asks uv.
set -uo pipefail

case "${1:-}" in
  rasa) versions=(3.10) by_hand=${PYTHON_RASA:-} variable=PYTHON_RASA ;;
  service) versions=(3.11 3.12 3.13) by_hand=${PYTHON_SERVICE:-} variable=PYTHON_SERVICE ;;
  *) echo "usage: find_python.sh rasa|service" >&2; exit 2 ;;
esac

# A pyenv shim may exist and yet not run, and Debian ships Pythons without venv: only trying tells.
try() { # version, candidate
  [ -n "$2" ] && "$2" - "$1" 2>/dev/null <<'PY'
import sys
if "%d.%d" % sys.version_info[:2] != sys.argv[1]:
    sys.exit(1)
import ctypes, ensurepip, ssl, venv
print(sys.executable)
PY
}

candidates() { # version
  type -aP "python$1"
  printf '%s\n' "${PYENV_ROOT:-$HOME/.pyenv}/versions/$1".*/bin/"python$1" | sort -Vr
  type -aP python3 python
  command -v uv >/dev/null && uv python find --no-project "$1" 2>/dev/null
}

missing() {
  local found=${versions[0]}
  [ "$1" = service ] && found="3.11 (or later)"
  {
    echo "Guiju needs Python $found with its venv module, and found none that runs."
    echo "Install one of:"
    echo "  pyenv install ${versions[0]}"
    echo "  uv python install ${versions[0]}"
    echo "  a package of your system: python${versions[0]} and python${versions[0]}-venv"
    echo "or name one yourself: $variable=/path/to/python${versions[0]} make up"
  } >&2
  exit 1
}

if [ -n "$by_hand" ]; then
  for version in "${versions[@]}"; do
    try "$version" "$by_hand" && exit 0
  done
  echo "$variable=$by_hand is not a Python ${versions[*]} that runs and has venv." >&2
  exit 1
fi

for version in "${versions[@]}"; do
  while IFS= read -r candidate; do
    try "$version" "$candidate" && exit 0
  done < <(candidates "$version")
done

if command -v uv >/dev/null; then
  echo "Python ${versions[0]} not found; asking uv to install it" >&2
  uv python install "${versions[0]}" >&2 &&
    try "${versions[0]}" "$(uv python find --no-project "${versions[0]}" 2>/dev/null)" && exit 0
fi
missing "$1"
