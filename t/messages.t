# SPDX-License-Identifier: Apache-2.0

# Messages of a known partner, end to end over mutual TLS: what is forwarded,
# what is answered, what the log says.

use Egret::Gateway;
use Test::Nginx::Socket 'no_plan';

gateway();
run_tests();

__DATA__

=== TEST 1: a sound message is forwarded and the counterpart's answer returns
--- request eval
::post(::message())
--- response_headers
Egret-Verdict: accepted
! Egret-Findings
Content-Type: application/xml; charset=utf-8
--- response_body eval
::reply()
--- access_log
gateway partner=xiamen-bank to=taipei-bank upstream=https://taipei_bank name=gw.tpbank.example id=XMB-20261123-0001 definition=pacs.008.001.08 uetr=7a562c67-ca16-48ba-b074-65581be6f001 verdict=accepted findings=- time=0.0
--- no_error_log
[warn]
[error]
[alert]
