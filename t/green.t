# SPDX-License-Identifier: Apache-2.0

# Green messages, end to end: what their labels become for the receiver, what
# the partners' rules do, and which bytes the counterpart is sent.

use Egret::Gateway;
use Test::Nginx::Socket 'no_plan';

sub wind_in_taipei {
    return [translated(green('wind-loan'), '<BICFI>EGRTCNB0XXX</BICFI>',
                       '<Rslt>TRLD</Rslt>')];
}

gateway();
run_tests();

__DATA__

=== TEST 1: without taxonomy lines the counterpart is sent the same bytes
--- request eval
::post(::green('wind-loan'))
--- response_headers
Egret-Verdict: accepted
--- response_body eval
::reply('ACSC', 'XMB-20261123-0101')
--- delivered eval
::green('wind-loan')



=== TEST 2: the receiver's label stands beside the block
--- taipei_has: taxonomy TPEX/2023;
--- counterpart: rewrite ^ /reads;
--- request eval
::post(::green('wind-loan'))
--- response_headers
Egret-Verdict: accepted
! Egret-Findings
--- response_body eval
::reply('ACSC', 'XMB-20261123-0101')
--- access_log eval
::wind_in_taipei()



=== TEST 3: the new body has its own length, and no digest of the old
--- taipei_has: taxonomy TPEX/2023;
--- counterpart
set $old "$http_content_digest$http_repr_digest$http_digest$http_signature";
set $old "$old$http_signature_input$http_content_md5$http_content_encoding";
if ($old) { return 500; }
if ($http_content_length = $http_extra) { return 500; }
return 204;
--- more_headers eval
"Content-Type: application/xml\nContent-Digest: sha-256=:eA==:\n"
. "Repr-Digest: sha-256=:eA==:\nDigest: sha-256=eA==\nSignature: x=:eA==:\n"
. "Signature-Input: x=()\nContent-MD5: eA==\nContent-Encoding: identity\n"
. 'Extra: ' . length ::green('wind-loan')
--- request eval
::post(::green('wind-loan'))
--- response_headers
Egret-Verdict: accepted
--- access_log eval
qr/counterpart host=gw.tpbank.example .* length=\d+ coding=- /



=== TEST 4: an unchanged body keeps them
--- counterpart
set $old "$http_content_digest$http_repr_digest$http_digest$http_signature";
if ($old != "1234") { return 500; }
if ($http_content_length != $http_extra) { return 500; }
return 204;
--- more_headers eval
"Content-Type: application/xml; charset=utf-8\n"
. "Content-Digest: 1\nRepr-Digest: 2\n"
. "Digest: 3\nSignature: 4\nExtra: " . length ::green('wind-loan')
--- request eval
::post(::green('wind-loan'))
--- response_headers
Egret-Verdict: accepted



=== TEST 5: a body in chunks, translated
--- taipei_has: taxonomy TPEX/2023;
--- counterpart: rewrite ^ /reads;
--- more_headers
Content-Type: application/xml
Transfer-Encoding: chunked
--- request eval
::post(::chunked(::green('wind-loan'), 1000))
--- response_headers
Egret-Verdict: accepted
--- access_log eval
::wind_in_taipei()



=== TEST 6: a body in a file, translated
--- taipei_has: taxonomy TPEX/2023;
--- counterpart: rewrite ^ /reads;
--- bodies: client_body_in_file_only clean;
--- request eval
::post(::green('wind-loan'))
--- response_headers
Egret-Verdict: accepted
--- access_log eval
::wind_in_taipei()



=== TEST 7: a body in part in a file, translated, and passed on unbuffered
--- taipei_has: taxonomy TPEX/2023;
--- counterpart: rewrite ^ /reads;
--- bodies: client_body_buffer_size 1k;
--- location: proxy_request_buffering off;
--- request eval
::post(::green('wind-loan'))
--- response_headers
Egret-Verdict: accepted
--- access_log eval
::wind_in_taipei()



=== TEST 8: the retry at another server carries the translated message
--- taipei_has: taxonomy TPEX/2023;
--- counterpart: rewrite ^ /reads;
--- upstreams
upstream xiamen_bank { server 127.0.0.1:$TEST_NGINX_RAND_PORT_3; }
upstream taipei_bank {
    server 127.0.0.1:$TEST_NGINX_RAND_PORT_3;
    server 127.0.0.1:$TEST_NGINX_RAND_PORT_2;
}
upstream joburg_bank { server 127.0.0.1:$TEST_NGINX_RAND_PORT_3; }
--- request eval
::post(::green('wind-loan'))
--- response_headers
Egret-Verdict: accepted
--- access_log eval
::wind_in_taipei()



