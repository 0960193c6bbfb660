# SPDX-License-Identifier: Apache-2.0

# What of a client's headers gets through to the counterpart, what the gateway
# adds, and what of a counterpart's headers acts on the gateway: nothing.

use Egret::Gateway;
use Test::Nginx::Socket 'no_plan';

gateway();

# `--- seen` are headers that the counterpart logs, `--- log` what it logs.
add_block_preprocessor(sub {
    my ($block) = @_;
    my $seen = scalar $block->seen // return;
    my $format = CORE::join ' ', map { my $name = $_;
        "$name=\$http_" . lc($name =~ tr/-/_/r) . ';' } split ' ', $seen;
    my $log = scalar $block->log;
    chomp $log;
    $block->set_value(settings =>
        "underscores_in_headers on; log_format seen 'seen $format end';");
    $block->set_value(counterpart => "access_log logs/access.log seen;"
        . " return 200 '" . ::reply() . "';");
    $block->set_value(access_log => "seen $log end");
});

run_tests();

__DATA__

=== TEST 1: no name that only the gateway may use gets through
--- more_headers
Content-Type: application/xml
Egret-Partner: forged
EGRET-MESSAGE-ID: forged
Egret-Verdict: forged
Client-Cert: forged
Client-Cert-Chain: forged
X-SSL-Client-DN: forged
--- request eval
::post(::message())
--- seen: Egret-Partner Egret-Message-Id Egret-Verdict Client-Cert Client-Cert-Chain X-SSL-Client-DN
--- log: Egret-Partner=xiamen-bank; Egret-Message-Id=XMB-20261123-0001; Egret-Verdict=-; Client-Cert=-; Client-Cert-Chain=-; X-SSL-Client-DN=-;



=== TEST 2: nor one that a CGI would read as such a name
--- more_headers
Content-Type: application/xml
Egret_Partner: forged
Egret_Verdict: forged
X_SSL_Client_DN: forged
Client_Cert: forged
--- request eval
::post(::message())
--- seen: Egret-Partner Egret-Verdict Client-Cert X-SSL-Client-DN
--- log: Egret-Partner=xiamen-bank; Egret-Verdict=-; Client-Cert=-; X-SSL-Client-DN=-;



=== TEST 3: the type is the gateway's, and no encoding is asked for
--- more_headers
Content-Type: text/xml
Content-Encoding: identity
Accept-Encoding: gzip, br
Accept: application/xml
--- request eval
::post(::message())
--- seen: Content-Type Content-Encoding Accept-Encoding Accept
--- log: Content-Type=application/xml; charset=utf-8; Content-Encoding=-; Accept-Encoding=-; Accept=application/xml;



=== TEST 4: what digests or signs a body that stays as it is gets through
--- more_headers
Content-Type: application/xml; charset=utf-8
Content-MD5: a
Content-Digest: b
Repr-Digest: c
Digest: d
Signature: e
Signature-Input: f
--- request eval
::post(::message())
--- seen: Content-MD5 Content-Digest Repr-Digest Digest Signature Signature-Input
--- log: Content-MD5=a; Content-Digest=b; Repr-Digest=c; Digest=d; Signature=e; Signature-Input=f;



=== TEST 5: Expect and a client's Connection stay at the gateway
--- more_headers
Content-Type: application/xml
Connection: close
Keep-Alive: 5
TE: trailers
Upgrade: h2c
--- request eval
::post(::message())
--- seen: Expect Keep-Alive TE Upgrade Connection
--- log: Expect=-; Keep-Alive=-; TE=-; Upgrade=-; Connection=close;



=== TEST 6: the client's certificate goes along when the operator wants it
--- location
proxy_set_header Client-Cert $egret_client_cert;
--- more_headers
Content-Type: application/xml
Client-Cert: :Zm9yZ2Vk:
--- request eval
::post(::message())
--- seen: Client-Cert
--- log eval
open my $file, '<', "$ENV{TEST_NGINX_PKI}/xiamen.crt" or die $!;
my ($base64) = CORE::join('', <$file>) =~ /BEGIN CERTIFICATE-+(.*?)-+END/s;
'Client-Cert=:' . $base64 =~ s/\s//gr . ':;'



=== TEST 7: without a request for it no certificate goes along
--- more_headers
Content-Type: application/xml
Client-Cert: :Zm9yZ2Vk:
--- request eval
::post(::message())
--- seen: Client-Cert
--- log: Client-Cert=-;



