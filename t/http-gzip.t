# SPDX-License-Identifier: Apache-2.0

# A body with Content-Encoding gzip, where the sender's profile takes it: what is
# judged and delivered is what was compressed, and no more of it is inflated
# than a message may have. Each block runs each way: with the body in memory, in a
# temporary file, and judged in a thread.

use Egret::Gateway;
use IO::Compress::Gzip qw(gzip);
use Test::Nginx::Socket 'no_plan';

sub compressed {
    my ($text) = @_;
    gzip(\$text => \my $bytes, -Level => 9) or die "gzip: $!";
    return $bytes;
}

each_way();

add_block_preprocessor(sub {
    my ($block) = @_;
    $block->set_value(settings => 'egret_profile small { encodings gzip; }')
        if !defined $block->settings;
    $block->set_value(xiamen_has => 'profile small;');
    $block->set_value(more_headers => "Content-Type: application/xml\n"
                      . 'Content-Encoding: gzip')
        if !defined $block->more_headers;
});

run_tests();

__DATA__

=== TEST 1: a compressed message is delivered plain
--- request eval
::post(::compressed(::line()))
--- response_headers
Egret-Verdict: accepted
--- judged: accepted
--- delivered eval
::line()



=== TEST 2: in chunks
--- more_headers
Content-Type: application/xml
Content-Encoding: GZIP
Transfer-Encoding: chunked
--- request eval
::post(::chunked(::compressed(::line()), 100))
--- response_headers
Egret-Verdict: accepted
--- judged: accepted
--- delivered eval
::line()



=== TEST 3: neither encoding nor digest of what was compressed goes along
--- counterpart
set $old "$http_content_digest$http_signature$http_content_encoding";
if ($old) { return 500; }
if ($http_content_length != $http_extra) { return 500; }
return 204;
--- more_headers eval
"Content-Type: application/xml\nContent-Encoding: gzip\nContent-Digest: x\n"
. "Signature: x\nExtra: " . length ::line()
--- request eval
::post(::compressed(::line()))
--- response_headers
Egret-Verdict: accepted
--- judged: accepted



=== TEST 4: what is compressed is judged like any other
--- request eval
::post(::compressed(::line('Ccy="CNY"' => 'Ccy="CNH"')))
--- error_code: 422
--- response_headers
Egret-Findings: A01
--- judged: rejected



=== TEST 5: a bomb is too large, however small it comes
--- request eval
::post(::compressed('<a>' . ' ' x 50_000_000))
--- error_code: 413
--- response_headers
Egret-Verdict: rejected
Egret-Findings: X01
--- response_body_like chomp
more than 1048576 bytes



=== TEST 6: a stream that is cut short or broken cannot be read
--- more_headers
Content-Type: application/xml
Content-Encoding: gzip
Accept: application/problem+json
--- request eval
my $bytes = ::compressed(::line());
[::post(substr $bytes, 0, -9), ::post(::line()),
 ::post($bytes =~ s/.{8}\z/12345678/sr), ::post("$bytes<!-- -->")]
--- error_code eval
[(400) x 4]
--- response_headers eval
[("Egret-Verdict: rejected\nEgret-Findings: X01") x 4]
--- response_body_like eval
[(qr/the body is no whole gzip stream/) x 4]



=== TEST 7: an answer is due where a compressed body cannot be read
--- request eval
::post('no gzip')
--- error_code: 400
--- response_headers
Content-Type: application/xml; charset=utf-8
--- response_body_like chomp
<RjctgPtyRsn>EG-X01<



=== TEST 8: no other encoding is taken, nor gzip over another
--- more_headers eval
[map { "Content-Type: application/xml\nContent-Encoding: $_" }
 qw(br deflate), 'gzip, gzip', "br\nContent-Encoding: gzip"]
--- request eval
[(::post('x')) x 4]
--- error_code eval
[(415) x 4]
--- response_headers eval
[("Accept-Encoding: gzip\n! Egret-Verdict") x 4]
--- response_body_like eval
[(qr/urn:x-egret:problem:content-encoding/) x 4]
--- judged: none



=== TEST 9: where the profile takes none, gzip is refused
--- settings
egret_profile small { encodings none; }
--- request eval
::post(::compressed(::line()))
--- error_code: 415
--- response_headers
Accept-Encoding: identity
! Egret-Verdict
--- judged: none



=== TEST 10: one that is tried out may be compressed, too
--- server
location = /v1/validate { egret validate; }
--- request eval
"POST /v1/validate?show=translated\n" . ::compressed(::line())
--- response_headers
Egret-Verdict: accepted
--- response_body eval
::line()