=== TEST 9: the retry after an answer of 503 carries it again
--- taipei_has: taxonomy TPEX/2023;
--- counterpart: rewrite ^ /reads;
--- location
proxy_next_upstream error timeout http_503 non_idempotent;
--- settings
server {
    listen 127.0.0.1:$TEST_NGINX_RAND_PORT_4 ssl;
    server_name gw.tpbank.example;
    ssl_certificate $TEST_NGINX_PKI/counterpart.crt;
    ssl_certificate_key $TEST_NGINX_PKI/counterpart.key;
    access_log logs/access.log counterpart;
    location / {
        proxy_pass http://127.0.0.1:$TEST_NGINX_RAND_PORT_3;
        error_page 502 = @busy;
    }
    location @busy { return 503; }
}
--- upstreams
upstream xiamen_bank { server 127.0.0.1:$TEST_NGINX_RAND_PORT_3; }
upstream taipei_bank {
    server 127.0.0.1:$TEST_NGINX_RAND_PORT_4;
    server 127.0.0.1:$TEST_NGINX_RAND_PORT_2 backup;
}
upstream joburg_bank { server 127.0.0.1:$TEST_NGINX_RAND_PORT_3; }
--- request eval
::post(::green('wind-loan'))
--- response_headers
Egret-Verdict: accepted
--- access_log eval
[@{::wind_in_taipei()}, 'counterpart host=gw.tpbank.example']



=== TEST 10: a message without a block needs no label
--- taipei_has: taxonomy TPEX/2023; unmapped reject;
--- request eval
::post(::line())
--- response_headers
Egret-Verdict: accepted
--- delivered eval
::line()



=== TEST 11: a nuclear label has no counterpart: annotate
--- taipei_has: taxonomy TPEX/2023; unmapped annotate;
--- counterpart: rewrite ^ /reads;
--- request eval
::post(::green('nuclear-loan'))
--- response_headers
Egret-Verdict: warned
Egret-Findings: L04
--- access_log eval
[::translated(::green('nuclear-loan'), '<Rslt>NCPT</Rslt>')]



=== TEST 12: a nuclear label has no counterpart: hold
--- taipei_has: taxonomy TPEX/2023; unmapped hold;
--- request eval
::post(::green('nuclear-loan'))
--- error_code: 422
--- response_headers
Egret-Verdict: held
Egret-Findings: L04
--- response_body_like chomp
<Prtry>EG-HOLD</Prtry>
--- no_access_log
counterpart host



=== TEST 13: a nuclear label has no counterpart: reject
--- taipei_has: taxonomy TPEX/2023; unmapped reject;
--- request eval
::post(::green('nuclear-loan'))
--- error_code: 422
--- response_headers
Egret-Verdict: rejected
Egret-Findings: L04
--- response_body_like chomp
<GrpSts>RJCT</GrpSts>(?s:.*)EG-L04
--- no_access_log
counterpart host



=== TEST 14: a scheme that is not known
--- request eval
::post(::green('wind-loan', '<Schm>CN-GFEPC</Schm>' => '<Schm>XX-NONE</Schm>'))
--- error_code: 422
--- response_headers
Egret-Verdict: rejected
Egret-Findings: L01
--- response_body_like: EG-L01
--- no_access_log
counterpart host



=== TEST 15: a signed header and a label to translate: nothing is edited
--- taipei_has: taxonomy TPEX/2023;
--- request eval
::post(::green('wind-loan', '</AppHdr>' => '<Sgntr><ds:Signature'
. ' xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/></Sgntr></AppHdr>'))
--- error_code: 422
--- response_headers
Egret-Verdict: rejected
Egret-Findings: X07
--- no_access_log
counterpart host



=== TEST 16: a receiver's rule holds
--- taipei_has
rules $TEST_NGINX_PROJECT/conf/rules/carbon-assessment.lua;
--- more_headers
Content-Type: application/xml
Accept: application/problem+json
--- request eval
::post(::green('wind-loan'))
--- error_code: 422
--- response_headers
Egret-Verdict: held
Egret-Findings: U01
--- response_body_like chomp
over the agreed limit
--- no_access_log
counterpart host



=== TEST 17: a sender's rule rejects
--- user_files
>>> send.lua
return { send = function(m)
  m:reject{ code = "XMB-001", reason = "never " .. m.receiver }
end }
--- xiamen_has
rules $TEST_NGINX_SERVER_ROOT/html/send.lua;
--- more_headers
Content-Type: application/xml
Accept: application/problem+json
--- request eval
::post(::line())
--- error_code: 422
--- response_headers
Egret-Verdict: rejected
Egret-Findings: U01
--- response_body_like chomp
never taipei-bank
--- no_access_log
counterpart host



