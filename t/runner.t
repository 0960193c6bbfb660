# SPDX-License-Identifier: Apache-2.0

# Each section of the block format, on plain nginx; written to run unchanged on
# the real Test::Nginx::Socket. The blocks without a config need the order.

use File::Temp ();
use Egret::Pki;

BEGIN {
    $ENV{TEST_NGINX_PKI} = File::Temp::tempdir(CLEANUP => 1);
    $ENV{TEST_NGINX_WORD} = 'from-the-environment';
}

use Test::Nginx::Socket 'no_plan';

my $pki = Egret::Pki->new($ENV{TEST_NGINX_PKI});
$pki->ca('xiamen-ca')->ca('taipei-ca');
$pki->leaf('server', ca => 'xiamen-ca', usage => 'server',
           san => ['DNS:gateway.example']);
$pki->leaf('xiamen', ca => 'xiamen-ca', usage => 'client',
           subject => [O => 'Xiamen Bank', CN => 'xiamen']);
$pki->leaf('taipei', ca => 'taipei-ca', usage => 'client');

# Shows the sections of a request that reached a server: its framing and body.
$main::echo = <<'END';
    server {
        listen 127.0.0.1:$TEST_NGINX_RAND_PORT_1;
        location / {
            add_header X-Method $request_method;
            add_header X-Uri $request_uri;
            add_header X-Length $http_content_length;
            add_header X-Host $http_host;
            add_header X-Connection $http_connection;
            add_header X-Extra $http_x_extra;
            add_header X-Body $request_body;
            proxy_pass http://127.0.0.1:$TEST_NGINX_RAND_PORT_2;
        }
    }
    server {
        listen 127.0.0.1:$TEST_NGINX_RAND_PORT_2;
        location / { return 200 "read\n"; }
    }
END

$main::to_echo = <<'END';
    location / {
        proxy_pass http://127.0.0.1:$TEST_NGINX_RAND_PORT_1;
        proxy_set_header Host $http_host;
        proxy_set_header Connection $http_connection;
    }
END

add_block_preprocessor(sub {
    my ($block) = @_;
    return if !defined $block->echo;
    $block->set_value(http_config => $main::echo);
    $block->set_value(config => $main::to_echo);
});

my $cleaned = 0;
add_cleanup_handler(sub { $cleaned++ });

repeat_each(2);
no_shuffle();
no_root_location();
no_long_string();
log_level('info');
workers(1);
worker_connections(128);
run_tests();

ok($cleaned, 'a cleanup handler runs after the blocks');
is(repeat_each(), 2, 'a setting is read by the function that sets it');
like(html_dir(), qr{\A\Q${\server_root()}\E/html\z}, 'html_dir is in the root');
like(server_port(), qr/\A\d+\z/, 'server_port is known');
is(server_name(), 'localhost', 'server_name is localhost');

__DATA__

=== TEST 1: without an expectation the status must be 200
--- config
location = /plain { return 200; }
--- request
GET /plain



=== TEST 2: a block without config goes on with the server before it
--- request
GET /plain
--- error_code: 200



=== TEST 3: error_code names another status
--- request
GET /nothing-here
--- error_code: 404



=== TEST 4: error_code_like is a pattern
--- request
GET /nothing-here
--- error_code_like: ^40[0-9]$



=== TEST 5: response_headers compares values and sees absent ones
--- config
location = /headers {
    add_header X-One one;
    add_header X-Many first;
    add_header X-Many second;
    add_header X-Port $server_port;
    return 200;
}
--- request
GET /headers
--- response_headers
X-One: one
X-Many: first, second
X-Port: $ServerPort
! X-Two
--- raw_response_headers_like: X-One: one\r\nX-Many: first
--- raw_response_headers_unlike: X-Two



=== TEST 6: response_headers_like matches whole values
--- request
GET /headers
--- response_headers_like
X-One: o.e
Server: nginx.*



=== TEST 7: response_body is exact and ends in a newline
--- config
location = /body { return 200 "one\ntwo\n"; }
--- request
GET /body
--- response_body
one
two



=== TEST 8: chomp takes the newline away
--- config
location = /body { return 200 "one"; }
--- request
GET /body
--- response_body chomp
one



=== TEST 9: response_body may be a regexp
--- request
GET /body
--- response_body eval
qr/^o.e$/



=== TEST 10: response_body_like is a pattern
--- request
GET /body
--- response_body_like chomp
^on



=== TEST 11: response_body_unlike is a pattern that must not match
--- request
GET /body
--- response_body_unlike: two



=== TEST 12: user_files lie in the html directory, variables expanded
--- config
location / { root html; }
--- user_files
>>> a/first.txt 201001020304.05
first $TEST_NGINX_WORD
>>> second.txt
second
--- request
GET /a/first.txt
--- response_headers
Last-Modified: Sat, 02 Jan 2010 03:04:05 GMT
--- response_body
first from-the-environment



