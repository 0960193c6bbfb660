# SPDX-License-Identifier: Apache-2.0
#
# demo-pki: the demo's certificates, made by openssl into $dir/pki.
#
#   china-ca    issues to xiamen-bank, and to nobody else
#   other-ca    issues to taipei-bank, joburg-bank, luxembourg-bank and
#               singapore-bank
#   unknown-ca  issues to stranger; the gateway does not know it
#   server-ca   issues to servers: the gateway and the four counterparts

openssl_quietly() {
    openssl "$@" 2>"$dir/pki/openssl.log" || {
        cat "$dir/pki/openssl.log" >&2
        stop "openssl failed: openssl $*"
    }
}

new_key() {
    openssl_quietly genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 \
        -out "$1"
}

# make_ca NAME TITLE
make_ca() {
    new_key "$dir/pki/$1.key"
    openssl_quietly req -x509 -new -key "$dir/pki/$1.key" -days 30 \
        -subj "/O=Egret demo/CN=$2" -out "$dir/pki/$1.crt" \
        -addext 'keyUsage = critical,keyCertSign,cRLSign'
}

# make_certificate NAME CA TITLE EXTENSION...: one line of openssl's extension
# file each.
make_certificate() {
    name=$1 ca=$2 title=$3
    shift 3

    printf '%s\n' 'basicConstraints = critical,CA:FALSE' \
        'keyUsage = critical,digitalSignature' "$@" >"$dir/pki/$name.ext"
    new_key "$dir/pki/$name.key"
    openssl_quietly req -new -key "$dir/pki/$name.key" \
        -subj "/O=Egret demo/CN=$title" -out "$dir/pki/$name.csr"
    openssl_quietly x509 -req -in "$dir/pki/$name.csr" -days 30 -sha256 \
        -CA "$dir/pki/$ca.crt" -CAkey "$dir/pki/$ca.key" -CAcreateserial \
        -extfile "$dir/pki/$name.ext" -out "$dir/pki/$name.crt"
    rm "$dir/pki/$name.csr" "$dir/pki/$name.ext"
}

# make_client NAME CA HOST LEI: a partner's client certificate, with the LEI
# in the extension that ISO 17442-2 has for it.
make_client() {
    make_certificate "$1" "$2" "$1" 'extendedKeyUsage = clientAuth' \
        "subjectAltName = DNS:$3" \
        "1.3.6.1.4.1.52266.1 = ASN1:PRINTABLESTRING:$4"
}

# make_server NAME HOST: the gateway is a client too, of its counterparts.
make_server() {
    make_certificate "$1" server-ca "$2" "subjectAltName = DNS:$2" \
        'extendedKeyUsage = serverAuth,clientAuth'
}

# pin NAME: the SHA-256 of a certificate's public key, as `certificate
# spki-sha256=` wants it.
pin() {
    openssl x509 -in "$dir/pki/$1.crt" -noout -pubkey |
        openssl pkey -pubin -outform DER | openssl dgst -sha256 -r |
        cut -d ' ' -f 1
}

make_pki() {
    make_ca china-ca 'China partners'
    make_ca other-ca 'Other partners'
    make_ca unknown-ca 'Somebody'
    make_ca server-ca 'Servers'

    make_client xiamen-bank china-ca gw.xmbank.example EGRT00XIAMENBANK0007
    make_client taipei-bank other-ca gw.tpbank.example EGRT00TAIPEIBANK0043
    make_client joburg-bank other-ca gw.jbbank.example EGRT00JOBURGBANK0062
    make_client luxembourg-bank other-ca gw.lxbank.example EGRT00LUXEMBRGBANK61
    make_client singapore-bank other-ca gw.sgbank.example EGRT00SINGAPBANK0041
    make_client stranger unknown-ca gw.xmbank.example EGRT00XIAMENBANK0007

    make_server gateway localhost
    make_server xiamen-server gw.xmbank.example
    make_server taipei-server gw.tpbank.example
    make_server joburg-server gw.jbbank.example
    make_server luxembourg-server gw.lxbank.example

    cat "$dir/pki/china-ca.crt" "$dir/pki/other-ca.crt" \
        >"$dir/pki/client-cas.crt"
    rm "$dir/pki/openssl.log"
}
