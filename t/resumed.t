# SPDX-License-Identifier: Apache-2.0
#
# Sessions that are resumed: nginx restores the verify result of their first
# handshake. Egret asks anew: validity, revocation list, registry.

use strict;
use warnings;

use Test::More;
use Time::HiRes qw(sleep);

use Egret::LiveGateway;
use Egret::TlsClient;
use Egret::Gateway;

Egret::Gateway::make_pki();
my $pki = Egret::Gateway::pki();
my $home = $pki->directory;
my $number = 0;

my $reused = q(log_format reused 'reused=$ssl_session_reused';);

sub start {
    my (%section) = @_;
    return Egret::LiveGateway->start(sections(%section));
}

sub sections {
    my (%section) = @_;
    my $tls = delete $section{resume};
    return (
        process  => 'worker_processes 1;',
        settings => $reused,
        server   => 'access_log logs/reused.log reused;'
            . ' location = /v1/self { egret self; }',
        tls => <<"END" . $tls,
ssl_protocols          TLSv1.2 TLSv1.3;
ssl_certificate        \$TEST_NGINX_PKI/gateway.crt;
ssl_certificate_key    \$TEST_NGINX_PKI/gateway.key;
ssl_client_certificate \$TEST_NGINX_PKI/clients.crt;
ssl_verify_client      on;
END
        %section);
}

# Each way of nginx to resume a session, over a reload, too.
open my $key, '>:raw', "$home/ticket.key" or die "$!\n";
print {$key} pack 'C*', map { int rand 256 } 1 .. 80;
close $key;

my %way = (
    'TLS 1.3, a ticket' => ["ssl_session_ticket_key $home/ticket.key;", '-tls1_3'],
    'TLS 1.2, a ticket' => ["ssl_session_ticket_key $home/ticket.key;", '-tls1_2'],
    'TLS 1.2, the cache' => ['ssl_session_tickets off;'
                             . 'ssl_session_cache shared:egret:256k;', '-tls1_2'],
);

sub first_session {
    my ($gateway, $name, $version) = @_;
    my $file = "$home/session-" . $number++;
    my ($status, $reused) = ask($gateway, $name, $version, save => $file);
    return ($file, $status);
}

sub resumed {
    my ($gateway, $name, $version, $file) = @_;
    return ask($gateway, $name, $version, resume => $file);
}

# The status, and whether nginx says that the session was resumed.
sub ask {
    my ($gateway, $name, $version, @session) = @_;
    my @before = $gateway->log('reused.log') =~ /reused=(.)/g;
    my $client = Egret::TlsClient->new($gateway, client => $name,
                                       more => [$version], @session);
    my $answer = $client->get('/v1/self');
    $client->close;
    my @after;
    $gateway->wait_for(sub {
        (@after = $gateway->log('reused.log') =~ /reused=(.)/g) > @before;
    });
    return ($answer->{status}, $after[-1]);
}

for my $way (sort keys %way) {
    my ($resume, $version) = @{ $way{$way} };

    my $gateway = start(resume => $resume);
    my ($session, $status) = first_session($gateway, 'xiamen', $version);
    is($status, 200, "$way: a partner is served");
    is_deeply([resumed($gateway, 'xiamen', $version, $session)], [200, 'r'],
              "$way: on its resumed session, too");

    $gateway->reload(sections(resume => $resume));
    is_deeply([resumed($gateway, 'xiamen', $version, $session)], [200, 'r'],
              "$way: and after a reload");

    my $partners = $Egret::Gateway::default{partners}
        =~ s/egret_partner xiamen-bank \{.*?^\}//msr;
    $gateway->reload(sections(resume => $resume, partners => $partners));
    is_deeply([resumed($gateway, 'xiamen', $version, $session)], [403, 'r'],
              "$way: a partner that was removed is a stranger");

    my $name = "revoked-$number";
    my $lists = "$home/lists-$number.pem";
    $pki->leaf($name, ca => 'xiamen-ca', usage => 'client',
               san => ['DNS:gw.xmbank.example']);
    $pki->crl($_) for qw(xiamen-ca shared-ca);
    write_lists($lists);
    my @crl = (resume => "$resume ssl_crl $lists;");
    $gateway->reload(sections(@crl));
    ($session, $status) = first_session($gateway, $name, $version);
    is($status, 200, "$way: who is not on the list is served");
    $pki->revoke($name)->crl('xiamen-ca');
    write_lists($lists);
    is_deeply([resumed($gateway, $name, $version, $session)], [200, 'r'],
              "$way: a list counts from the reload on");
    $gateway->reload(sections(@crl));
    is_deeply([resumed($gateway, $name, $version, $session)], [403, 'r'],
              "$way: then who is revoked is a stranger");
    like($gateway->log('error.log'),
         qr/client certificate refused: it is revoked/, "$way: the log says so");
    is((first_session($gateway, $name, $version))[1], 403,
       "$way: as in a new session");

    ($session, $status) = first_session($gateway, 'xiamen', $version);
    is($status, 200, "$way: others are served");
    $pki->crl('xiamen-ca', last_update => -9, next_update => -2);
    write_lists($lists);
    $gateway->reload(sections(@crl));
    is_deeply([resumed($gateway, 'xiamen', $version, $session)], [403, 'r'],
              "$way: a list that is out of date serves nobody");
    is((first_session($gateway, 'xiamen', $version))[1], 403,
       "$way: nor in a new session");
    $pki->crl('xiamen-ca');
    unlike($gateway->log('error.log'), qr/\[(?:alert|crit|emerg)\]/,
           "$way: no alert");
}

