# SPDX-License-Identifier: Apache-2.0

# Messages of a known partner, end to end over mutual TLS: what is forwarded,
# what is answered, what the log says.

use Egret::Gateway;
use IO::Socket::INET;

# A server that takes connections and never says a word.
my $silent = IO::Socket::INET->new(Listen => 16, LocalAddr => '127.0.0.1');
BEGIN { $ENV{TEST_NGINX_SILENT_PORT} = 0 }
$ENV{TEST_NGINX_SILENT_PORT} = $silent->sockport;

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
--- grep_error_log eval
qr/egret: judged "[^"]*": \w+/
--- grep_error_log_out
egret: judged "XMB-20261123-0001": accepted



=== TEST 2: a warned message is forwarded and says so
--- request eval
::post(::message('<MsgId>XMB-20261123-0001' => '<MsgId>XMB-20261123-0002'))
--- response_headers
Egret-Verdict: warned
Egret-Findings: H02
--- response_body eval
::reply()
--- access_log
verdict=warned findings=H02
counterpart host=gw.tpbank.example



=== TEST 3: a message with business faults is answered with pacs.002 RJCT
--- request eval
::post(::message('Ccy="CNY"' => 'Ccy="CNH"'))
--- error_code: 422
--- response_headers
Egret-Verdict: rejected
Egret-Findings: A01
Content-Type: application/xml; charset=utf-8
--- response_body_like chomp
<BICFI>EGRTCNB0XXX</BICFI>(?s:.*)<BizMsgIdr>EG[0-9a-f]{32}</BizMsgIdr>(?s:.*)<GrpSts>RJCT</GrpSts>(?s:.*)EG-A01 IntrBkSttlmAmt
--- access_log
to=taipei-bank upstream=https://taipei_bank name=gw.tpbank.example id=XMB-20261123-0001 definition=pacs.008.001.08 uetr=7a562c67-ca16-48ba-b074-65581be6f001 verdict=rejected findings=A01
--- no_access_log
counterpart host



=== TEST 4: a message with schema faults is answered with admi.002
--- request eval
::post(::message('<ChrgBr>SHAR</ChrgBr>' => '<ChrgBr>NONE</ChrgBr>'))
--- error_code: 422
--- response_headers
Egret-Verdict: rejected
Egret-Findings: X05
--- response_body_like chomp
admi.002.001.01(?s:.*)<RjctgPtyRsn>EG-X05</RjctgPtyRsn>(?s:.*)ChrgBr
--- no_access_log
counterpart host



=== TEST 5: a held message is not kept, and its answer says so
--- partners
egret_partner xiamen-bank {
    certificate ca=$TEST_NGINX_PKI/xiamen-ca.crt san=dns:gw.xmbank.example;
    party       bic=XMBKCNB0XXX lei=984500EGRETXMNBK0117;
    accept      pacs.008.001.08;
    severity    A03 hold;
    limit       CNY 1000;
}
egret_partner taipei-bank {
    certificate spki-sha256=$TEST_NGINX_TAIPEI_PIN;
    party       bic=TPBKTWT0XXX;
    accept      pacs.008.001.08;
    severity    A03 hold;
    upstream    https://taipei_bank name=gw.tpbank.example;
}
--- request eval
::post(::message())
--- error_code: 422
--- response_headers
Egret-Verdict: held
Egret-Findings: A03
--- response_body_like chomp
<Prtry>EG-HOLD</Prtry>(?s:.*)post again after release
--- no_access_log
counterpart host



