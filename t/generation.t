# SPDX-License-Identifier: Apache-2.0
#
# Connections that stay open over a reload: their next request sees the new
# partners, in an old worker, too, and nothing that is in flight is lost.
#
# A worker that is stopped by a signal finds all at once when it goes on: the
# request that came meanwhile, and the word to leave. So the old worker is sure
# to get a request after the reload.

use strict;
use warnings;

use Test::More;

use Egret::Gateway qw(message reply);
use Egret::Http2;
use Egret::LiveGateway;
use Egret::TlsClient;

Egret::Gateway::make_pki();
my $pki  = Egret::Gateway::pki();
my $home = $pki->directory;

my $partners = $Egret::Gateway::default{partners};
my $good     = message();

my %change = (
    'a partner that was removed' =>
        sub { s/egret_partner xiamen-bank \{.*?^\}//ms },
    'a partner with another certificate line' =>
        sub { s/(san=dns:gw.xmbank.example);/$1; certificate spki-sha256=@{[
              'ab' x 32]};/ },
    'a partner with other parties' =>
        sub { s/bic=XMBKCNB0XXX/bic=XMBKCNB0XXX bic=XMBKCNB0002/ },
);

my $forbidden = '{"type":"urn:x-egret:problem:forbidden",'
    . '"title":"Forbidden","status":403}' . "\n";

sub sections {
    my (%section) = @_;
    return (
        process => 'worker_processes 1;',
        server  => 'location = /v1/self { egret self; }',
        %section);
}

sub changed {
    my ($how) = @_;
    local $_ = $partners;
    $how->() or die "nothing to change\n";
    return (partners => $_);
}

# The answer of an old worker to what comes over an open connection.
sub over_reload {
    my ($gateway, @new) = @_;
    my $client = Egret::TlsClient->new($gateway, client => 'xiamen');
    my $first = $client->post('/v1/messages', $good);
    is($first->{status}, 200, 'before the reload a partner is served');
    is($first->{headers}{connection}, 'keep-alive', 'and kept');

    $gateway->pause_worker(sub {
        $client->send(request($good));
        $gateway->begin_reload(sections(@new));
    });
    return ($client->answer, $client);
}

sub request {
    my ($text) = @_;
    return "POST /v1/messages HTTP/1.1\r\nHost: gateway.example\r\n"
        . "Content-Type: application/xml\r\nContent-Length: "
        . length($text) . "\r\n\r\n$text";
}

sub leaves_in_peace {
    my ($gateway, $title) = @_;
    is($gateway->stop, 0, "$title: nginx leaves in peace");
    unlike($gateway->log('error.log'), qr/\[(?:alert|crit|emerg)\]/,
           "$title: without an alert");
}

subtest 'a partner that did not change is served, and let go' => sub {
    my $gateway = Egret::LiveGateway->start(sections());
    my ($answer, $client) = over_reload($gateway,
        settings => 'egret_max_message 512k;');
    is($answer->{status}, 200, 'served by the old worker');
    is($answer->{headers}{'egret-verdict'}, 'accepted', 'and judged');
    is($answer->{headers}{connection}, 'close', 'which says that it closes');
    ok($client->is_closed, 'and does');
    is(Egret::TlsClient->new($gateway, client => 'xiamen')
           ->post('/v1/messages', $good)->{status}, 200,
       'a new connection goes on');
    leaves_in_peace($gateway, 'unchanged');
};

subtest 'a partner that was removed is a stranger' => sub {
    my $gateway = Egret::LiveGateway->start(sections());
    my ($answer, $client) = over_reload($gateway,
        changed($change{'a partner that was removed'}));
    is($answer->{status}, 403, 'to the old worker');
    is($answer->{body}, $forbidden, 'that tells as little as ever');
    is($answer->{headers}{connection}, 'close', 'and closes');
    ok($client->is_closed, 'at once');
    is(Egret::TlsClient->new($gateway, client => 'xiamen')
           ->post('/v1/messages', $good)->{status}, 403, 'and to the new one');
    is(() = $gateway->verdicts, 1, 'its message is not judged');
    leaves_in_peace($gateway, 'removed');
};

for my $title ('a partner with another certificate line',
               'a partner with other parties') {
    subtest "$title is sent to a new worker" => sub {
        my $gateway = Egret::LiveGateway->start(sections());
        is_outdated($gateway, changed($change{$title}));
    };
}

subtest 'other revocation lists, likewise' => sub {
    my $gateway = Egret::LiveGateway->start(sections());
    write_file("$home/other.crl", read_file("$home/clients.crl") . "\n");
    is_outdated($gateway, tls =>
        $Egret::Gateway::default{tls} =~ s/clients\.crl/other.crl/r);
};

subtest 'also where another server of its name keeps the old ones' => sub {
    my $tls = $Egret::Gateway::default{tls};
    my @both = (settings => <<"END");
server {
    listen unix:$home/namesake.socket ssl;
    server_name gateway.example;
    $tls
    $Egret::Gateway::default{pages}
    location = /v1/self { egret self; }
}
END
    my $gateway = Egret::LiveGateway->start(sections(@both));
    is_outdated($gateway, @both, tls => $tls =~ s/clients\.crl/other.crl/r);
};

sub is_outdated {
    my ($gateway, @new) = @_;
    my ($answer, $client) = over_reload($gateway, @new);
    is($answer->{status}, 503, 'the old worker cannot tell');
    like($answer->{body}, qr/"delivered":"no"/, 'it delivers nothing');
    is($answer->{headers}{connection}, 'close', 'and closes');
    ok($client->is_closed, 'at once');
    is(Egret::TlsClient->new($gateway, client => 'xiamen')
           ->post('/v1/messages', $good)->{status}, 200,
       'a new connection is served');
    is(() = $gateway->verdicts, 2, 'one judgement for each 200');
    leaves_in_peace($gateway, 'changed');
}

subtest 'an idle connection is closed' => sub {
    my $gateway = Egret::LiveGateway->start(sections());
    my $client = Egret::TlsClient->new($gateway, client => 'xiamen');
    is($client->post('/v1/messages', $good)->{status}, 200, 'served before');
    $gateway->reload(sections(changed($change{'a partner that was removed'})));
    ok($client->is_closed, 'then closed');
    leaves_in_peace($gateway, 'idle');
};

subtest 'a configuration that nginx refuses changes nothing' => sub {
    my $gateway = Egret::LiveGateway->start(sections());
    my $client = Egret::TlsClient->new($gateway, client => 'xiamen');
    is($client->post('/v1/messages', $good)->{status}, 200, 'served before');
    $gateway->fail_to_reload(sections(
        changed($change{'a partner that was removed'}),
        main => 'stream { server { listen 192.0.2.1:1; return ""; } }'));
    my $answer = $client->post('/v1/messages', $good);
    is($answer->{status}, 200, 'served after');
    is($answer->{headers}{connection}, 'keep-alive', 'and kept');
    is($gateway->stop, 0, 'nginx leaves in peace');
};

# An HTTP/2 connection with a message in flight, and one more stream.
sub streams_over_reload {
    my (@new) = @_;
    my @listen = (listen =>
        'listen 127.0.0.1:$TEST_NGINX_RAND_PORT_1 ssl http2;');
    my $gateway = Egret::LiveGateway->start(sections(@listen));
    my $http2 = Egret::Http2->new($gateway, client => 'xiamen');
    $http2->begin(1, '/v1/messages')->get(3, '/v1/self');
    is($http2->answer(3)->{status}, 200, 'served with a message in flight');

    $gateway->pause_worker(sub {
        $http2->get(5, '/v1/self');
        $gateway->begin_reload(sections(@listen, @new));
    });
    return ($gateway, $http2, $http2->answer(5));
}

sub completes {
    my ($http2) = @_;
    my $answer = $http2->body(1, $good)->answer(1);
    is($answer->{status}, 200, 'what was in flight completes');
    is($answer->{body}, reply(), 'with the answer of its receiver');
    ok($http2->drain->is_ending, 'and the connection ends');
}

subtest 'HTTP/2: a partner that was removed is a stranger' => sub {
    my ($gateway, $http2, $answer) = streams_over_reload(
        changed($change{'a partner that was removed'}));
    is($answer->{status}, 403, 'on its next stream');
    is($answer->{body}, $forbidden, 'and is told as little as ever');
    completes($http2);
    leaves_in_peace($gateway, 'HTTP/2, removed');
};

subtest 'HTTP/2: a partner with other parties is sent to a new worker' => sub {
    my ($gateway, $http2, $answer) = streams_over_reload(
        changed($change{'a partner with other parties'}));
    is($answer->{status}, 503, 'on its next stream');
    completes($http2);
    leaves_in_peace($gateway, 'HTTP/2, changed');
};

subtest 'HTTP/2: a partner that did not change is served, and let go' => sub {
    my ($gateway, $http2, $answer) = streams_over_reload();
    is($answer->{status}, 200, 'on its next stream');
    completes($http2);
    leaves_in_peace($gateway, 'HTTP/2, unchanged');
};

subtest 'when Egret has gone, no old worker serves' => sub {
    my ($gateway, $http2, $answer) = streams_over_reload(bare => 1);
    is($answer->{status}, 403, 'not on the next stream');
    undef $http2;
    leaves_in_peace($gateway, 'HTTP/2, without Egret');
};

sub read_file {
    my ($path) = @_;
    open my $in, '<:raw', $path or die "$path: $!\n";
    local $/;
    return scalar <$in>;
}

sub write_file {
    my ($path, $text) = @_;
    open my $out, '>:raw', $path or die "$path: $!\n";
    print {$out} $text;
    close $out or die "$path: $!\n";
}

done_testing();
