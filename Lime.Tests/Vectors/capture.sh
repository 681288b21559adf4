#!/bin/sh
# Writes the vector files of this folder anew, from what real programs put on a wire: ovs-ofctl and ovs-vswitchd of
# Open vSwitch, and the encoders of os-ken.
#
#     Lime.Tests/Vectors/capture.sh [folder]
#
# Needs the packages openvswitch-switch and python3-os-ken. Starts an Open vSwitch of its own with dummy devices in a
# private folder, so nothing of the machine's network is touched; it is ended, and the folder removed, whatever
# happens.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
target=${1:-$here}
python=${PYTHON:-/usr/bin/python3}
private=$(mktemp -d)
export OVS_RUNDIR="$private" OVS_DBDIR="$private" OVS_LOGDIR="$private" OVS_SYSCONFDIR="$private"

end() {
    for daemon in ovs-vswitchd ovsdb-server; do
        [ -f "$private/$daemon.pid" ] || continue
        process=$(cat "$private/$daemon.pid")
        ovs-appctl --timeout=5 -t "$private/$daemon.ctl" exit >/dev/null 2>&1 || kill "$process" 2>/dev/null || true
        while kill -0 "$process" 2>/dev/null; do sleep 0.1; done
    done
    rm -rf "$private"
}
trap end EXIT
trap 'exit 1' INT TERM

start() {
    daemon=$1
    shift
    "$daemon" --pidfile="$private/$daemon.pid" --unixctl="$private/$daemon.ctl" --detach --no-chdir \
        --log-file="$private/$daemon.log" -vconsole:off "$@"
}

ovsdb-tool create "$private/conf.db" /usr/share/openvswitch/vswitch.ovsschema
start ovsdb-server "$private/conf.db" "--remote=punix:$private/db.sock"
ovs-vsctl --db="unix:$private/db.sock" --no-wait init
start ovs-vswitchd --enable-dummy "unix:$private/db.sock"

"$python" "$here/capture_openvswitch.py" "$private" "$target"
"$python" "$here/capture_osken.py" "$target"
