#!/usr/bin/env bash
# supervisor tells this listener when a process has ended; when the service ended for good
# (its exit code is one that is not answered by a restart), everything else is to end too.
echo READY
while read -r header; do
  read -r -N "${header##*len:}" event
  case " $event" in
    *" processname:service "*" expected:1"*) kill -TERM "$PPID" ;;
  esac
  printf 'RESULT 2\nOK'
  echo READY
done