=== TEST 6: who asks for problem+json gets the findings as problem+json
--- more_headers
Content-Type: application/xml
Accept: application/problem+json
--- request eval
::post(::message('Ccy="CNY"' => 'Ccy="CNH"'))
--- error_code: 422
--- response_headers
Egret-Verdict: rejected
Egret-Findings: A01
Content-Type: application/problem+json
--- response_body_like chomp
"verdict":"rejected","messageId":"XMB-20261123-0001".*"findings":\[\{"code":"A01"



=== TEST 7: the counterpart hears who sent it from the gateway alone
--- more_headers
Content-Type: application/vnd.bank+xml; charset=UTF-8
Egret-Partner: taipei-bank
Egret-Message-Id: forged
egret-spoof: forged
X-SSL-Verify: SUCCESS
Accept-Encoding: gzip
Extra: passes
--- request eval
::post(::message())
--- access_log eval
'counterpart host=gw.tpbank.example partner=xiamen-bank'
. ' id=XMB-20261123-0001 type=application/xml; charset=utf-8'
. ' length=' . length(::message()) . ' coding=- accept=- spoof=-- extra=passes.'



=== TEST 8: many forged headers, more than one part of nginx's list holds
--- more_headers eval
CORE::join "\n", 'Content-Type: application/xml', 'Extra: passes',
    (map { "Egret-Spoof: $_\nX-Other-$_: $_" } 1 .. 30),
    map { "Egret-Spoof$_: $_" } 1 .. 25
--- request eval
::post(::message())
--- access_log
partner=xiamen-bank id=XMB-20261123-0001 type=application/xml; charset=utf-8
spoof=-- extra=passes.



=== TEST 9: only forged headers
--- more_headers eval
CORE::join "\n", 'Content-Type: application/xml', map { "X-SSL-Spoof$_: $_" } 1 .. 17
--- request eval
::post(::message())
--- access_log
partner=xiamen-bank id=XMB-20261123-0001



=== TEST 10: a line break in an id forges no header and no log line
--- counterpart
return 204;
--- request eval
::post(::message('XMB-20261123-0001' => "X\nEgret: 1%"))
--- response_headers
! Egret
--- access_log
counterpart host=gw.tpbank.example partner=xiamen-bank id=X%0AEgret: 1%25 type
gateway partner=xiamen-bank to=taipei-bank upstream=https://taipei_bank name=gw.tpbank.example id=X%0AEgret: 1%25 definition



=== TEST 11: a variable that was read before the body is read anew for the log
--- server
client_max_body_size 1m;
set $early "$egret_partner$egret_verdict$egret_message_id$egret_time";
--- request eval
::post(::message())
--- access_log
id=XMB-20261123-0001 definition=pacs.008.001.08 uetr=7a562c67-ca16-48ba-b074-65581be6f001 verdict=accepted



=== TEST 12: without an answer of the counterpart there is a receipt
--- counterpart
return 204;
--- request eval
::post(::message())
--- error_code: 200
--- response_headers
Egret-Verdict: accepted
Content-Type: application/xml; charset=utf-8
--- response_body_like chomp
pacs.002.001.10(?s:.*)<(?:GrpSts|TxSts)>ACTC<



=== TEST 13: a word of thanks is no answer
--- counterpart
default_type text/plain; return 202 "thank you\n";
--- request eval
::post(::message())
--- response_body_like: ACTC



=== TEST 14: an ISO message passes whatever the status
--- counterpart eval
"return 409 '" . ::reply('RJCT') . "';"
--- request eval
::post(::message())
--- error_code: 409
--- response_headers
Egret-Verdict: accepted
Content-Type: application/xml; charset=utf-8
--- response_body eval
::reply('RJCT')



=== TEST 15: an error without an ISO message is a 502 and delivered
--- counterpart
return 500;
--- request eval
::post(::message())
--- error_code: 502
--- response_headers
Egret-Verdict: accepted
Content-Type: application/problem+json
--- response_body_like: "delivered":"yes","messageId":"XMB-20261123-0001"



=== TEST 16: XML that is no ISO message is no receipt
--- counterpart
default_type text/html; return 200 "<html>log in</html>";
--- request eval
::post(::message())
--- error_code: 502
--- response_body_like: "delivered":"yes"



=== TEST 17: an encoded answer is no receipt
--- counterpart
add_header Content-Encoding gzip; return 200 "not readable";
--- request eval
::post(::message())
--- error_code: 502
--- response_headers
! Content-Encoding
--- response_body_like: "delivered":"yes"



=== TEST 18: nothing of the counterpart's headers comes back
--- counterpart eval
"add_header Egret-Verdict rejected; add_header Set-Cookie a=b;"
. " add_header X-Accel-Redirect /secret; return 200 '" . ::reply() . "';"
--- request eval
::post(::message())
--- response_headers
Egret-Verdict: accepted
! Set-Cookie
--- response_body eval
::reply()



=== TEST 19: a counterpart that is down has nothing delivered
--- upstreams
upstream xiamen_bank { server 127.0.0.1:$TEST_NGINX_RAND_PORT_3; }
upstream taipei_bank { server 127.0.0.1:$TEST_NGINX_RAND_PORT_3; }
upstream joburg_bank { server 127.0.0.1:$TEST_NGINX_RAND_PORT_3; }
--- request eval
::post(::message())
--- error_code: 502
--- response_headers
Egret-Verdict: accepted
Content-Type: application/problem+json
--- response_body_like: "delivered":"no","messageId":"XMB-20261123-0001"
--- grep_error_log eval
qr/egret: judged "[^"]*": \w+/
--- grep_error_log_out
egret: judged "XMB-20261123-0001": accepted



=== TEST 20: a counterpart with a wrong certificate has nothing delivered
--- partners
egret_partner xiamen-bank {
    certificate ca=$TEST_NGINX_PKI/xiamen-ca.crt san=dns:gw.xmbank.example;
    party       bic=XMBKCNB0XXX lei=984500EGRETXMNBK0117;
    accept      pacs.008.001.08;
}
egret_partner taipei-bank {
    certificate spki-sha256=$TEST_NGINX_TAIPEI_PIN;
    party       bic=TPBKTWT0XXX;
    accept      pacs.008.001.08;
    upstream    https://taipei_bank name=other.example;
}
--- request eval
::post(::message())
--- error_code: 502
--- response_body_like: "delivered":"no"
--- error_log
upstream SSL certificate does not match "other.example"



=== TEST 21: a silent counterpart is a 504, delivered unknown
--- counterpart
proxy_pass http://127.0.0.1:$TEST_NGINX_SILENT_PORT;
--- location
proxy_read_timeout 300ms;
--- request eval
::post(::message())
--- error_code: 504
--- response_body_like: "delivered":"unknown","messageId":"XMB-20261123-0001"



=== TEST 22: an answer that breaks off is no receipt
--- counterpart eval
"limit_rate 100; return 200 '" . ::reply() . "';"
--- location
proxy_read_timeout 300ms;
--- request eval
::post(::message())
--- error_code: 502
--- response_headers
Egret-Verdict: accepted
Content-Type: application/problem+json
--- response_body_like: "delivered":"yes"



=== TEST 23: an answer that breaks off, unbuffered
--- counterpart eval
"limit_rate 100; return 200 '" . ::reply() . "';"
--- location
proxy_read_timeout 300ms;
proxy_buffering off;
--- request eval
::post(::message())
--- error_code: 502
--- response_body_like: "delivered":"yes"



=== TEST 24: an answer over the limit is a 502
--- settings
egret_max_answer 4k;
--- counterpart eval
"set \$pad '<!--" . 'x' x 900 . "-->'; return 200 '" . ::reply()
. '$pad' x 5 . "';"
--- request eval
::post(::message())
--- error_code: 502
--- response_body_like: "delivered":"yes"



=== TEST 25: an answer in small pieces is put together
--- location
proxy_buffering off;
proxy_buffer_size 1k;
--- request eval
::post(::message())
--- response_body eval
::reply()



=== TEST 26: a mirror into a message location is refused
--- server
location = /v1/other {
    egret messages;
    proxy_pass https://127.0.0.1:$TEST_NGINX_RAND_PORT_2/mirror;
    proxy_ignore_headers X-Accel-Redirect;
    proxy_set_header Host mirror.example;
}
--- location
mirror /v1/other;
--- request eval
::post(::message())
--- response_body eval
::reply()
--- no_access_log
counterpart host=mirror.example
--- grep_error_log eval
qr/egret: judged "[^"]*": \w+/
--- grep_error_log_out
egret: judged "XMB-20261123-0001": accepted