# A CA that another one issued: its own list says nothing of itself.
{
    my ($resume, $version) = @{ $way{'TLS 1.3, a ticket'} };
    $pki->ca('middle-ca', ca => 'xiamen-ca', path_length => 0);
    $pki->leaf('below', ca => 'middle-ca', usage => 'client',
               san => ['DNS:gw.xmbank.example']);
    my @cas = qw(xiamen-ca shared-ca middle-ca);
    my $trusted = $pki->bundle('trusted', @cas);
    my $lists = "$home/middle-lists.pem";
    my $partners = $Egret::Gateway::default{partners}
        =~ s/(?<=PKI\/)xiamen-ca(?=\.crt)/middle-ca/r;
    my @section = (resume => "$resume ssl_crl $lists; ssl_verify_depth 1;",
                   partners => $partners);
    my %sections = sections(@section);
    $sections{tls} =~ s/\$TEST_NGINX_PKI\/clients.crt/$trusted/;

    $pki->crl($_) for @cas;
    write_lists($lists, @cas);
    my $gateway = Egret::LiveGateway->start(%sections);
    my ($session, $status) = first_session($gateway, 'below', $version);
    is($status, 200, 'whom a CA below another one certified is served');
    $pki->revoke('middle-ca')->crl('xiamen-ca');
    write_lists($lists, @cas);
    $gateway->reload(%sections);
    is_deeply([resumed($gateway, 'below', $version, $session)], [403, 'r'],
              'when that CA is revoked: a stranger');
    like($gateway->log('error.log'),
         qr/client certificate refused: a CA above it is revoked/,
         'the log says so');
    is((first_session($gateway, 'below', $version))[1], 403,
       'as in a new session');
}

# Expiry cannot be waited for before the first handshake is done: a slow
# machine gets a certificate that lives longer.
SECONDS: for my $seconds (4, 8, 16, 32, 64) {
    my ($resume, $version) = @{ $way{'TLS 1.3, a ticket'} };
    my $gateway = start(resume => $resume);
    my $end = time + $seconds;
    $pki->leaf("brief-$seconds", ca => 'xiamen-ca', usage => 'client',
               san => ['DNS:gw.xmbank.example'],
               not_after => POSIX::strftime('%Y%m%d%H%M%SZ', gmtime $end));
    my ($session, $status) = first_session($gateway, "brief-$seconds",
                                           $version);
    next SECONDS if $status == 403 && time >= $end;
    is($status, 200, 'a certificate that will end soon is served');
    my $open = Egret::TlsClient->new($gateway, client => "brief-$seconds");
    my $before = $open->get('/v1/self');
    next SECONDS if $before->{status} == 403 && time >= $end;
    is($before->{status}, 200, 'over a connection that stays open');
    sleep 0.1 while time <= $end + 1;
    is($open->get('/v1/self')->{status}, 403, 'is a stranger when it has ended');
    ok($open->is_closed, 'and the connection ends');
    is_deeply([resumed($gateway, "brief-$seconds", $version, $session)],
              [403, 'r'], 'and on a resumed session');
    last;
}

sub write_lists {
    my ($path, @cas) = @_;
    @cas = qw(xiamen-ca shared-ca) if !@cas;
    open my $out, '>:raw', $path or die "$path: $!\n";
    for my $ca (@cas) {
        open my $in, '<:raw', $pki->crl_file($ca) or die "$ca: $!\n";
        print {$out} <$in>;
    }
    close $out or die "$path: $!\n";
}

done_testing();
