# SPDX-License-Identifier: Apache-2.0

# Who is turned away, and what is refused before or instead of judging it.
# Every stranger gets one and the same answer, byte by byte but for the date.

use Egret::Gateway;

our $stranger;

BEGIN {
    my $body = '{"type":"urn:x-egret:problem:forbidden",'
        . '"title":"Forbidden","status":403}';
    my $length = 1 + length $body;
    $stranger = qr{\AHTTP/1\.1\ 403\ Forbidden\r\n
        Server:\ nginx[^\r]*\r\n
        Date:\ [^\r]+\r\n
        Content-Type:\ application/problem\+json\r\n
        Content-Length:\ $length\r\n
        Connection:\ close\s*\z}x;
}

use Test::Nginx::Socket 'no_plan';

gateway();

# Blocks of strangers say only who they are and how they knock.
add_block_preprocessor(sub {
    my ($block) = @_;
    return if !defined $block->stranger;
    $block->set_value(client => scalar $block->stranger);
    $block->set_value(request => Egret::Gateway::post(Egret::Gateway::message()))
        if !defined $block->request && !defined $block->raw_request;
    $block->set_value(error_code => 403);
    $block->set_value(raw_response_headers_like => $main::stranger);
    $block->set_value(response_body =>
        qq({"type":"urn:x-egret:problem:forbidden","title":"Forbidden",)
        . qq("status":403}\n));
    $block->set_value(no_access_log => 'counterpart host');
});

run_tests();

__DATA__

=== TEST 1: no certificate
--- stranger: none



=== TEST 2: a certificate of an unknown CA
--- stranger: stranger



=== TEST 3: an expired certificate
--- stranger: expired



=== TEST 4: a certificate of a known CA that is nobody's
--- stranger: unregistered
--- access_log
gateway partner=- to=- upstream=- name=- id=- definition=- uetr=- verdict=- findings=- time=- status=403



=== TEST 5: nobody's certificate, kept alive
--- stranger: unregistered
--- more_headers
Content-Type: application/xml
Connection: keep-alive



=== TEST 6: an unknown CA, kept alive
--- stranger: stranger
--- more_headers
Content-Type: application/xml
Connection: keep-alive



=== TEST 7: a stranger's method does not matter
--- stranger: unregistered
--- request
GET /v1/messages



=== TEST 8: a stranger's Content-Type does not matter
--- stranger: unregistered
--- more_headers
Content-Type: text/plain



=== TEST 9: a stranger's large body does not matter
--- stranger: unregistered
--- request eval
::post('x' x 1_100_000)



=== TEST 10: a stranger who waits for 100 Continue
--- stranger: unregistered
--- more_headers
Content-Type: application/xml
Expect: 100-continue



=== TEST 11: a stranger who asks for a problem
--- stranger: stranger
--- more_headers
Accept: application/problem+json



=== TEST 12: no certificate where nginx lets it in
--- stranger: none
--- tls
ssl_protocols          TLSv1.2 TLSv1.3;
ssl_certificate        $TEST_NGINX_PKI/gateway.crt;
ssl_certificate_key    $TEST_NGINX_PKI/gateway.key;
ssl_client_certificate $TEST_NGINX_PKI/clients.crt;
ssl_verify_client      optional;
ssl_session_tickets    off;



=== TEST 13: nobody's certificate without error pages for strangers
--- stranger: unregistered
--- pages
error_page 413 /egret-refused;
location = /egret-refused { internal; egret refuse; }



=== TEST 14: "satisfy any" lets nobody in
--- stranger: unregistered
--- location
satisfy any;
allow all;



=== TEST 15: nobody's certificate by way of a redirect
--- stranger: unregistered
--- server
location = /other { try_files /none /v1/messages; }
--- request
POST /other
x



=== TEST 16: the reason is in the error log, not on the wire
--- client: unregistered
--- request eval
::post(::message())
--- error_code: 403
--- response_headers
! Egret-Verdict
! Egret-Findings
--- error_log
egret: client certificate refused



=== TEST 17: a partner whose header names another is told so
--- request eval
::post(::message('<Fr><FIId><FinInstnId><BICFI>XMBKCNB0XXX'
                 => '<Fr><FIId><FinInstnId><BICFI>JBBKZAJ0XXX'))
