# SPDX-License-Identifier: Apache-2.0
#
# HTTP/2, and what else takes a real client: a connection kept alive over
# several messages, and messages pipelined. In memory, in files, and without request buffering.

use strict;
use warnings;

use Test::More;

use Egret::LiveGateway;
use Egret::Gateway qw(green_line message reply translated);

plan skip_all => 'curl without HTTP/2' if qx{curl --version} !~ /\bHTTP2\b/;

my $good = message();
my $bad  = message('Ccy="CNY"' => 'Ccy="CNH"');
my $long = message('</Document>' => '</Document><!--' . 'x' x 300_000 . '-->');
my $green = green_line();
my $h2   = 'listen 127.0.0.1:$TEST_NGINX_RAND_PORT_1 ssl http2;';

my %way = (
    'in memory'            => {},
    'in files'             => { bodies => 'client_body_in_file_only clean;' },
    'a buffer of 1k'       => { bodies => 'client_body_buffer_size 1k;' },
    'no request buffering' => { location => 'proxy_request_buffering off;'
                                    . ' proxy_http_version 1.1;' },
);

# With no Content-Length: a body that curl reads from a pipe.
sub without_length {
    my ($gateway, $text) = @_;
    my $file = "$gateway->{root}/piped";
    Egret::LiveGateway::write_file($file, $text);
    open my $saved, '<&', \*STDIN or die "STDIN: $!\n";
    open STDIN, '<', $file or die "$file: $!\n";
    my $answer = $gateway->curl('/v1/messages', '--http2', '-X', 'POST',
        '-H', 'Content-Type: application/xml', '-H', 'Content-Length:',
        '-T', '-');
    open STDIN, '<&', $saved or die "STDIN: $!\n";
    return $answer;
}

sub is_accepted {
    my ($answer, $what) = @_;
    is($answer->{status}, 200, "$what: 200");
    is($answer->{version}, '2', "$what: over HTTP/2");
    is($answer->{headers}{'egret-verdict'}, 'accepted', "$what: accepted");
    is($answer->{body}, reply(), "$what: the counterpart's answer");
}

for my $way (sort keys %way) {
    my $gateway = Egret::LiveGateway->start(
        listen => $h2, counterpart => 'rewrite ^ /reads;',
        taipei_has => 'taxonomy TPEX/2023;', %{ $way{$way} });

    is_accepted($gateway->post('/v1/messages', $good, '--http2'),
                "$way, with a length");
    is_accepted(without_length($gateway, $good), "$way, without a length");
    is_accepted($gateway->post('/v1/messages', $long, '--http2'),
                "$way, a long one");
    is_accepted(without_length($gateway, $long),
                "$way, a long one without a length");

    is_accepted($gateway->post('/v1/messages', $green, '--http2'),
                "$way, to be translated");
    is_accepted(without_length($gateway, $green),
                "$way, to be translated, without a length");

    my $answer = $gateway->post('/v1/messages', $bad, '--http2');
    is($answer->{status}, 422, "$way, a bad one: 422");
    is($answer->{headers}{'egret-findings'}, 'A01', "$way, a bad one: A01");

    is_deeply([$gateway->verdicts], [('accepted') x 6, 'rejected'],
              "$way: one judgement each");

    my @bodies = $gateway->delivered(6);
    for my $body (splice @bodies, 4) {
        like("body=$body=", translated($green),
             "$way: one translation of what was posted");
    }
    is_deeply([map { length } @bodies],
              [map { length } $good, $good, $long, $long],
              "$way: what is delivered is whole");
    ok(!(grep { $_ ne $good && $_ ne $long } @bodies),
       "$way: and is what was posted");
    is($gateway->stop, 0, "$way: nginx leaves in peace");
    unlike($gateway->log('error.log'), qr/\[(?:alert|crit|emerg)\]/,
           "$way: without an alert");
}

my $gateway = Egret::LiveGateway->start(listen => $h2);

my $get = $gateway->curl('/v1/messages', '--http2');
is($get->{status}, 405, 'GET over HTTP/2: 405');
is($get->{headers}{allow}, 'POST', 'and it names POST');

my $stranger = $gateway->post('/v1/messages', $good, '--http2',
    map { ("--$_->[0]", "$ENV{TEST_NGINX_PKI}/unregistered.$_->[1]") }
    ['cert', 'crt'], ['key', 'key']);
