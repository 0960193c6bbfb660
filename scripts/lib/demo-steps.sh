# SPDX-License-Identifier: Apache-2.0
#
# demo-steps: posts a message, shows what came back and holds it against what
# the demo promises.

number=0

# step TITLE, then a text on standard input that says what to look at.
step() {
    number=$((number + 1))
    printf '\n%d. %s\n' "$number" "$1"
    sed 's/^/   /'
    echo
}

# post AS FILE [HEADER]: sets status; the answer is in $answer, its headers in
# $answer.headers.
post() {
    answer=$dir/answers/$number${3:+-problem}
    message=$root/conf/demo/messages/$2

    echo "   POST ${message#"$root"/} as $1${3:+, $3}"

    set -- "$1" "$message" ${3:+-H "$3"}
    partner=$1 file=$2
    shift 2
    status=$(curl -sS --noproxy localhost --cacert "$dir/pki/server-ca.crt" \
        --cert "$dir/pki/$partner.crt" --key "$dir/pki/$partner.key" \
        -H 'Content-Type: application/xml; charset=utf-8' "$@" \
        --data-binary "@$file" -o "$answer" -D "$answer.headers" \
        -w '%{http_code}' "https://localhost:$gateway_port/v1/messages") ||
        fail "curl could not post $file"

    echo "   HTTP $status"
    grep -iE '^(Content-Type|Egret-[A-Za-z]*):' "$answer.headers" |
        tr -d '\r' | sed 's/^/   /'
}

# explain WORD...: as the command line says it. The folder it is in is left out.
explain() {
    answer=$dir/answers/$number

    echo "   build/egret explain $*"
    echo
    "$build/egret" explain "$@" >"$answer" || fail 'egret explain failed'
    show plain | sed "s|$build/../||"
}

# ask AS QUERY [HEADER]...: asks the gateway to explain; sets status.
ask() {
    answer=$dir/answers/$number
    partner=$1 query=$2
    shift 2

    echo "   GET /v1/explain?$query as $partner"
    for word; do
        echo "   $word"
        set -- "$@" -H "$word"
        shift
    done
    status=$(curl -sS --noproxy localhost --cacert "$dir/pki/server-ca.crt" \
        --cert "$dir/pki/$partner.crt" --key "$dir/pki/$partner.key" "$@" \
        -o "$answer" -w '%{http_code}' \
        "https://localhost:$gateway_port/v1/explain?$query") ||
        fail "curl could not ask $query"
    echo "   HTTP $status"
}

# gap AS QUERY FILE: asks what a message lacks; sets status.
gap() {
    answer=$dir/answers/$number

    echo "   POST conf/demo/messages/$3 to /v1/gap?$2 as $1"
    status=$(curl -sS --noproxy localhost --cacert "$dir/pki/server-ca.crt" \
        --cert "$dir/pki/$1.crt" --key "$dir/pki/$1.key" \
        -H 'Content-Type: application/xml; charset=utf-8' \
        --data-binary "@$root/conf/demo/messages/$3" -o "$answer" \
        -w '%{http_code}' "https://localhost:$gateway_port/v1/gap?$2") ||
        fail "curl could not ask $2"
    echo "   HTTP $status"
}

header() {
    tr -d '\r' <"$answer.headers" | sed -n "s/^$1: *//Ip"
}

# show HOW: see scripts/lib/show-answer.
show() {
    "$root/scripts/lib/show-answer" "$1" "$answer" |
        sed 's/^\(.\)/   \1/'
}

# received ID: what the counterpart received; it logs a message when it has
# answered it.
received() {
    for attempt in 1 2 3 4 5 6 7 8 9 10; do
        file=$(sed -n "s|^$1 ||p" "$dir/logs/received.log")
        [ -z "$file" ] || break
        sleep 0.1
    done
    [ -n "$file" ] || fail "the counterpart has no message $1"

    cp "$file" "$answer.received"
}

show_received() {
    echo
    echo "   $1 receives:"
    "$root/scripts/lib/show-answer" labels "$answer.received" |
        tee "$answer.labels" | sed 's/^/   /'
}

# moments FILE: CreDt and CreDtTm of the message, not of its block.
moments() {
    sed -n 's|^ *<\(CreDt\(Tm\)\{0,1\}\)>\(.*\)</.*|\1 \3|p' "$1" | head -n 2
}

show_moments() {
    moments "$root/conf/demo/messages/$1" | sed 's/^/   sent:     /'
    moments "$answer.received" | sed 's/^/   received: /'
}

expect_moment() {
    [ "$(moments "$answer.received" | grep -cF -- "$1")" = 2 ] ||
        fail "date-times are not $1"
}

fail() {
    echo "demo: step $number: $*" >&2
    echo "demo: the answer is in $answer, the logs are in $dir/logs" >&2
    exit 1
}

expect() {
    [ "$2" = "$3" ] || fail "$1 is \"$2\", not \"$3\""
}

expect_text() {
    grep -qF -- "$1" "$answer" || fail "the answer does not say $1"
}

# expect_shown LINE: what `show gap` says.
expect_shown() {
    "$root/scripts/lib/show-answer" gap "$answer" | grep -qF -- "$1" ||
        fail "it is not shown that $1"
}

expect_no_text() {
    ! grep -qiF -- "$1" "$answer" || fail "the answer says $1"
}

# Every ISO answer is valid by its schema.
expect_valid() {
    "$build/egret" check --schema-only --schemas "$root/schemas" "$answer" \
        >"$answer.findings" 2>&1 || fail 'the answer is not valid by its schema'
}

# expect_label LINE: what the receiver reads of a label.
expect_label() {
    grep -qF -- "$1" "$answer.labels" || fail "no label says $1"
}

expect_received_valid() {
    "$build/egret" check --schema-only --schemas "$root/schemas" \
        "$answer.received" >"$answer.findings" 2>&1 ||
        fail 'what was received is not valid by its schema'
}

expect_no_label() {
    ! grep -qF -- "$1" "$answer.labels" || fail "a label says $1"
}

# expect_finding CODE LINE
expect_finding() {
    "$root/scripts/lib/show-answer" findings "$answer" |
        grep -q "^$1 .* line $2," || fail "no finding $1 at line $2"
}

# line_of FILE TEXT: where a message has a fault.
line_of() {
    grep -nF -- "$2" "$root/conf/demo/messages/$1" | head -n 1 | cut -d : -f 1
}