=== TEST 13: user_files may be an array
--- config
location / { root html; }
--- user_files eval
[["third.txt", "third"]]
--- request
GET /third.txt
--- response_body: third



=== TEST 14: every part of the configuration expands variables
--- main_config
env EGRET_WORD=$TEST_NGINX_WORD;
--- http_config
map $uri $word { default "$TEST_NGINX_WORD"; }
--- config
location = /word { return 200 "$word $TEST_NGINX_WORD $TEST_NGINX_SERVER_PORT"; }
--- request
GET /word
--- response_body_like: ^from-the-environment from-the-environment \d+$



=== TEST 15: a request without method details gets them
--- echo
--- request
GET
--- response_headers
X-Method: GET
X-Uri: /
X-Host: localhost
X-Connection: close
! X-Length



=== TEST 16: a body is trimmed and measured
--- echo
--- request
POST /here

  a body  

--- response_headers
X-Method: POST
X-Uri: /here
X-Length: 6
X-Body: a body



=== TEST 17: comments and blanks before the request are left out
--- echo
--- request

  # the request
  GET /there HTTP/1.0
--- response_headers
X-Uri: /there



=== TEST 18: more_headers adds headers and replaces the default ones
--- echo
--- request
GET /
--- more_headers
X-Extra: more
# a comment
Host: other.example
Connection: te, close
--- response_headers
X-Extra: more
X-Host: other.example
X-Connection: te, close



=== TEST 19: a body with its own Content-Length is not trimmed
--- echo
--- more_headers
Content-Length: 4
--- request eval
"POST /\nab  "
--- response_headers_like
X-Length: 4



=== TEST 20: a chunked body is sent as it is
--- echo
--- more_headers
Transfer-Encoding: chunked
--- request eval
"POST /\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
--- response_headers
X-Body: abcde



=== TEST 21: a request may be sent in packets with pauses
--- echo
--- request eval
[["PO", "ST /pack", "ets\nab", {value => "cde", delay_before => 0.05}, "f"]]
--- response_headers
X-Method: POST
X-Uri: /packets
X-Length: 6
X-Body: abcdef



=== TEST 22: raw_request is sent as it is
--- echo
--- raw_request eval
["GET /raw HTTP/1.1\r\nHost: raw.exa", "mple\r\nConnection: close\r\n\r\n"]
--- raw_request_middle_delay: 0.02
--- response_headers
X-Uri: /raw
X-Host: raw.example



=== TEST 23: several requests have arrays of expectations
--- config
rewrite_log on;
location / {
    rewrite ^/(one|two)$ /$1.html;
    add_header X-Extra $http_x_extra;
    return 200 "$uri";
}
--- log_level: notice
--- request eval
["GET /one", "GET /two", "GET /three"]
--- more_headers eval
["X-Extra: 1", "X-Extra: 2", "X-Extra: 3"]
--- error_code eval
[200, 200, 200]
--- response_headers eval
["X-Extra: 1", "X-Extra: 2", "X-Extra: 3"]
--- response_body eval
["/one.html", "/two.html", "/three"]
--- error_log eval
[qr{"\^/\(one\|two\)\$".* client: 127\.0\.0\.1}]
--- no_error_log
[error]
[warn]



=== TEST 24: pipelined requests share a connection
--- config
location / { return 200 "$uri $connection_requests $http_connection\n"; }
--- pipelined_requests eval
["GET /one", "GET /two", "GET /three"]
--- response_body eval
["/one 1 keep-alive\n", "/two 2 keep-alive\n", "/three 3 close\n"]



=== TEST 25: pipelined requests may answer in chunks
--- config
location / {
    chunked_transfer_encoding on;
    sub_filter x y;
    sub_filter_once off;
    sub_filter_types *;
    proxy_pass http://127.0.0.1:$TEST_NGINX_RAND_PORT_1;
}
--- http_config
server {
    listen 127.0.0.1:$TEST_NGINX_RAND_PORT_1;
    location / { return 200 "xx$uri\n"; }
}
--- pipelined_requests eval
["GET /one", "GET /two"]
--- response_headers eval
["Transfer-Encoding: chunked", "Transfer-Encoding: chunked"]
--- response_body eval
["yy/one\n", "yy/two\n"]



=== TEST 26: an answer to HEAD has no body
--- config
location / { return 200 "a body"; }
--- request
HEAD /
--- response_headers
Content-Length: 6
--- response_body:



=== TEST 27: every error_log line must be matched
--- config
location / { root html; }
--- request
GET /missing
--- error_code: 404
--- error_log
[error]
missing" failed (2: No such file or directory)
--- no_error_log
[alert]
[crit]



=== TEST 28: grep_error_log compares the matched parts
--- config
location / { root html; }
--- request
GET /missing
--- error_code: 404
--- grep_error_log eval
qr/open\(\) .*? failed|request: "[^"]*"/
--- grep_error_log_out eval
[qr{open\(\) ".*/html/missing" failed\n}, qr{failed\n\z}]



