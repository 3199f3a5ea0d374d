#!/bin/sh
# Has keepalived load each file of this directory into IPVS, in the reference machine, and writes what IPVS then holds beside it:
#   tools/refvm -s tests/Config/Loaded -- sh tests/Config/Loaded/record.sh tests/Config/Loaded
set -e
cd "$1"
modprobe ip_vs
ip link set lo up
for file in *.conf; do
    ipvsadm -C
    keepalived -C -n -l -f "$PWD/$file" -p /run/k.pid -c /run/c.pid >"/run/${file%.conf}.log" 2>&1 &
    pid=$!
    # It has loaded all when what it holds stays the same.
    before=none
    while held=$(ipvsadm -Sn); [ "$held" != "$before" ] || [ ! -s /run/c.pid ]; do
        before=$held
        sleep 1
    done
    printf '%s\n' "$held" >"${file%.conf}.ipvs"
    kill "$pid"
    wait "$pid" || true
done
