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



=== TEST 6: an answer for another message is a 502 that says so
--- counterpart eval
"return 200 '" . ::reply() =~ s/XMB-20261123-0001/XMB-20261123-0002/r . "';"
--- request eval
::post(::message())
--- error_code: 502
--- response_headers
Egret-Verdict: accepted
Content-Type: application/problem+json
--- response_body_like chomp
problem:answer-other-message".*"delivered":"yes","messageId":"XMB-20261123-0001","answerStatus":200,"answerXpath":"/AppHdr/Rltd\[1\]"
--- grep_error_log eval
qr/egret: unanswered .*? \/AppHdr\S*/
--- grep_error_log_out
egret: unanswered "XMB-20261123-0001": answer-other-message, delivered: yes /AppHdr/Rltd[1]:



=== TEST 7: an answer from somebody else is a 502 that says so
--- counterpart eval
"return 200 '" . ::reply() =~ s/TPBKTWT0XXX/JBBKZAJ0XXX/r . "';"
--- request eval
::post(::message())
--- error_code: 502
--- response_body_like chomp
problem:answer-other-party".*"delivered":"yes".*"answerXpath":"/AppHdr/Fr"



=== TEST 8: a message that does not answer is a 502 that says so
--- counterpart eval
"return 200 '" . ::message() =~ s/'/&#39;/gr . "';"
--- request eval
::post(::message())
--- error_code: 502
--- response_body_like chomp
problem:answer-wrong-type".*"delivered":"yes"



=== TEST 9: an answer that its schema refuses is a 502 that says so
--- counterpart eval
"return 200 '" . ::reply('ACCEPTED') . "';"
--- request eval
::post(::message())
--- error_code: 502
--- response_body_like chomp
problem:answer-invalid".*"delivered":"yes".*"answerXpath":"/Document/FIToFIPmtStsRpt/TxInfAndSts\[1\]/TxSts"
--- no_error_log
ACCEPTED



=== TEST 10: an answer with a DOCTYPE is a 502 that says so
--- counterpart eval
"return 200 '<!DOCTYPE a>" . ::reply() . "';"
--- request eval
::post(::message())
--- error_code: 502
--- response_body_like chomp
problem:answer-unreadable".*"delivered":"yes"



=== TEST 11: XML that is no message is a 502 that says so
--- counterpart
return 200 "<html>log in</html>";
--- request eval
::post(::message())
--- error_code: 502
--- response_body_like chomp
problem:answer-not-iso".*"delivered":"yes"



=== TEST 12: an error without a message is a 502 with its status
--- counterpart
return 503 "<html>later</html>";
--- request eval
::post(::message())
--- error_code: 502
--- response_body_like chomp
problem:answer-failed".*"delivered":"yes".*"answerStatus":503



=== TEST 13: an answer over egret_max_answer is a 502 that names the limit
--- settings
egret_max_answer 1k;
--- counterpart eval
"set \$pad '<!--" . 'x' x 900 . "-->'; return 200 '" . ::reply() . "\$pad';"
--- request eval
::post(::message())
--- error_code: 502
--- response_body_like chomp
problem:answer-too-large".*"limit":1024,"delivered":"yes"



=== TEST 14: the same, unbuffered
--- settings
egret_max_answer 1k;
--- counterpart eval
"set \$pad '<!--" . 'x' x 900 . "-->'; return 200 '" . ::reply() . "\$pad';"
--- location
proxy_buffering off;
--- request eval
::post(::message())
--- error_code: 502
--- response_body_like chomp
problem:answer-too-large".*"limit":1024,"delivered":"yes"



=== TEST 15: an error with a message passes
--- counterpart eval
"return 500 '" . ::reply('RJCT') . "';"
--- request eval
::post(::message())
--- error_code: 500
--- response_body eval
::reply('RJCT')



=== TEST 16: a sender gets its own version of the header and its own wrapper
--- request eval
::post(::message('head.001.001.02' => 'head.001.001.03',
                 'urn:example:envelope' => 'urn:example:own'))
--- response_body_like chomp
<Envelope xmlns="urn:example:own"><AppHdr xmlns="urn:iso:std:iso:20022:tech:xsd:head.001.001.03"><Fr><FIId><FinInstnId><BICFI>TPBKTWT0XXX.*<TxSts>ACSC</TxSts>



=== TEST 17: a bare Document gets a bare Document
--- settings
egret_profile bare { bare_document on; }
--- xiamen_has
profile bare;
--- counterpart eval
"return 200 '" . ::reply() . "';"
--- request eval
::post(::message() =~ s/.*(<Document.*<\/Document>).*/$1/sr)
--- response_body_like chomp
\A<\?xml version="1.0" encoding="UTF-8"\?>\n<Document xmlns="[^"]*pacs.002.001.10"><FIToFIPmtStsRpt>.*</Document>\n\z
