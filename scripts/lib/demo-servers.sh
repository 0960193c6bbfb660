# SPDX-License-Identifier: Apache-2.0
#
# demo-servers: configures, starts and stops the demo's two nginx: the gateway
# and the counterparts. Each writes NAME.pid into $dir when it runs.

: "${NGINX:=/usr/sbin/nginx}"

# is_running PID NAME: a number that another program has got since then is not
# ours. One that has ended and waits for its parent has no command line.
is_running() {
    cat "/proc/$1/cmdline" 2>/dev/null | tr '\0' ' ' |
        grep -qF "$dir/$2.conf"
}

pid_of() {
    pid=$(cat "$dir/$1.pid" 2>/dev/null) && [ -n "$pid" ] &&
        is_running "$pid" "$1" && echo "$pid"
}

stop_server() {
    pid=$(pid_of "$1") || return 0
    kill "$pid"
    while is_running "$pid" "$1"; do
        sleep 0.1
    done
}

stop_servers() {
    stop_server gateway
    stop_server counterparts
}

# Six ports below the range that outgoing connections get.
choose_ports() {
    perl -MIO::Socket::INET -e '
        my %port;
        while (keys %port < 6) {
            my $port = 12_000 + int rand 8_000;
            IO::Socket::INET->new(LocalAddr => "127.0.0.1", Listen => 1,
                LocalPort => $port) and $port{$port} = 1;
        }
        print join " ", keys %port;'
}

# configure FILE: conf/demo/FILE with what this run knows.
configure() {
    sed -e "s|@USER@|$user|; s|@BUILD@|$build|; s|@ROOT@|$root|" \
        -e "s|@GATEWAY_PORT@|$gateway_port|" \
        -e "s|@XIAMEN_PORT@|$xiamen_port|; s|@TAIPEI_PORT@|$taipei_port|" \
        -e "s|@JOBURG_PORT@|$joburg_port|; s|@ANSWER_PORT@|$answer_port|" \
        -e "s|@DOWN_PORT@|$down_port|" \
        -e "s|@TAIPEI_PIN@|$taipei_pin|; s|@JOBURG_PIN@|$joburg_pin|" \
        -e "s|@LUXEMBOURG_PORT@|$luxembourg_port|" \
        -e "s|@LUXEMBOURG_PIN@|$luxembourg_pin|" \
        -e "s|@SINGAPORE_PIN@|$singapore_pin|" \
        "$root/conf/demo/$1" >"$dir/$1"
}

# nginx returns before its pid file is there.
start_server() {
    "$NGINX" -p "$dir/" -e "$dir/logs/$1-error.log" -c "$dir/$1.conf" \
        >"$dir/logs/$1-start.log" 2>&1 || return 1

    until pid_of "$1" >/dev/null; do
        sleep 0.1
    done
}

# Somebody may take a port between its choice and its use: then once more.
start_servers() {
    taipei_pin=$(pin taipei-bank)
    joburg_pin=$(pin joburg-bank)
    luxembourg_pin=$(pin luxembourg-bank)
    singapore_pin=$(pin singapore-bank)
    down_port=1
    user=
    [ "$(id -u)" != 0 ] || user='user root;'
    mkdir -p "$dir/logs" "$dir/tmp/gateway" "$dir/tmp/counterparts"

    for attempt in 1 2 3 4 5; do
        set -- $(choose_ports)
        gateway_port=$1 xiamen_port=$2 taipei_port=$3
        joburg_port=$4 answer_port=$5 luxembourg_port=$6

        for file in common gateway counterparts receive; do
            configure "$file.conf"
        done

        if start_server counterparts && start_server gateway; then
            return 0
        fi

        stop_servers
        grep -q 'Address already in use' "$dir"/logs/*-start.log || break
    done

    grep -hE 'emerg|alert' "$dir"/logs/*-start.log >&2
    stop "nginx does not start (attempt $attempt); see $dir/logs"
}
