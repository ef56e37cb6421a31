#!/bin/sh
# Keeps one process running: starts it again when it ends by itself, ends it cleanly when told to stop.
stopping=
trap 'stopping=1; kill -TERM "$child" 2>/dev/null' TERM INT
while [ -z "$stopping" ]; do
    "$@" &
    child=$!
    wait "$child"
    if [ -n "$stopping" ]; then
        wait "$child"
    else
        sleep 0.5
    fi
done
