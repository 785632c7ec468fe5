#!/usr/bin/env bash
# Start the service and Rasa, say when they are ready, stop both on Ctrl-C or SIGTERM.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/steps.sh
. scripts/environment.sh

READY_WITHIN_S=${READY_WITHIN_S:-900} # the first start embeds every clause of every document
address=http://${HOST/0.0.0.0/127.0.0.1}:$PORT
started=$EPOCHREALTIME

check_ports() {
  .venv/bin/python scripts/check_ports.py \
    "PORT=$HOST:$PORT" "RASA_PORT=127.0.0.1:$RASA_PORT" "ACTION_PORT=127.0.0.1:$ACTION_PORT"
}

ready() { # without a client: none is on every machine
  (
    exec 3<>"/dev/tcp/${HOST/0.0.0.0/127.0.0.1}/$PORT"
    printf 'GET /readyz HTTP/1.0\r\n\r\n' >&3
    read -r -t 5 _ status _ <&3
    [ "$status" = 200 ]
  ) 2>/dev/null
}

running() { kill -0 "$manager" 2>/dev/null; }

# shellcheck disable=SC2329 # the trap calls it
stop() {
  stopped=yes
  kill -TERM "$manager" 2>/dev/null || true
}

show_progress() { # a person sees the seconds and what the service does
  [ -t 1 ] || return 0
  local doing
  doing=$(tail -n 1 "$GUIJU_VAR/log/service.log" | cut -c1-80)
  printf '\r\e[K.. %.0f s %s' "$(seconds_since "$started")" "$doing"
}

wait_until_ready() {
  local deadline=$((SECONDS + READY_WITHIN_S))
  until ready; do
    running || return 1
    [ "$SECONDS" -lt "$deadline" ] ||
      { echo "!! not ready after $READY_WITHIN_S s; see $GUIJU_VAR/log" >&2; return; }
    show_progress
    sleep 0.3
  done
  [ ! -t 1 ] || printf '\r\e[K'
  cat <<TEXT
ok ready after $(seconds_since "$started") s

  规矩 Guiju   $address

$(what_to_try)
  Logs: $GUIJU_VAR/log    Stop: Ctrl-C
TEXT
}

what_to_try() { # the chat on the web is the embedded platform's alone
  if [ "${PLATFORM:-local}" != local ]; then
    echo "  Talk to the robot on $PLATFORM. What is not set up yet:  .venv/bin/python -m bot doctor"
    return
  fi
  cat <<TEXT
  Open the address, choose 昌乐县 and a person, and say
    县政府会议纪要谁签发
    我下周三到周五去南京出差
  or ask from here:  .venv/bin/python -m bot ask changle 县政府会议纪要谁签发
TEXT
}

check_ports
mkdir -p "$GUIJU_VAR/log"
: >"$GUIJU_VAR/log/service.log"
stopped=no
echo "-> start Rasa and the service"
.venv/bin/supervisord --configuration deploy/supervisord.conf &
manager=$!
trap stop INT TERM

wait_until_ready || true
while running; do wait "$manager" || true; done
[ "$stopped" = yes ] && exit 0
echo "!! stopped: $(tail -n 1 "$GUIJU_VAR/log/service.log")" >&2
exit 1
