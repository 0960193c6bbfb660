# SPDX-License-Identifier: Apache-2.0

# What a counterpart is asked, and one that means ill: what it answers reaches
# the sender by way of the gateway alone, or not at all.

use Egret::Gateway;
use Test::Nginx::Socket 'no_plan';

gateway();
run_tests();

__DATA__

=== TEST 1: an answer of 101 joins nobody to the counterpart
--- counterpart
return 101 "HTTP/1.1 200 OK\r\nEgret-Verdict: forged\r\n\r\nunjudged";
--- more_headers
Content-Type: application/xml
Upgrade: anything
--- request eval
::post(::message())
--- error_code: 502
--- response_headers
Egret-Verdict: accepted
--- response_body_like: "delivered":"yes"



=== TEST 2: a status that is no answer yet is not passed back
--- counterpart eval
"return 103 '" . ::reply() . "';"
--- request eval
::post(::message())
--- error_code: 502
--- response_headers
Egret-Verdict: accepted
Content-Type: application/problem+json
--- response_body_like: "delivered":"yes"



=== TEST 3: a counterpart does not say how slowly its answer goes on
--- counterpart eval
"add_header X-Accel-Limit-Rate 1; return 200 '" . ::reply() . "';"
--- request eval
::post(::message())
--- response_headers
Egret-Verdict: accepted
--- response_body eval
::reply()



=== TEST 4: the path is the location's, whatever way the sender wrote it
--- counterpart eval
'if ($request_uri != "/v1/messages") { return 500; }'
. " return 200 '" . ::reply() . "';"
--- request eval
"POST /elsewhere/../v1/%6Dessages\n" . ::message()
--- response_body eval
::reply()



=== TEST 5: nobody asks a counterpart for a part of its answer
--- counterpart eval
'if ($http_range$http_if_none_match$http_if_modified_since) { return 500; }'
. " return 200 '" . ::reply() . "';"
--- more_headers
Content-Type: application/xml
Range: bytes=0-9
If-None-Match: "x"
If-Modified-Since: Mon, 23 Nov 2026 00:00:00 GMT
--- request eval
::post(::message())
--- response_body eval
::reply()