=== TEST 18: after a rule that loops the next messages are judged as ever
--- user_files
>>> loop.lua
local seen = 0
return { receive = function(m)
  seen = seen + 1
  if #m.green.labels > 0 then while true do end end
  if seen > 1 then m:reject{ code = "TPB-009", reason = "remembered" } end
end }
--- taipei_has
rules $TEST_NGINX_SERVER_ROOT/html/loop.lua;
--- more_headers
Content-Type: application/xml
Accept: application/problem+json
--- pipelined_requests eval
[::post(::green('wind-loan')), ::post(::line()),
 ::post(::green('wind-loan')), ::post(::line())]
--- error_code eval
[422, 200, 422, 200]
--- response_headers eval
["Egret-Verdict: held\nEgret-Findings: U02", 'Egret-Verdict: accepted',
 "Egret-Verdict: held\nEgret-Findings: U02", 'Egret-Verdict: accepted']
--- response_body_like eval
['loop\.lua:4', '<TxSts>ACSC', 'loop\.lua:4', '<TxSts>ACSC']
--- no_error_log
[alert]



=== TEST 19: after a rule that eats memory, or fails, likewise
--- user_files
>>> eat.lua
return { receive = function(m)
  if m.green.id then
    local all = {}
    for i = 1, 1e9 do all[i] = ("x"):rep(100000) .. i end
  end
end }
>>> fail.lua
return { send = function(m)
  if m:text("CdtTrfTxInf/PmtId/EndToEndId") == nil then error("never") end
  local none = nil
  if m.green.id then return none.field end
end }
--- taipei_has
rules $TEST_NGINX_SERVER_ROOT/html/eat.lua;
--- xiamen_has
rules $TEST_NGINX_SERVER_ROOT/html/fail.lua;
--- more_headers
Content-Type: application/xml
Accept: application/problem+json
--- pipelined_requests eval
[::post(::green('wind-loan')), ::post(::line())]
--- error_code eval
[422, 200]
--- response_headers eval
["Egret-Verdict: held\nEgret-Findings: U02", 'Egret-Verdict: accepted']
--- response_body_like eval
['fail\.lua:4', '<TxSts>ACSC']
--- no_error_log
[alert]



=== TEST 20: a translated label and a rule that only warns
--- user_files
>>> warn.lua
return { receive = function(m)
  m:warn{ code = "TPB-003", reason = m.green.labels[1].code }
end }
--- taipei_has
taxonomy TPEX/2023;
rules $TEST_NGINX_SERVER_ROOT/html/warn.lua;
--- counterpart: rewrite ^ /reads;
--- request eval
::post(::green('wind-loan'))
--- response_headers
Egret-Verdict: warned
Egret-Findings: U01
--- access_log eval
::wind_in_taipei()



=== TEST 21: nginx -t names file and line of rules that do not compile
--- user_files
>>> broken.lua
return {
  receive = function(m)
    if m then
  end
}
--- taipei_has
rules $TEST_NGINX_SERVER_ROOT/html/broken.lua;
--- must_die
--- error_log eval
qr/\[emerg\].*broken\.lua:5: /



=== TEST 22: nginx -t names what is no table of rules
--- user_files
>>> number.lua
return 7
--- taipei_has
rules $TEST_NGINX_SERVER_ROOT/html/number.lua;
--- must_die
--- error_log eval
qr/\[emerg\].*number\.lua/



=== TEST 23: rules that are not there
--- taipei_has
rules $TEST_NGINX_SERVER_ROOT/html/nowhere.lua;
--- must_die
--- error_log eval
qr/\[emerg\].*nowhere\.lua/



=== TEST 24: a taxonomy that no file has
--- taipei_has: taxonomy TPEX/1999;
--- must_die
--- error_log eval
qr/\[emerg\].*nginx\.conf:\d+: .*TPEX\/1999/



=== TEST 25: a taxonomy without any files
--- taxonomies
--- taipei_has: taxonomy TPEX/2023;
--- must_die
--- error_log
TPEX/2023



=== TEST 26: a crosswalk that is broken
--- user_files
>>> broken.sssom.tsv
#mapping_set_id: urn:x-egret:crosswalk:broken
subject_id	predicate_id
--- settings
egret_crosswalks $TEST_NGINX_SERVER_ROOT/html/broken.sssom.tsv;
--- must_die
--- error_log eval
qr/\[emerg\].*broken\.sssom\.tsv/
