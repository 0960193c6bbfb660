# SPDX-License-Identifier: Apache-2.0
#
# Two servers of one address, each with its own CAs: whom one of them let in
# cannot speak to the other. HTTP/1.1 and HTTP/2, each way to write a name.

use strict;
use warnings;

use Test::More;

use Egret::Gateway;
use Egret::Http2;
use Egret::LiveGateway;
use Egret::TlsClient;

Egret::Gateway::make_pki();
my $home = Egret::Gateway::pki()->directory;
my $http2 = 'listen 127.0.0.1:$TEST_NGINX_RAND_PORT_1 ssl http2;';

open my $key, '>:raw', "$home/ticket.key" or die "$!\n";
print {$key} pack 'C*', map { int rand 256 } 1 .. 80;
close $key or die "$!\n";
my $tickets = "ssl_session_tickets on; ssl_session_ticket_key $home/ticket.key;";
my $tls = $Egret::Gateway::default{tls} =~ s/ssl_session_tickets\s+off;/$tickets/r;

my $gateway = Egret::LiveGateway->start(
    process => 'worker_processes 1;', listen => $http2, tls => $tls,
    server => <<"END");
    location = /v1/self { egret self; }
}
server {
    $http2
    server_name second.example;
    ${\ ($tls =~ s/clients\.crt/other-ca.crt/r =~ s/ssl_crl.*//r)}
    $Egret::Gateway::default{pages}
    location = /v1/self { egret self; }
END

# Whom the client means in the handshake, whom in the request, the status.
my @cases = (
    ['gateway.example', 'gateway.example', 200],
    ['gateway.example', 'gateway.example:8443', 200],
    ['gateway.example', 'GATEWAY.Example', 200],
    ['gateway.example', 'gateway.example.', 200],
    ['GATEWAY.EXAMPLE', 'gateway.example', 200],
    ['gateway.example.', 'gateway.example', 200],
    ['', 'gateway.example', 200],
    ['', '127.0.0.1', 200],
    ['', '[::1]:8443', 200],
    ['', 'nobody.example', 200],
    ['', 'second.example', 421],
    ['', 'Second.example.:8443', 421],
    ['gateway.example', 'second.example', 421],
    ['gateway.example', 'nobody.example', 421],
    ['gateway.example', '127.0.0.1', 421],
    ['nobody.example', 'gateway.example', 421],
    ['nobody.example', 'nobody.example', 200],
);

for my $case (@cases) {
    my ($sni, $host, $expected) = @$case;
    my $title = ($sni || 'no SNI') . ", then $host";
    my @option = (client => 'xiamen', sni => $sni);

    my $answer = Egret::TlsClient->new($gateway, @option)
        ->get('/v1/self', $host);
    is($answer->{status}, $expected, "$title: $expected");
    is_a_problem($answer, $title) if $expected == 421;

    $answer = Egret::Http2->new($gateway, @option)
        ->get(1, '/v1/self', $host)->answer(1);
    is($answer->{status}, $expected, "$title: over HTTP/2 as well");
}

sub is_a_problem {
    my ($answer, $title) = @_;
    unlike($answer->{head}, qr/^Egret-/mi, "$title: no verdict");
    is($answer->{headers}{'content-type'}, 'application/problem+json',
       "$title: as a problem");
    like($answer->{body}, qr/"status":421/, "$title: which says so");
    return;
}

# Strangers do not learn that there is another server.
for my $name (undef, qw(stranger unregistered)) {
    my @option = (sni => 'second.example', defined $name ? (client => $name) : ());
    is(Egret::TlsClient->new($gateway, @option)
           ->get('/v1/self', 'gateway.example')->{status}, 403,
       ($name // 'no certificate') . ': a stranger');
}
is(Egret::TlsClient->new($gateway, client => 'unregistered', sni => '')
       ->get('/v1/self', 'second.example')->{status}, 403,
   'without a name a stranger is a stranger');

# A session of the second server is none of the first one's: nginx takes it
# under TLS 1.2 for what the session was for, and ends the handshake of TLS 1.3.
for my $case (['-tls1_2', 403], ['-tls1_3', undef]) {
    my ($version, $expected) = @$case;
    my $session = "$home/session$version";
    my @option = (client => 'stranger', more => [$version]);

    my $client = Egret::TlsClient->new($gateway, @option, save => $session,
                                       sni => 'second.example');
    is($client->get('/v1/self', 'second.example')->{status}, 403,
       "$version: a stranger at the second server");
    $client->close;
    ok(-s $session, "$version: who keeps the session");

    $client = Egret::TlsClient->new($gateway, @option, resume => $session,
                                    sni => 'gateway.example');
    my $answer = $client->get('/v1/self', 'gateway.example');
    is(defined $answer ? $answer->{status} : undef, $expected,
       "$version: is not served on it at the first one");
    is(Egret::TlsClient->new($gateway, client => 'xiamen', more => [$version],
                             resume => $session, sni => 'second.example')
           ->get('/v1/self', 'second.example')->{status}, 403,
       "$version: nor is a partner who took it");
}

is($gateway->stop, 0, 'nginx leaves in peace');
unlike($gateway->log('error.log'), qr/\[(?:alert|crit|emerg)\]/,
       'without an alert');

done_testing();
