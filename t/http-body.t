# SPDX-License-Identifier: Apache-2.0

# Whatever way the bytes of a message arrive, it is judged once and delivered
# whole, in one piece and with its length. Each block runs twice: with the body
# in memory and in a temporary file.

use Egret::Gateway;
use Test::Nginx::Socket 'no_plan';

each_way();
run_tests();

__DATA__

=== TEST 1: a body with Content-Length
--- request eval
::post(::line())
--- response_headers
Egret-Verdict: accepted
--- judged: accepted
--- delivered eval
::line()



=== TEST 2: a body in one chunk
--- more_headers
Content-Type: application/xml
Transfer-Encoding: chunked
--- request eval
::post(::chunked(::line(), 10_000))
--- response_headers
Egret-Verdict: accepted
--- judged: accepted
--- delivered eval
::line()



=== TEST 3: a body in many small chunks
--- more_headers
Content-Type: application/xml
Transfer-Encoding: chunked
--- request eval
::post(::chunked(::line(), 7))
--- response_headers
Egret-Verdict: accepted
--- judged: accepted
--- delivered eval
::line()



=== TEST 4: a body that arrives in pieces
--- request eval
[[map { { value => $_, delay_before => 0.01 } }
  unpack '(a700)*', ::post(::line())]]
--- error_code eval
[200]
--- judged: accepted
--- delivered eval
::line()



=== TEST 5: a client that waits for 100 Continue
--- more_headers
Content-Type: application/xml
Expect: 100-continue
--- request eval
::post(::line())
--- error_code: 100
--- response_body_like: \AHTTP/1\.1 200 OK\r\n.*Egret-Verdict: accepted\r\n
--- judged: accepted
--- delivered eval
::line()



=== TEST 6: a client that waits for 100 Continue and sends chunks
--- more_headers
Content-Type: application/xml
Transfer-Encoding: chunked
Expect: 100-continue
--- request eval
::post(::chunked(::line(), 1000))
--- error_code: 100
--- response_body_like: \AHTTP/1\.1 200 OK\r\n.*Egret-Verdict: accepted\r\n
--- judged: accepted
--- delivered eval
::line()



=== TEST 7: who waits for 100 Continue with a wrong type sends no body
--- more_headers
Content-Type: text/plain
Expect: 100-continue
--- request eval
::post(::line())
--- error_code: 415
--- judged: none



=== TEST 8: a buffer of 1k
--- server
client_body_buffer_size 1k;
--- request eval
::post(::line())
--- response_headers
Egret-Verdict: accepted
--- judged: accepted
--- delivered eval
::line()



=== TEST 9: a buffer of 1k and chunks
--- server
client_body_buffer_size 1k;
--- more_headers
Content-Type: application/xml
Transfer-Encoding: chunked
--- request eval
::post(::chunked(::line(), 300))
--- response_headers
Egret-Verdict: accepted
--- judged: accepted
--- delivered eval
::line()



=== TEST 10: a message that no buffer holds
--- request eval
::post(::line('</Document>' => '</Document><!--' . 'x' x 200_000 . '-->'))
--- response_headers
Egret-Verdict: accepted
--- judged: accepted
--- delivered eval
::line('</Document>' => '</Document><!--' . 'x' x 200_000 . '-->')



=== TEST 11: proxy_request_buffering off
--- location
proxy_request_buffering off;
proxy_http_version 1.1;
--- request eval
::post(::line())
--- response_headers
Egret-Verdict: accepted
--- judged: accepted
--- delivered eval
::line()



=== TEST 12: proxy_request_buffering off and chunks
--- location
proxy_request_buffering off;
proxy_http_version 1.1;
--- more_headers
Content-Type: application/xml
Transfer-Encoding: chunked
--- request eval
::post(::chunked(::line(), 500))
--- response_headers
Egret-Verdict: accepted
--- judged: accepted
--- delivered eval
::line()



=== TEST 13: chunks go on with a length and nothing else
--- more_headers
Content-Type: application/xml
Transfer-Encoding: chunked
--- location
proxy_http_version 1.1;
--- request eval
::post(::chunked(::line(), 500))
--- access_log eval
'length=' . length(::line()) . ' coding=-'
--- judged: accepted



=== TEST 14: HTTP/1.0
--- request eval
"POST /v1/messages HTTP/1.0\n" . ::line()
--- response_headers
Egret-Verdict: accepted
--- judged: accepted
--- delivered eval
::line()



=== TEST 15: Content-Length beside chunks is no message
--- more_headers eval
"Content-Type: application/xml\nTransfer-Encoding: chunked\n"
. 'Content-Length: ' . length ::line()
--- request eval
::post(::chunked(::line(), 10_000))
--- error_code: 400
--- judged: none



=== TEST 16: a body in one buffer
--- server
client_body_in_single_buffer on;
--- request eval
::post(::line())
--- response_headers
Egret-Verdict: accepted
--- judged: accepted
--- delivered eval
::line()



=== TEST 17: a rejected body is delivered to nobody
--- request eval
::post(::line('Ccy="CNY"' => 'Ccy="CNH"'))
--- error_code: 422
--- judged: rejected
--- no_access_log
counterpart host
body=
