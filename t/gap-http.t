# SPDX-License-Identifier: Apache-2.0
#
# A gap is answered alike whatever way its message comes, in the worker and in a
# thread; a client that leaves, or a reload, harms nobody else.

use strict;
use warnings;

use Test::More;

use Egret::Gateway qw(chunked green);
use Egret::Http2;
use Egret::LiveGateway;
use Egret::TlsClient;

my $path  = '/v1/gap?scheme=EU-TAX,ZA-GFT';
my $green = green('wind-loan');
my $whole;

sub sections {
    my ($threshold) = @_;
    return (
        process  => 'worker_processes 1; thread_pool default threads=2;'
            . ' error_log logs/debug.log debug;',
        settings => "egret_offload_threshold $threshold;",
        listen   => 'listen 127.0.0.1:$TEST_NGINX_RAND_PORT_1 ssl http2;',
        server   => 'location = /v1/gap { egret gap; }'
            . 'location = /small/gap { egret gap; client_body_buffer_size 1k; }'
            . 'location = /file/gap { egret gap;'
            . ' client_body_in_file_only clean; }');
}

sub client {
    my ($gateway) = @_;
    return Egret::TlsClient->new($gateway, client => 'xiamen');
}

sub head {
    my ($line) = @_;
    return "POST $path HTTP/1.1\r\nHost: gateway.example\r\n"
        . "Content-Type: application/xml\r\n$line\r\n\r\n";
}

my $length = 'Content-Length: ' . length $green;

for my $case ([in => 'a thread', '1k'], [in => 'the worker', '1m']) {
    my (undef, $where, $threshold) = @$case;
    my $gateway = Egret::LiveGateway->start(sections($threshold));
    my $first = client($gateway)->post($path, $green);
    is($first->{status}, 200, "in $where: a partner is told");
    $whole //= $first->{body};
    is($first->{body}, $whole, "in $where: the same");
    is(scalar($gateway->log('debug.log') =~ /task #\d+ added to/),
       $threshold eq '1k' ? 1 : '', "in $where: so it is");

    my $client = client($gateway);
    is($client->http(head('Transfer-Encoding: chunked')
                     . chunked($green, 700))->{body}, $whole,
       "in $where: in chunks");

    $client->send(head("$length\r\nExpect: 100-continue"));
    like($client->until(qr/\r\n\r\n/), qr{\AHTTP/1\.1 100 },
         "in $where: who waits to be asked for the body is");
    is($client->http($green)->{body}, $whole, "in $where: and told");

    $client->send(head($length) . $green . head($length) . $green);
    is($client->answer->{body}, $whole, "in $where: two at once, the $_ one")
        for qw(first second);

    for my $other (qw(/small/gap /file/gap)) {
        is($client->post($path =~ s{/v1/gap}{$other}r, $green)->{body}, $whole,
           "in $where: by way of a file, $other");
    }

    my $http2 = Egret::Http2->new($gateway, client => 'xiamen');
    $http2->begin(1, $path)->begin(3, $path)->body(3, $green)->body(1, $green);
    is($http2->answer($_)->{body}, $whole, "in $where: over HTTP/2, $_")
        for 1, 3;

    # Who leaves while reading, and while it is worked at.
    client($gateway)->send(head($length) . substr $green, 0, 900)->close;
    $gateway->pause_worker(sub {
        client($gateway)->send(head($length) . $green)->close;
        $http2->begin(5, $path)->body(5, $green)->reset(5);
    });
    is($client->post($path, $green)->{body}, $whole,
       "in $where: after others left");

    # In the middle of a reload.
    $gateway->pause_worker(sub {
        $client->send(head($length) . $green);
        $gateway->begin_reload(sections($threshold));
    });
    my $answer = $client->answer;
    is($answer->{body}, $whole, "in $where: over a reload");
    is(client($gateway)->post($path, $green)->{body}, $whole,
       "in $where: and after it");

    is($gateway->stop, 0, "in $where: nginx leaves in peace");
    unlike($gateway->log('error.log'), qr/\[(?:alert|crit|emerg)\]/,
           "in $where: without an alert");
}

done_testing();
