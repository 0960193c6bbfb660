# SPDX-License-Identifier: Apache-2.0

# Wherever nginx leads a request, its message is judged once, and what was
# judged is what is delivered. Each block runs twice: with the body in memory
# and in a temporary file.

use Egret::Gateway;
use Test::Nginx::Socket 'no_plan';

# The counterpart's server is down; or its first one is down, or fails.
my %servers = (
    down  => 'server 127.0.0.1:$TEST_NGINX_RAND_PORT_3;',
    retry => 'server 127.0.0.1:$TEST_NGINX_RAND_PORT_3;'
        . ' server 127.0.0.1:$TEST_NGINX_RAND_PORT_2 backup;',
    fails => 'server 127.0.0.1:$TEST_NGINX_RAND_PORT_4;'
        . ' server 127.0.0.1:$TEST_NGINX_RAND_PORT_2 backup;',
);
each_way();

add_block_preprocessor(sub {
    my ($block) = @_;
    my $how = scalar $block->servers // return;
    chomp $how;
    $block->set_value(upstreams => join "\n",
        map { "upstream ${_}_bank { $servers{$how} }" }
        qw(xiamen taipei joburg));
});

run_tests();

__DATA__

=== TEST 1: the retry at another server carries the whole message
--- servers: retry
--- request eval
::post(::line())
--- response_headers
Egret-Verdict: accepted
--- judged: accepted
--- delivered eval
::line()



=== TEST 2: the retry of what came in chunks, unbuffered
--- servers: retry
--- location
proxy_request_buffering off;
proxy_http_version 1.1;
--- more_headers
Content-Type: application/xml
Transfer-Encoding: chunked
--- request eval
::post(::chunked(::line(), 700))
--- response_headers
Egret-Verdict: accepted
--- judged: accepted
--- delivered eval
::line()



=== TEST 3: the retry after an answer carries the whole message again
--- servers: fails
--- settings
server {
    listen 127.0.0.1:$TEST_NGINX_RAND_PORT_4 ssl;
    server_name gw.tpbank.example;
    ssl_certificate     $TEST_NGINX_PKI/counterpart.crt;
    ssl_certificate_key $TEST_NGINX_PKI/counterpart.key;
    ssl_protocols       TLSv1.2 TLSv1.3;
    access_log off;
    return 503;
}
--- location
proxy_next_upstream error http_503 non_idempotent;
--- request eval
::post(::line())
--- response_headers
Egret-Verdict: accepted
--- judged: accepted
--- delivered eval
::line()



=== TEST 4: error_page to a URI judges and answers once
--- servers: down
--- server
location = /sorry { internal; return 200 "sorry"; }
--- location
error_page 413 /egret-refused;
error_page 495 496 =403 /egret-stranger;
error_page 502 =200 /sorry;
--- request eval
::post(::line())
--- error_code: 502
--- response_headers
Egret-Verdict: accepted
--- response_body_like: "delivered":"no"
--- judged: accepted



=== TEST 5: error_page to another message location judges once
--- servers: down
--- server
location = /v1/again {
    egret messages;
    proxy_pass https://127.0.0.1:$TEST_NGINX_RAND_PORT_2;
    proxy_ignore_headers X-Accel-Redirect;
}
--- location
error_page 413 /egret-refused;
error_page 495 496 =403 /egret-stranger;
error_page 502 = /v1/again;
--- request eval
::post(::line())
--- response_headers
Egret-Verdict: accepted
--- judged: accepted
--- delivered eval
::line()



=== TEST 6: error_page to a named location
--- servers: down
--- server
location @again {
    proxy_pass https://127.0.0.1:$TEST_NGINX_RAND_PORT_2;
    proxy_ignore_headers X-Accel-Redirect;
}
--- location
error_page 413 /egret-refused;
error_page 495 496 =403 /egret-stranger;
error_page 502 = @again;
--- request eval
::post(::line())
--- response_headers
Egret-Verdict: accepted
--- judged: accepted
--- delivered eval
::line()



=== TEST 7: error_page to a named message location
--- servers: down
--- server
location @again {
    egret messages;
    error_page 413 /egret-refused;
    error_page 495 496 =403 /egret-stranger;
    proxy_pass https://127.0.0.1:$TEST_NGINX_RAND_PORT_2;
    proxy_ignore_headers X-Accel-Redirect;
}
--- location
error_page 413 /egret-refused;
error_page 495 496 =403 /egret-stranger;
error_page 502 = @again;
--- request eval
::post(::line())
--- response_headers
Egret-Verdict: accepted
--- judged: accepted
--- delivered eval
::line()



=== TEST 8: a rejected message stays rejected, whatever error_page says
--- server
location = /sorry { internal; return 200 "sorry"; }
--- location
error_page 413 /egret-refused;
error_page 495 496 =403 /egret-stranger;
error_page 422 400 =200 /sorry;
--- request eval
::post(::line('Ccy="CNY"' => 'Ccy="CNH"'))
--- error_code: 422
--- response_headers
Egret-Verdict: rejected
Egret-Findings: A01
--- judged: rejected