is($stranger->{status}, 403, 'a stranger over HTTP/2: 403');
is($stranger->{body}, '{"type":"urn:x-egret:problem:forbidden",'
   . '"title":"Forbidden","status":403}' . "\n", 'and nothing more');

# Two messages of one curl go over one connection.
for my $version (qw(--http2 --http1.1)) {
    my @before = $gateway->verdicts;
    my $answer = $gateway->post('/v1/messages', $good, $version,
        '-w', 'connections=%{num_connects}',
        'https://gateway.example:' . $gateway->port . '/v1/messages');
    like($answer->{body}, qr/connections=1.*connections=0\z/s,
         "$version: two messages over one connection");
    is(() = $answer->{body} =~ /ACSC/g, 2, "$version: two answers");
    my @after = $gateway->verdicts;
    is(@after - @before, 2, "$version: two judgements");
}

# Messages one behind the other, before the first is answered.
sub pipelined {
    my ($gateway, @texts) = @_;
    my $last = pop @texts;
    my $head = "POST /v1/messages HTTP/1.1\r\nHost: gateway.example\r\n"
        . "Content-Type: application/xml\r\n";
    my $requests = join '', (map { $head . 'Content-Length: ' . length($_)
        . "\r\n\r\n$_" } @texts), "${head}Connection: close\r\n"
        . 'Content-Length: ' . length($last) . "\r\n\r\n$last";
    my $file = "$gateway->{root}/pipelined";
    Egret::LiveGateway::write_file($file, $requests);
    my $certificate = "$ENV{TEST_NGINX_PKI}/xiamen";
    my $to = '127.0.0.1:' . $gateway->port;
    my $command = "openssl s_client -quiet -connect $to"
        . " -servername gateway.example -cert $certificate.crt"
        . " -key $certificate.key < $file 2>/dev/null";
    my $answers = qx{$command};
    return $answers =~ m{HTTP/1\.1 (\d+) }g;
}

# A body that is too large says so, with its length and without.
{
    my $small = Egret::LiveGateway->start(listen => $h2,
        server => 'location /elsewhere { return 204; }');
    my @large = ('/v1/messages', 'x' x 3_000_000, '--http2');
    my $answer = $small->post(@large);
    is($answer->{status}, 413, 'too large: 413');
    is($answer->{version}, '2', 'over HTTP/2');
    is($answer->{headers}{'content-type'}, 'application/problem+json',
       'as a problem');
    like($answer->{body}, qr/"limit":1048576/, 'that names the limit');

    for my $name (qw(unregistered expired stranger)) {
        my @as = map { ("--$_->[0]", "$ENV{TEST_NGINX_PKI}/$name.$_->[1]") }
            ['cert', 'crt'], ['key', 'key'];
        for my $path (qw(/v1/messages /elsewhere /nowhere)) {
            $answer = $small->post($path, $large[1], '--http2', @as);
            is($answer->{status}, 403, "$name at $path: a stranger");
            unlike($answer->{body}, qr/limit|html/, "$name at $path: no more");
        }
    }
}

my $bad_green = green_line('<NbOfTxs>1<' => '<NbOfTxs>2<');
for my $way (sort keys %way) {
    my $pipe = Egret::LiveGateway->start(
        counterpart => 'rewrite ^ /reads;',
        taipei_has => 'taxonomy TPEX/2023;', %{ $way{$way} });
    is_deeply([pipelined($pipe, $bad, $green, $good, $bad_green, $green)],
              [422, 200, 200, 422, 200], "$way: pipelined, an answer each");
    is_deeply([pipelined($pipe, $good, $bad, $green)], [200, 422, 200],
              "$way: good, then bad, then good");
    is_deeply([$pipe->verdicts],
              [qw(rejected accepted accepted rejected accepted
                  accepted rejected accepted)], "$way: one judgement each");

    my @bodies = $pipe->delivered(5);
    is(scalar @bodies, 5, "$way: and one delivery");
    is($bodies[$_], $good, "$way: a plain one as it is") for 1, 3;
    like("body=$bodies[$_]=", translated($green),
         "$way: a green one with one translation") for 0, 2, 4;
}

done_testing();
