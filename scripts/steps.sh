# Sourced by the other scripts: one line when a step starts, one with its seconds when it ends.
# shellcheck shell=bash

seconds_since() { awk -v from="$1" -v to="$EPOCHREALTIME" 'BEGIN { printf "%.1f", to - from }'; }

step() { # title, command...
  local title=$1 from=$EPOCHREALTIME
  shift
  printf -- '-> %s\n' "$title"
  if ! "$@"; then
    printf '!! %s: failed after %s s\n' "$title" "$(seconds_since "$from")" >&2
    return 1
  fi
  printf 'ok %s: %s s\n' "$title" "$(seconds_since "$from")"
}