--- error_code: 403
--- response_headers_like
Egret-Verdict: rejected
Egret-Findings: T03.*
Content-Type: application/problem\+json
--- response_body_like: "findings":\[\{"code":"T03"
--- no_access_log
counterpart host



=== TEST 18: only POST
--- request
GET /v1/messages
--- error_code: 405
--- response_headers
Allow: POST
Content-Type: application/problem+json
! Egret-Verdict
--- response_body_like: "status":405



=== TEST 19: HEAD, PUT and DELETE
--- request eval
["HEAD /v1/messages", "PUT /v1/messages\nx", "DELETE /v1/messages"]
--- error_code eval
[405, 405, 405]
--- response_headers eval
[("Allow: POST") x 3]



=== TEST 20: a wrong Content-Type names the right one
--- more_headers
Content-Type: application/x-www-form-urlencoded
--- request eval
::post(::message())
--- error_code: 415
--- response_headers
Content-Type: application/problem+json
! Egret-Verdict
--- response_body_like: -H 'Content-Type: application/xml; charset=utf-8'



=== TEST 21: no Content-Type
--- more_headers
X-Nothing: here
--- request eval
::post(::message())
--- error_code: 415



=== TEST 22: another charset, a JSON, a type that only looks alike
--- more_headers eval
["Content-Type: application/xml; charset=gb18030",
 "Content-Type: application/json",
 "Content-Type: application/xmlx",
 "Content-Type: text/xml; a=b; charset=\"utf-16\"",
 "Content-Type: application/+xml",
 "Content-Type: application/xml\nContent-Encoding: gzip"]
--- request eval
[map { ::post(::message()) } 1 .. 6]
--- error_code eval
[(415) x 6]



=== TEST 23: each way to say XML
--- more_headers eval
["Content-Type: application/xml", "Content-Type: text/xml;charset=UTF-8",
 "Content-Type: application/xml ; version=1 ; charset=\"utf-8\"",
 "Content-Type: application/iso20022+xml",
 "Content-Type: Application/XML; Charset=Utf-8",
 "Content-Type: application/xml\nContent-Encoding: identity",
 "Content-Type: application/xml\nContent-Encoding: "]
--- request eval
[map { ::post(::message()) } 1 .. 7]
--- error_code eval
[(200) x 7]



=== TEST 24: too large by Content-Length
--- settings
egret_max_message 2k;
--- server
client_max_body_size 2k;
--- request eval
::post(::message())
--- error_code: 413
--- response_headers
Content-Type: application/problem+json
! Egret-Verdict
--- response_body_like: "status":413,.*"limit":2048



=== TEST 25: too large in chunks
--- settings
egret_max_message 2k;
--- server
client_max_body_size 2k;
--- more_headers
Content-Type: application/xml
Transfer-Encoding: chunked
--- request eval
my $message = ::message();
sprintf "POST /v1/messages\n%x\r\n%s\r\n0\r\n\r\n", length $message, $message
--- error_code: 413
--- response_headers
Content-Type: application/problem+json
--- response_body_like: "limit":2048



=== TEST 26: too large for Egret alone is an admi.002
--- settings
egret_max_message 2k;
--- request eval
::post(::message())
--- error_code: 413
--- response_headers
Egret-Verdict: rejected
Egret-Findings: X01
Content-Type: application/xml; charset=utf-8
--- response_body_like: admi.002.001.01.*EG-X01



=== TEST 27: the 413 names the limit of the message location
--- settings
egret_max_message 8k;
--- server
client_max_body_size 8k;
--- location
client_max_body_size 1k;
--- request eval
::post(::message())
--- error_code: 413
--- response_body_like: "limit":1024



=== TEST 28: plain HTTP at the TLS port
--- client: plain
--- request eval
::post(::message())
--- error_code: 400
--- response_body_like: plain HTTP request was sent to HTTPS port



=== TEST 29: a server name that is not the handshake's is misdirected
--- server
}
server {
    listen 127.0.0.1:$TEST_NGINX_RAND_PORT_1 ssl;
    server_name second.example;
    ssl_certificate        $TEST_NGINX_PKI/gateway.crt;
    ssl_certificate_key    $TEST_NGINX_PKI/gateway.key;
    ssl_client_certificate $TEST_NGINX_PKI/clients.crt;
    ssl_verify_client      on;
    ssl_session_tickets    off;
    error_page 413 /egret-refused;
    location = /egret-refused { internal; egret refuse; }
    location = /v1/other {
        egret messages;
        proxy_pass $egret_upstream;
        proxy_ignore_headers X-Accel-Redirect;
    }
--- more_headers
Host: second.example
Content-Type: application/xml
--- request eval
"POST /v1/other\n" . ::message()
--- error_code: 421
--- response_headers
Content-Type: application/problem+json
! Egret-Verdict
--- response_body_like: "status":421



=== TEST 30: a stranger at the wrong server is a stranger
--- client: unregistered
--- server
}
server {
    listen 127.0.0.1:$TEST_NGINX_RAND_PORT_1 ssl;
    server_name second.example;
    ssl_certificate        $TEST_NGINX_PKI/gateway.crt;
    ssl_certificate_key    $TEST_NGINX_PKI/gateway.key;
    ssl_client_certificate $TEST_NGINX_PKI/clients.crt;
    ssl_verify_client      on;
    error_page 413 /egret-refused;
    location = /egret-refused { internal; egret refuse; }
    location = /v1/other {
        egret messages;
        proxy_pass $egret_upstream;
        proxy_ignore_headers X-Accel-Redirect;
    }
--- more_headers
Host: second.example
Content-Type: application/xml
--- request eval
"POST /v1/other\n" . ::message()
--- error_code: 403
--- response_body_like: "title":"Forbidden","status":403}



=== TEST 31: after a refusal the connection goes on with the next message
--- more_headers eval
["Content-Type: text/plain", "Content-Type: application/xml",
 "Content-Type: application/xml"]
--- pipelined_requests eval
[::post(::message()), "GET /v1/messages", ::post(::message())]
--- error_code eval
[415, 405, 200]



=== TEST 32: an unknown CA's large body does not matter
--- stranger: stranger
--- request eval
::post('x' x 1_100_000)



=== TEST 33: a large body without a certificate does not matter
--- stranger: none
--- server
client_max_body_size 1k;



=== TEST 34: a stranger's mirrored message goes nowhere
--- client: none
--- tls
ssl_protocols          TLSv1.2 TLSv1.3;
ssl_certificate        $TEST_NGINX_PKI/gateway.crt;
ssl_certificate_key    $TEST_NGINX_PKI/gateway.key;
ssl_client_certificate $TEST_NGINX_PKI/clients.crt;
ssl_verify_client      optional;
ssl_session_tickets    off;
--- server
location = /other {
    mirror /v1/messages;
    proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT;
}
--- request eval
"POST /other\n" . ::message()
--- error_code: 200
--- no_access_log
counterpart host