=== TEST 9: rewrite leads to a message location
--- server
rewrite ^/v0/messages$ /v1/messages;
--- request eval
"POST /v0/messages\n" . ::line()
--- response_headers
Egret-Verdict: accepted
--- judged: accepted
--- delivered eval
::line()



=== TEST 10: rewrite in a message location
--- location
rewrite ^ /v1/inbox break;
--- request eval
::post(::line())
--- response_headers
Egret-Verdict: accepted
--- judged: accepted
--- delivered eval
::line()



=== TEST 11: try_files leads to a message location
--- server
location = /files { try_files /none /v1/messages; }
--- request eval
"POST /files\n" . ::line()
--- response_headers
Egret-Verdict: accepted
--- judged: accepted
--- delivered eval
::line()



=== TEST 12: try_files in a message location
--- server
location @again {
    egret messages;
    error_page 413 /egret-refused;
    error_page 495 496 =403 /egret-stranger;
    proxy_pass https://127.0.0.1:$TEST_NGINX_RAND_PORT_2;
    proxy_ignore_headers X-Accel-Redirect;
}
--- location
try_files /none @again;
--- request eval
::post(::line())
--- response_headers
Egret-Verdict: accepted
--- judged: accepted
--- delivered eval
::line()



=== TEST 13: a mirror is sent what was judged and judges nothing
--- server
location = /mirror {
    internal;
    proxy_pass https://127.0.0.1:$TEST_NGINX_RAND_PORT_2/mirror;
    proxy_set_header Host mirror.example;
}
--- location
mirror /mirror;
--- request eval
::post(::message())
--- response_headers
Egret-Verdict: accepted
--- judged: accepted
--- access_log eval
['counterpart host=gw.tpbank.example partner=xiamen-bank',
 'counterpart host=mirror.example partner=xiamen-bank id=XMB-20261123-0001',
 'length=' . length(::message())]



=== TEST 14: a mirror is sent the translation, once made
--- server
location = /mirror {
    internal;
    proxy_pass https://127.0.0.1:$TEST_NGINX_RAND_PORT_2/reads;
    proxy_set_header Host mirror.example;
}
--- location
mirror /mirror;
--- taipei_has: taxonomy TPEX/2023;
--- request eval
::post(::green_line())
--- response_headers
Egret-Verdict: accepted
--- judged: accepted
--- access_log eval
['counterpart host=gw.tpbank.example partner=xiamen-bank',
 ::translated(::green_line())]



=== TEST 15: a mirror of a rejected message
--- server
location = /mirror {
    internal;
    proxy_pass https://127.0.0.1:$TEST_NGINX_RAND_PORT_2/mirror;
}
--- location
mirror /mirror;
--- request eval
::post(::line('Ccy="CNY"' => 'Ccy="CNH"'))
--- error_code: 422
--- judged: rejected
--- no_access_log
counterpart host



=== TEST 16: auth_request that grants
--- server
location = /auth { internal; return 204; }
--- location
auth_request /auth;
--- request eval
::post(::line())
--- response_headers
Egret-Verdict: accepted
--- judged: accepted
--- delivered eval
::line()



=== TEST 17: auth_request that denies
--- server
location = /auth { internal; return 403; }
--- location
auth_request /auth;
--- request eval
::post(::line())
--- error_code: 403
--- response_headers
! Egret-Verdict
--- access_log
gateway partner=xiamen-bank to=- upstream=- name=- id=- definition=- uetr=- verdict=-
--- judged: none



=== TEST 18: satisfy any with an address that is allowed
--- location
satisfy any;
allow 127.0.0.1;
deny all;
--- request eval
::post(::line())
--- response_headers
Egret-Verdict: accepted
--- judged: accepted
--- delivered eval
::line()



=== TEST 19: satisfy any grants nothing by a certificate alone
--- location
satisfy any;
deny all;
--- request eval
::post(::line())
--- error_code: 403
--- response_headers
! Egret-Verdict
--- judged: none



=== TEST 20: satisfy any with auth_request
--- server
location = /auth { internal; return 204; }
--- location
satisfy any;
deny all;
auth_request /auth;
--- request eval
::post(::line())
--- response_headers
Egret-Verdict: accepted
--- judged: accepted
--- delivered eval
::line()



=== TEST 21: a subrequest beside the answer judges nothing
--- server
location = /tail { internal; return 200 "<!-- tail -->"; }
--- location
addition_types application/xml;
add_after_body /tail;
--- request eval
::post(::line())
--- response_headers
Egret-Verdict: accepted
--- response_body_like: </Envelope><!-- tail -->\z
--- judged: accepted
--- delivered eval
::line()



=== TEST 22: limit_req by the partner
--- settings
limit_req_zone $egret_partner zone=partner:64k rate=1r/m;
--- location
limit_req zone=partner;
limit_req_status 429;
--- pipelined_requests eval
[::post(::line()), ::post(::line())]
--- error_code eval
[200, 429]
--- judged: accepted
