# SPDX-License-Identifier: Apache-2.0

# Bad input: each gets a clear finding, and the next message is judged as if
# nothing had been. What a finding says is tested with the core; here it is that
# nginx takes each of them in, answers and goes on.

use Egret::Gateway;
use Test::Nginx::Socket 'no_plan';

# `--- bad` is the message; it comes twice, with a good one in between.
add_block_preprocessor(sub {
    my ($block) = @_;
    my $bad = scalar $block->bad // return;
    my $good = Egret::Gateway::post(Egret::Gateway::message());
    my $codes = scalar $block->codes;
    my $status = 0 + scalar $block->status;
    chomp $codes;
    my $headers = "Egret-Verdict: rejected\nEgret-Findings: $codes\n"
        . 'Content-Type: application/xml; charset=utf-8';
    my $answer = qr/admi\.002\.001\.01.*EG-\Q${\substr($codes, 0, 3)}\E/s;

    $bad = Egret::Gateway::post($bad);
    $block->set_value(request => [$bad, $good, $bad]);
    $block->set_value(error_code => [$status, 200, $status]);
    $block->set_value(response_headers =>
        [$headers, 'Egret-Verdict: accepted', $headers]);
    $block->set_value(response_body_like => [$answer, qr/ACSC/, $answer]);
    $block->set_value(no_error_log => '[alert]');
});

gateway();
run_tests();

__DATA__

=== TEST 1: nothing at all
--- request
POST /v1/messages
--- more_headers
Content-Type: application/xml
Content-Length: 0
--- error_code: 400
--- response_headers
Egret-Verdict: rejected
Egret-Findings: X01



=== TEST 2: not XML
--- bad: this is no message
--- codes: X01
--- status: 400



=== TEST 3: truncated
--- bad eval
substr ::message(), 0, 2000
--- codes: X01
--- status: 400



=== TEST 4: a wrong root
--- bad
<Invoice xmlns="urn:example:invoice"><Total>1</Total></Invoice>
--- codes: X05
--- status: 422



=== TEST 5: a DOCTYPE
--- bad eval
::message('<Envelope xmlns' => '<!DOCTYPE Envelope><Envelope xmlns')
--- codes: X01
--- status: 400



=== TEST 6: an entity bomb
--- bad eval
my $bomb = '<!DOCTYPE Envelope [<!ENTITY a0 "aaaaaaaaaa">' . CORE::join('',
    map { "<!ENTITY a$_ \"" . ('&a' . ($_ - 1) . ';') x 10 . '">' } 1 .. 12)
    . ']>';
::message('<Envelope xmlns' => "$bomb<Envelope xmlns",
          'NORM</Prty>' => '&a12;</Prty>')
--- codes: X01
--- status: 400



=== TEST 7: an external entity
--- bad eval
::message('<Envelope xmlns' => '<!DOCTYPE Envelope [<!ENTITY a SYSTEM'
          . ' "file:///etc/passwd">]><Envelope xmlns',
          'NORM</Prty>' => '&a;</Prty>')
--- codes: X01
--- status: 400



=== TEST 8: 200 levels deep
--- bad eval
'<a>' x 200 . '</a>' x 200
--- codes: X01
--- status: 400



=== TEST 9: 200,000 elements
--- bad eval
'<a>' . '<b/>' x 200_000 . '</a>'
--- codes: X01
--- status: 400



=== TEST 10: 1 MB of text in one element
--- bad eval
'<a>' . 'x' x 1_000_000 . '</a>'
--- codes: X01
--- status: 400



=== TEST 11: 40,000 attributes
--- bad eval
'<a ' . CORE::join(' ', map { "b$_='c'" } 1 .. 40_000) . '/>'
--- codes: X01
--- status: 400



=== TEST 12: two AppHdr
--- bad eval
my ($header) = ::message() =~ m{(<AppHdr.*</AppHdr>)}s;
::message('<Document' => "$header<Document")
--- codes: X05
--- status: 422



=== TEST 13: an AppHdr without Document
--- bad eval
::message() =~ s{<Document.*</Document>}{}sr
--- codes: X05
--- status: 422



=== TEST 14: an AppHdr hidden in supplementary data
--- bad eval
my ($header) = ::message() =~ m{(<AppHdr.*</AppHdr>)}s;
my $text = ::message('</FIToFICstmrCdtTrf>' => '<SplmtryData><Envlp>'
    . "$header</Envlp></SplmtryData></FIToFICstmrCdtTrf>");
$text =~ s{<AppHdr.*?</AppHdr>}{}sr
--- codes: X05
--- status: 422



=== TEST 15: an unknown namespace
--- bad eval
::message('xsd:pacs.008.001.08' => 'xsd:pacs.008.001.99')
--- codes: X05
--- status: 422



=== TEST 16: a definition that is not enabled for the sender
--- partners
egret_partner xiamen-bank {
    certificate ca=$TEST_NGINX_PKI/xiamen-ca.crt san=dns:gw.xmbank.example;
    party       bic=XMBKCNB0XXX lei=984500EGRETXMNBK0117;
    accept      pacs.009.001.08;
}
egret_partner taipei-bank {
    certificate spki-sha256=$TEST_NGINX_TAIPEI_PIN;
    party       bic=TPBKTWT0XXX;
    accept      pacs.008.001.08;
    upstream    https://taipei_bank name=gw.tpbank.example;
}
--- request eval
::post(::message())
--- error_code: 422
--- response_headers
Egret-Verdict: rejected
Egret-Findings: X05



=== TEST 17: UTF-16
--- bad eval
require Encode;
Encode::encode('UTF-16', '<?xml version="1.0" encoding="UTF-16"?><a/>')
--- codes: X02
--- status: 400



=== TEST 18: invalid UTF-8
--- bad eval
::message('turbines 21' => "turbines \xc3\x28")
--- codes: X02
--- status: 400



=== TEST 19: a NUL
--- bad eval
::message('turbines 21' => "turbines \0")
--- codes: X02
--- status: 400



=== TEST 20: a declaration of another encoding
--- bad eval
::message('encoding="UTF-8"' => 'encoding="GB18030"')
--- codes: X02
--- status: 400



=== TEST 21: an id of 100 KB is cut in headers and log
--- request eval
::post(::message('<BizMsgIdr>XMB-20261123-0001' => '<BizMsgIdr>' . 'x' x 100_000))
--- error_code: 422
--- response_headers_like
Egret-Findings: X05.*
--- access_log eval
qr/ id=x{140} definition/
