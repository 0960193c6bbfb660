# SPDX-License-Identifier: Apache-2.0
#
# HTTP/2, and what else takes a real client: a connection kept alive over
# several messages. In memory, in files, and without request buffering.

use strict;
use warnings;

use Test::More;

use Egret::LiveGateway;
use Egret::Gateway qw(message reply);

plan skip_all => 'curl without HTTP/2' if qx{curl --version} !~ /\bHTTP2\b/;

my $good = message();
my $bad  = message('Ccy="CNY"' => 'Ccy="CNH"');
my $long = message('</Document>' => '</Document><!--' . 'x' x 300_000 . '-->');
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
        listen => $h2, counterpart => 'rewrite ^ /reads;', %{ $way{$way} });

    is_accepted($gateway->post('/v1/messages', $good, '--http2'),
                "$way, with a length");
    is_accepted(without_length($gateway, $good), "$way, without a length");
    is_accepted($gateway->post('/v1/messages', $long, '--http2'),
                "$way, a long one");
    is_accepted(without_length($gateway, $long),
                "$way, a long one without a length");

    my $answer = $gateway->post('/v1/messages', $bad, '--http2');
    is($answer->{status}, 422, "$way, a bad one: 422");
    is($answer->{headers}{'egret-findings'}, 'A01', "$way, a bad one: A01");

    is_deeply([$gateway->verdicts], [('accepted') x 4, 'rejected'],
              "$way: one judgement each");

    my @bodies = $gateway->log('access.log') =~ /^body=(.*?)=$/msg;
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

done_testing();