=== TEST 8: X-Accel-Redirect of a counterpart leads nowhere
--- counterpart eval
"add_header X-Accel-Redirect /secret always; return 200 '" . ::reply() . "';"
--- server
location = /secret { internal; return 200 "secret"; }
--- request eval
::post(::message())
--- response_body eval
::reply()



=== TEST 9: X-Accel-Limit-Rate of a counterpart slows nothing
--- counterpart eval
"add_header X-Accel-Limit-Rate 1 always; return 200 '" . ::reply() . "';"
--- request eval
::post(::message())
--- response_headers
! X-Accel-Limit-Rate
--- response_body eval
::reply()



=== TEST 10: X-Accel-Charset and X-Accel-Buffering of a counterpart do nothing
--- counterpart eval
"add_header X-Accel-Charset koi8-r always; add_header X-Accel-Buffering no"
. " always; add_header X-Accel-Expires 60 always; return 200 '" . ::reply()
. "';"
--- server
charset_types application/xml;
charset utf-8;
override_charset on;
--- request eval
::post(::message())
--- response_headers
Content-Type: application/xml; charset=utf-8
! X-Accel-Charset
! X-Accel-Buffering
! X-Accel-Expires
--- response_body eval
::reply()



=== TEST 11: nothing else of a counterpart's headers comes back
--- counterpart eval
CORE::join '', (map { "add_header $_ forged always; " } qw(Egret-Verdict
    Egret-Findings Set-Cookie Refresh Location WWW-Authenticate ETag
    Last-Modified Link Server Content-Language)), "return 200 '" . ::reply()
    . "';"
--- request eval
::post(::message())
--- response_headers
Egret-Verdict: accepted
! Egret-Findings
! Set-Cookie
! Refresh
! Location
! WWW-Authenticate
! ETag
! Last-Modified
! Link
! Content-Language



=== TEST 12: no method but POST
--- request eval
["GET /v1/messages", "HEAD /v1/messages", "PUT /v1/messages\nx",
 "OPTIONS /v1/messages", "DELETE /v1/messages", "PATCH /v1/messages\nx"]
--- error_code eval
[(405) x 6]
--- response_headers eval
[("Allow: POST\nContent-Type: application/problem+json\n! Egret-Verdict") x 6]
--- judged: none



=== TEST 13: TRACE is nginx's to refuse
--- request
TRACE /v1/messages
--- error_code: 405
--- judged: none



=== TEST 14: an encoded body is not taken
--- more_headers eval
[map { "Content-Type: application/xml\nContent-Encoding: $_" }
 qw(gzip br deflate), 'identity, gzip', "identity\nContent-Encoding: gzip"]
--- request eval
[(::post(::message())) x 5]
--- error_code eval
[(415) x 5]
--- response_headers eval
[("Content-Type: application/problem+json\n! Egret-Verdict\n"
  . 'Accept-Encoding: identity') x 5]
--- judged: none



=== TEST 15: the answer is compressed for who asks for it
--- server
gzip on;
gzip_types application/xml;
gzip_min_length 1;
--- more_headers eval
["Content-Type: application/xml\nAccept-Encoding: gzip",
 "Content-Type: application/xml"]
--- request eval
[(::post(::message())) x 2]
--- error_code eval
[200, 200]
--- response_headers eval
["Egret-Verdict: accepted\nContent-Encoding: gzip",
 "Egret-Verdict: accepted\n! Content-Encoding"]
--- response_body_like eval
[qr/\A\x1f\x8b/, qr/ACSC/]
--- judged: accepted



=== TEST 16: with gzip off no answer is compressed
--- more_headers
Content-Type: application/xml
Accept-Encoding: gzip
--- request eval
::post(::message())
--- response_headers
Egret-Verdict: accepted
! Content-Encoding
--- response_body eval
::reply()
--- judged: accepted



=== TEST 17: of statuses, nginx compresses 200, and no rejection
--- server
gzip on;
gzip_types application/xml;
gzip_min_length 1;
--- more_headers
Content-Type: application/xml
Accept-Encoding: gzip
--- request eval
::post(::message('Ccy="CNY"' => 'Ccy="CNH"'))
--- error_code: 422
--- response_headers
Egret-Verdict: rejected
! Content-Encoding
--- judged: rejected



=== TEST 18: a signature goes with the Content-Type that it may be of
--- more_headers
Content-Type: application/xml
Content-Digest: b
Signature: e
Signature-Input: f
--- request eval
::post(::message())
--- seen: Content-Digest Signature Signature-Input
--- log: Content-Digest=b; Signature=-; Signature-Input=-;
