# SPDX-License-Identifier: Apache-2.0
#
# Where nginx lets strange header names through, none that a counterpart may
# read as one of the gateway's, or as a length of the body, reaches it.

use strict;
use warnings;

use Test::More;

use Egret::Counterpart;
use Egret::Gateway qw(message reply);
use Egret::LiveGateway;
use Egret::TlsClient;

my $good  = message();
my $whole = reply();
my $counterpart = Egret::Counterpart->start(sub {
    my ($peer) = @_;
    my $head = $peer->read_head;
    $peer->read_request;
    $peer->tell_test(unpack 'H*', $head);
    $peer->answer(200, $whole);
});
my $port = $counterpart->port;
my $gateway = Egret::LiveGateway->start(
    settings  => 'underscores_in_headers on; ignore_invalid_headers off;',
    partners  => $Egret::Gateway::default{partners}
        =~ s{https://taipei_bank}{http://taipei_bank}r,
    upstreams => "upstream taipei_bank { server 127.0.0.1:$port; }"
        . ' upstream xiamen_bank { server 127.0.0.1:1; }'
        . ' upstream joburg_bank { server 127.0.0.1:1; }');

my @names = qw(Content_Length Content.Length Transfer_Encoding
    Transfer+Encoding Content_Type Content.Encoding Egret_Partner Egret.Partner
    Egret+Partner EGRET!Message~Id X_SSL_Client X.SSL.Client Client_Cert
    Client.Cert);
my $answer = Egret::TlsClient->new($gateway, client => 'xiamen')
    ->http("POST /v1/messages HTTP/1.1\r\nHost: gateway.example\r\n"
        . "Content-Type: application/xml\r\nX-Kept: 1\r\n"
        . join('', map { "$_: 3\r\n" } @names)
        . 'Content-Length: ' . length($good) . "\r\n\r\n$good");
is($answer->{status}, 200, 'the message is taken');

my $head = pack 'H*', $counterpart->next_word;
like($head, qr/^X-Kept: 1\r$/m, 'other headers get through');
unlike($head, qr/^\Q$_\E:/m, "$_ does not") for @names;
is(() = $head =~ /^content-length:/mgi, 1, 'one length');
is(() = $head =~ /^egret-partner:/mgi, 1, 'one partner');

done_testing();