=== TEST 27: a partner without an upstream cannot be sent anything
--- partners
egret_partner xiamen-bank {
    certificate ca=$TEST_NGINX_PKI/xiamen-ca.crt san=dns:gw.xmbank.example;
    party       bic=XMBKCNB0XXX lei=984500EGRETXMNBK0117;
    accept      pacs.008.001.08;
}
egret_partner taipei-bank {
    certificate spki-sha256=$TEST_NGINX_TAIPEI_PIN;
    party       bic=TPBKTWT0XXX;
    accept      pacs.008.001.08;
}
--- request eval
::post(::message())
--- error_code: 502
--- response_body_like: "delivered":"no"



=== TEST 28: add_header stands beside ours
--- location
add_header X-Operator here always;
--- request eval
::post(::message('Ccy="CNY"' => 'Ccy="CNH"'))
--- error_code: 422
--- response_headers
Egret-Verdict: rejected
X-Operator: here



=== TEST 29: noise instead of HTTP is no receipt
--- streams
server { listen 127.0.0.1:$TEST_NGINX_RAND_PORT_5; return "thank you\n"; }
--- upstreams
upstream xiamen_bank { server 127.0.0.1:$TEST_NGINX_RAND_PORT_5; }
upstream taipei_bank { server 127.0.0.1:$TEST_NGINX_RAND_PORT_5; }
upstream joburg_bank { server 127.0.0.1:$TEST_NGINX_RAND_PORT_5; }
--- partners
egret_partner xiamen-bank {
    certificate ca=$TEST_NGINX_PKI/xiamen-ca.crt san=dns:gw.xmbank.example;
    party       bic=XMBKCNB0XXX lei=984500EGRETXMNBK0117;
    accept      pacs.008.001.08;
}
egret_partner taipei-bank {
    certificate spki-sha256=$TEST_NGINX_TAIPEI_PIN;
    party       bic=TPBKTWT0XXX;
    accept      pacs.008.001.08;
    upstream    http://taipei_bank name=gw.tpbank.example;
}
--- request eval
::post(::message())
--- error_code: 502
--- response_headers
Egret-Verdict: accepted
Content-Type: application/problem+json
--- response_body_like: "delivered":"unknown"



=== TEST 30: nothing is left behind after a message
--- request eval
[::post(::message()), ::post(::message('Ccy="CNY"' => 'Ccy="CNH"')),
 ::post('x'), ::post(::message())]
--- error_code eval
[200, 422, 400, 200]
--- no_error_log
[alert]
[crit]



=== TEST 31: an attempt that was answered counts, whatever the retry met
--- upstreams
upstream xiamen_bank { server 127.0.0.1:$TEST_NGINX_RAND_PORT_2; }
upstream taipei_bank {
    server 127.0.0.1:$TEST_NGINX_RAND_PORT_2;
    server 127.0.0.1:$TEST_NGINX_RAND_PORT_3 backup;
}
upstream joburg_bank { server 127.0.0.1:$TEST_NGINX_RAND_PORT_2; }
--- counterpart
return 503;
--- location
proxy_next_upstream error http_503 non_idempotent;
--- request eval
::post(::message())
--- error_code: 502
--- response_body_like: "delivered":"yes"
