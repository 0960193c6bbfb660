# SPDX-License-Identifier: Apache-2.0

# One connection, many messages: each is judged once, gets its own answer, and
# leaves nothing of itself to the next. Each block runs twice: with the bodies
# in memory and in temporary files.

use Egret::Gateway;
use Test::Nginx::Socket 'no_plan';

each_way();
run_tests();

__DATA__

=== TEST 1: good, bad, good behind each other
--- pipelined_requests eval
[::post(::message()), ::post(::message('Ccy="CNY"' => 'Ccy="CNH"')),
 ::post(::message())]
--- error_code eval
[200, 422, 200]
--- response_headers eval
["Egret-Verdict: accepted\n! Egret-Findings",
 "Egret-Verdict: rejected\nEgret-Findings: A01",
 "Egret-Verdict: accepted\n! Egret-Findings"]
--- judged: accepted rejected accepted



=== TEST 2: bad, then good
--- pipelined_requests eval
[::post(::message('Ccy="CNY"' => 'Ccy="CNH"')), ::post(::message())]
--- error_code eval
[422, 200]
--- judged: rejected accepted



=== TEST 3: no message at all, then good
--- pipelined_requests eval
["PUT /v1/messages\nx", ::post(::message())]
--- error_code eval
[405, 200]
--- response_headers eval
["Allow: POST\n! Egret-Verdict", "Egret-Verdict: accepted"]
--- judged: accepted



=== TEST 4: a wrong type, then good
--- more_headers eval
["Content-Type: text/plain", "Content-Type: application/xml"]
--- pipelined_requests eval
[::post(::message()), ::post(::message())]
--- error_code eval
[415, 200]
--- judged: accepted



=== TEST 5: chunks behind chunks
--- more_headers
Content-Type: application/xml
Transfer-Encoding: chunked
--- pipelined_requests eval
[::post(::chunked(::message(), 900)),
 ::post(::chunked(::message('Ccy="CNY"' => 'Ccy="CNH"'), 900)),
 ::post(::chunked(::message(), 900))]
--- error_code eval
[200, 422, 200]
--- judged: accepted rejected accepted



=== TEST 6: chunks behind a length
--- more_headers eval
["Content-Type: application/xml",
 "Content-Type: application/xml\nTransfer-Encoding: chunked",
 "Content-Type: application/xml"]
--- pipelined_requests eval
[::post(::message()), ::post(::chunked(::message(), 900)),
 ::post(::message())]
--- error_code eval
[200, 200, 200]
--- judged: accepted accepted accepted



=== TEST 7: connections to the counterpart are kept alive
--- upstreams
upstream xiamen_bank { server 127.0.0.1:$TEST_NGINX_RAND_PORT_2; }
upstream taipei_bank {
    server 127.0.0.1:$TEST_NGINX_RAND_PORT_2;
    keepalive 2;
}
upstream joburg_bank { server 127.0.0.1:$TEST_NGINX_RAND_PORT_3; }
--- location
proxy_http_version 1.1;
proxy_set_header Connection "";
--- pipelined_requests eval
[::post(::message()), ::post(::message('Ccy="CNY"' => 'Ccy="CNH"')),
 ::post(::message())]
--- error_code eval
[200, 422, 200]
--- judged: accepted rejected accepted
