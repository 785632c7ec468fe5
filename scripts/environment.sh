# Sourced by the other scripts, from the root of the checkout: the settings as processes see them.
# What the caller set wins over .env (or the file that DOTENV names), which wins over the defaults.
# shellcheck shell=bash

read_dotenv() { # VARIABLE=value lines, quotes optional; never run as a script
  local line name value before
  before=$(compgen -e)
  while IFS= read -r line || [ -n "$line" ]; do
    [[ $line =~ ^[[:space:]]*([A-Z][A-Z0-9_]*)=(.*)$ ]] || continue
    name=${BASH_REMATCH[1]} value=${BASH_REMATCH[2]}
    value=${value%"${value##*[![:space:]]}"}
    [[ $value =~ ^\"(.*)\"$ || $value =~ ^\'(.*)\'$ ]] && value=${BASH_REMATCH[1]}
    grep -qx "$name" <<<"$before" || export "$name=$value"
  done <"$1"
}

DOTENV=${DOTENV:-.env}
[ ! -f "$DOTENV" ] || read_dotenv "$DOTENV"

export HOST=${HOST:-127.0.0.1} PORT=${PORT:-8000}
export RASA_PORT=${RASA_PORT:-5005} ACTION_PORT=${ACTION_PORT:-5055}
export RASA_URL=${RASA_URL:-http://127.0.0.1:$RASA_PORT}
export GUIJU_VAR=${GUIJU_VAR:-$PWD/var}
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-1}

# Rasa: nothing is sent abroad, one worker (trackers live in its memory), no TensorFlow chatter.
export RASA_TELEMETRY_ENABLED=false SANIC_WORKERS=1 TF_CPP_MIN_LOG_LEVEL=3 CUDA_VISIBLE_DEVICES=