=== TEST 29: access_log and no_access_log see the access log
--- config
location / { return 204; }
--- request
GET /seen
--- error_code: 204
--- access_log
"GET /seen HTTP/1.1" 204
--- no_access_log
/unseen



=== TEST 30: shutdown_error_log is read when nginx has stopped
--- config
location / { return 204; }
--- request
GET /
--- error_code: 204
--- no_error_log eval
qr/\[notice\].*: exit$/
--- log_level: notice
--- shutdown_error_log eval
qr/\[notice\].*: exit$/



=== TEST 31: must_die wants a refused configuration
--- config
no_such_directive on;
--- must_die
--- error_log eval
qr/\[emerg\].*unknown directive "no_such_directive"/



=== TEST 32: must_die may name the exit code
--- config
listen nowhere;
--- must_die: 1



=== TEST 33: skip_eval skips the block's tests
--- skip_eval: 2: $^O ne 'no such system'
--- config
no_such_directive on;
--- request
GET /
--- response_body: not run



=== TEST 34: skip_eval runs the block when its code is false
--- skip_eval: 1: 0
--- config
location / { return 204; }
--- request
GET /
--- error_code: 204



=== TEST 35: the client gives up after the timeout
--- config
location / { proxy_pass http://127.0.0.1:1; }
--- raw_request eval
"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc"
--- timeout: 200ms
--- abort
--- ignore_response
--- wait: 0.2
--- error_log
client prematurely closed connection



=== TEST 36: no answer at all is an empty code
--- config
location / { return 444; }
--- request
GET /
--- error_code:



=== TEST 37: shutdown closes the sending side after the request
--- config
location / { return 200 "half closed"; }
--- request
GET /
--- shutdown: 1
--- response_body chomp
half closed



=== TEST 38: server_name names the server
--- server_name: named.example
--- config
location / { return 200 "$server_name"; }
--- request
GET /
--- response_body: named.example



=== TEST 39: init runs before the requests
--- init
$ENV{TEST_NGINX_INIT_RAN} = 1;
--- config
location / { return 200; }
--- request
GET /



=== TEST 40: what init did stays
--- config
location / { return 200 "$TEST_NGINX_INIT_RAN"; }
--- request
GET /
--- response_body: 1



=== TEST 41: a skipped block is not run
--- SKIP
--- config
no_such_directive on;
--- request
GET /



=== TEST 42: a front location speaks mutual TLS for the client
--- http_config
server {
    listen 127.0.0.1:$TEST_NGINX_RAND_PORT_1 ssl;
    ssl_certificate $TEST_NGINX_PKI/server.crt;
    ssl_certificate_key $TEST_NGINX_PKI/server.key;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_client_certificate $TEST_NGINX_PKI/xiamen-ca.crt;
    ssl_verify_client on;
    location / {
        return 200 "$ssl_client_verify $ssl_client_s_dn $ssl_session_reused";
    }
}
--- config
location / {
    proxy_pass https://127.0.0.1:$TEST_NGINX_RAND_PORT_1;
    proxy_ssl_protocols TLSv1.2 TLSv1.3;
    proxy_ssl_certificate $TEST_NGINX_PKI/xiamen.crt;
    proxy_ssl_certificate_key $TEST_NGINX_PKI/xiamen.key;
    proxy_ssl_trusted_certificate $TEST_NGINX_PKI/xiamen-ca.crt;
    proxy_ssl_verify on;
    proxy_ssl_name gateway.example;
    proxy_ssl_session_reuse off;
}
--- request
GET /
--- response_body chomp
SUCCESS CN=xiamen,O=Xiamen Bank .
--- no_error_log
[error]



=== TEST 43: a client certificate of another CA is refused by nginx
--- http_config
server {
    listen 127.0.0.1:$TEST_NGINX_RAND_PORT_1 ssl;
    ssl_certificate $TEST_NGINX_PKI/server.crt;
    ssl_certificate_key $TEST_NGINX_PKI/server.key;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_client_certificate $TEST_NGINX_PKI/xiamen-ca.crt;
    ssl_verify_client on;
    location / { return 200; }
}
--- config
location / {
    proxy_pass https://127.0.0.1:$TEST_NGINX_RAND_PORT_1;
    proxy_ssl_certificate $TEST_NGINX_PKI/taipei.crt;
    proxy_ssl_certificate_key $TEST_NGINX_PKI/taipei.key;
    proxy_ssl_session_reuse off;
}
--- request
GET /
--- error_code: 400
--- response_body_like: The SSL certificate error
--- error_log
client SSL certificate verify error



=== TEST 44: LAST ends the file
--- LAST
--- config
location / { return 200; }
--- request
GET /



=== TEST 45: after LAST nothing runs
--- config
no_such_directive on;
--- request
GET /
