# SPDX-License-Identifier: Apache-2.0
#
# A worker that has served thousands of requests of every kind is no larger than
# one that has served hundreds: no memory, no descriptor stays behind.

use strict;
use warnings;

use Test::More;
use Time::HiRes qw(sleep);

use Egret::Gateway qw(message);
use Egret::Http2;
use Egret::LiveGateway;
use Egret::TlsClient;

my $good  = message();
my $green = Egret::Gateway::green('wind-loan');
my $bad   = $good =~ s/Ccy="CNY"/Ccy="XXY"/r;

my $gateway = Egret::LiveGateway->start(
    process  => 'worker_processes 1; thread_pool default threads=2;',
    settings => 'egret_offload_threshold 4k;',
    listen   => 'listen 127.0.0.1:$TEST_NGINX_RAND_PORT_1 ssl http2;',
    server   => <<'END');
error_log logs/error.log notice;
keepalive_requests 100000;
location = /v1/self     { egret self; }
location = /v1/explain  { egret explain; }
location = /v1/gap      { egret gap; }
location = /v1/validate { egret validate; }
END
my $worker = ($gateway->workers)[-1];

# What is asked, and the status of its answer.
my @kinds = (
    [200, POST => '/v1/messages', $good],
    [200, POST => '/v1/messages', $green],
    [422, POST => '/v1/messages', $bad],
    [400, POST => '/v1/messages', 'x' x 10_000],
    [200, POST => '/v1/validate', $good],
    [200, POST => '/v1/validate?show=translated', $green],
    [200, POST => '/v1/gap?scheme=EU-TAX,ZA-GFT', $green],
    [400, POST => '/v1/gap?scheme=NONE', $green],
    [200, GET  => '/v1/self'],
    [200, GET  => '/v1/explain?from=CN-GFEPC/2025/4.2.2&scheme=EU-TAX'],
    [400, GET  => '/v1/explain?from=x'],
    [405, GET  => '/v1/messages'],
    [404, GET  => '/nowhere'],
);

my %wrong;

sub ask {
    my ($client, $expected, $method, $path, $text) = @_;
    my $answer = $method eq 'GET' ? $client->get($path)
        : $client->post($path, $text);
    my $status = defined $answer ? $answer->{status} : 'nothing';
    $wrong{"$method $path: $status, not $expected"}++ if $status ne $expected;
    return;
}

sub serve {
    my ($rounds) = @_;
    my $client = Egret::TlsClient->new($gateway, client => 'xiamen');
    for (1 .. $rounds) {
        ask($client, @$_) for @kinds;
    }
    $client->close;
    for (1 .. $rounds / 10) {
        my $http2 = Egret::Http2->new($gateway, client => 'xiamen');
        $http2->begin(1, '/v1/messages')->body(1, $green);
        $http2->get(3, '/v1/self')->begin(5, '/v1/messages')->reset(5);
        $wrong{'HTTP/2'}++ if $http2->answer(1)->{status} != 200
            || $http2->answer(3)->{status} != 200;

        my $stranger = Egret::TlsClient->new($gateway, client => 'unregistered');
        ask($stranger, 403, GET => '/v1/self');
        my $leaver = Egret::TlsClient->new($gateway, client => 'xiamen');
        $leaver->send("POST /v1/messages HTTP/1.1\r\nHost: gateway.example\r\n"
            . "Content-Type: application/xml\r\nContent-Length: 9999\r\n\r\n$good");
    }
    return;
}

# No more than expected, once the connections of clients that have left are gone.
sub descriptors {
    my ($expected) = @_;
    my @open;
    for (1 .. 300) {
        @open = glob "/proc/$worker/fd/*";
        last if @open <= $expected;
        sleep 0.01;
    }
    return scalar @open;
}

sub kilobytes {
    open my $status, '<', "/proc/$worker/status" or die "$worker: $!\n";
    my ($size) = map { /^RssAnon:\s+(\d+) kB/ } <$status>;
    return $size;
}

serve(100);
my $descriptors = descriptors(0);
my $before = kilobytes();
serve(300);
my $after = kilobytes();

is(join("\n", sort keys %wrong), '', 'each request gets its answer');
SKIP: {
    skip 'a sanitizer keeps what is freed', 1 if $ENV{EGRET_SANITIZER};
    cmp_ok($after, '<', $before + 512, 'the worker does not grow');
}
cmp_ok(descriptors($descriptors), '<=', $descriptors,
       'nor are files left open');
is($gateway->stop, 0, 'nginx leaves in peace');
unlike($gateway->log('error.log'), qr/\[(?:alert|crit|emerg)\]/,
       'without an alert');

done_testing();
