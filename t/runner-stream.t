# SPDX-License-Identifier: Apache-2.0

# Mutual TLS by a stream front: the client talks plainly to the front, which
# carries the bytes over TLS with a client certificate. What the client sends
# arrives untouched, so framing, pipelining and faults can be tested. Written
# to run unchanged on the real Test::Nginx::Socket.

use File::Temp ();
use Egret::FreePort;
use Egret::Pki;

BEGIN {
    my $modules = $ENV{TEST_NGINX_LOAD_MODULES} // '';
    $ENV{TEST_NGINX_LOAD_MODULES} =
        "/usr/lib/nginx/modules/ngx_stream_module.so $modules"
        if $modules !~ /ngx_stream_module/;
    $ENV{TEST_NGINX_PKI} = File::Temp::tempdir(CLEANUP => 1);
    $ENV{TEST_NGINX_CLIENT_PORT} = Egret::FreePort::take();
}

use Test::Nginx::Socket 'no_plan';

my $pki = Egret::Pki->new($ENV{TEST_NGINX_PKI});
$pki->ca('xiamen-ca');
$pki->leaf('server', ca => 'xiamen-ca', usage => 'server');
$pki->leaf('xiamen', ca => 'xiamen-ca', usage => 'client');

my $tls_server = <<'END';
server {
    listen 127.0.0.1:$TEST_NGINX_RAND_PORT_1 ssl;
    ssl_certificate $TEST_NGINX_PKI/server.crt;
    ssl_certificate_key $TEST_NGINX_PKI/server.key;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_client_certificate $TEST_NGINX_PKI/xiamen-ca.crt;
    ssl_verify_client on;
    location / {
        add_header X-Partner $ssl_client_s_dn;
        add_header X-Coding $http_transfer_encoding;
        add_header X-Body $request_body;
        proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT;
    }
    location = /direct { return 200 "$ssl_client_s_dn $connection_requests\n"; }
}
END

my $front = <<'END';
stream {
    server {
        listen 127.0.0.1:$TEST_NGINX_CLIENT_PORT;
        proxy_pass 127.0.0.1:$TEST_NGINX_RAND_PORT_1;
        proxy_ssl on;
        proxy_ssl_protocols TLSv1.2 TLSv1.3;
        proxy_ssl_certificate $TEST_NGINX_PKI/xiamen.crt;
        proxy_ssl_certificate_key $TEST_NGINX_PKI/xiamen.key;
    }
}
END

add_block_preprocessor(sub {
    my ($block) = @_;
    $block->set_value(http_config => $tls_server);
    $block->set_value(post_main_config => $front);
    $block->set_value(config => 'location / { return 200 "read\n"; }');
});

server_port_for_client($ENV{TEST_NGINX_CLIENT_PORT});
no_root_location();
run_tests();

__DATA__

=== TEST 1: the front speaks with its client certificate
--- request
GET /direct
--- response_body
CN=xiamen 1



=== TEST 2: chunks arrive as they were sent
--- more_headers
Transfer-Encoding: chunked
--- request eval
"POST /\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
--- response_headers
X-Partner: CN=xiamen
X-Coding: chunked
X-Body: abcde



=== TEST 3: pipelined requests arrive on one connection
--- pipelined_requests eval
["GET /direct", "GET /direct"]
--- response_body eval
["CN=xiamen 1\n", "CN=xiamen 2\n"]



=== TEST 4: raw faults arrive too
--- raw_request eval
"GET / HTTP/1.1\r\nNo-Host: x\r\n\r\n"
--- error_code: 400
