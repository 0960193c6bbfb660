# SPDX-License-Identifier: Apache-2.0

# A counterpart that means ill: what it answers reaches the sender by way of
# the gateway alone, or not at all.

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
