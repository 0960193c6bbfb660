# SPDX-License-Identifier: Apache-2.0
#
# Certificates made to deceive, and those that TLS refuses: each gets the one
# answer that strangers get, byte by byte but for the date, and the connection
# ends. The log alone says why.

use strict;
use warnings;

use Test::More;

use Egret::Gateway qw(message);
use Egret::Http2;
use Egret::LiveGateway;
use Egret::TlsClient;

Egret::Gateway::make_pki();
my $pki  = Egret::Gateway::pki();
my $home = $pki->directory;
my $gw   = 'gw.xmbank.example';
my $lei  = '5493001KJTIIGC8Y1R12';
my $oid  = '1.3.6.1.4.1.52266.1';
my $h2   = 'listen 127.0.0.1:$TEST_NGINX_RAND_PORT_1 ssl http2;';
my $good = message();

# A subjectAltName of one dNSName with any bytes.
sub raw_name {
    my ($bytes) = @_;
    return 'subjectAltName = DER:' . unpack 'H*',
        pack 'C C/a*', 0x30, pack 'C C/a*', 0x82, $bytes;
}

# An LEI extension with any bytes as its value.
sub raw_lei {
    my ($tag, $bytes) = @_;
    return "$oid = DER:" . unpack 'H*', pack 'C C/a*', $tag, $bytes;
}

my @named = (san => ["DNS:$gw"]);

# What TLS accepts. Title, options of the leaf, and why Egret refuses it.
my @deceiving = (
    ['a wildcard', [san => ['DNS:*.xmbank.example']], 'with a wildcard'],
    ['a wildcard beside the right name',
     [san => ["DNS:$gw", 'DNS:*.xmbank.example']], 'with a wildcard'],
    ['a partial wildcard', [san => ['DNS:g*.xmbank.example']],
     'with a wildcard'],
    ['a NUL in a name',
     [extensions => [raw_name("$gw\0.evil.example")]], 'with NUL'],
    ['a trailing dot', [san => ["DNS:$gw."]], 'with a trailing dot'],
    ['a name that is not ASCII',
     [extensions => [raw_name("gw.xmb\xc3\xa4nk.example")]],
     'that is not ASCII'],
    ['an e-mail address alone', [san => ["email:a\@$gw"]], 'no partner'],
    ['an otherName alone',
     [san => ["otherName:1.2.3.4;UTF8:$gw"]], 'no partner'],
    ['5,000 names', [san => ["DNS:$gw", map { "DNS:a$_.b" } 2 .. 5_000]],
     'more than 64 names'],
    ['the name as CN alone', [subject => [CN => $gw]], 'no partner'],
    ['an LEI of another tag',
     [@named, extensions => [raw_lei(0x0c, $lei)]], 'no PrintableString'],
    ['an LEI of 19 characters',
     [@named, extensions => [raw_lei(0x13, substr $lei, 0, 19)]],
     'not of 20 characters'],
    ['an LEI of 21 characters',
     [@named, extensions => [raw_lei(0x13, "${lei}0")]],
     'not of 20 characters'],
    ['an LEI in lower case',
     [@named, extensions => [raw_lei(0x13, lc $lei)]],
     'wrong characters or check digits'],
    ['an LEI with NUL',
     [@named, extensions => [raw_lei(0x13, substr($lei, 0, 19) . "\0")]],
     'wrong characters or check digits'],
    ['an LEI with wrong check digits',
     [@named, lei => '5493001KJTIIGC8Y1R13'],
     'wrong characters or check digits'],
    ['an LEI that disagrees with organizationIdentifier',
     [@named, lei => $lei, subject => [CN => 'x',
      organizationIdentifier => 'LEIXG-HWUPKR0MPOU8FGXBT394']],
     'disagrees with organizationIdentifier'],
    ['two organizationIdentifiers',
     [@named, subject => [organizationIdentifier => "LEIXG-$lei",
      organizationIdentifier => 'LEIXG-HWUPKR0MPOU8FGXBT394']],
     'two different organizationIdentifiers'],
    ['names of two partners', [san => ["DNS:$gw", 'DNS:gw.xmtrust.example']],
     'no partner'],
    ["a CA's certificate with another partner's name",
     [@named, ca => 'shared-ca'], 'no partner'],
    ["a partner's own sub-CA", [@named, ca => 'sub-ca'], 'no partner'],
);

# What TLS refuses.
my @refused = (
    ['a certificate for servers only', [@named, usage => 'server'],
     'unsupported certificate purpose|unsuitable certificate purpose'],
    ['an unknown critical extension',
     [@named, extensions => ['1.2.3.4 = critical,DER:0500']],
     'unhandled critical extension'],
    ['an RSA key of 1024 bits', [@named, key_type => 'rsa:1024'],
     'EE certificate key too weak', '-cipher', 'DEFAULT@SECLEVEL=0'],
    ['an expired certificate',
     [@named, not_before => -3, not_after => -2], 'certificate has expired'],
    ['one that is not yet valid',
     [@named, not_before => 2, not_after => 3], 'certificate is not yet valid'],
    ['one of an unknown CA', [@named, ca => 'other-ca'], 'unable to verify the first'],
    ['one that is signed by itself', [@named, ca => undef], 'self-signed'],
);

$pki->ca('sub-ca', ca => 'xiamen-ca', path_length => 0);

my $number = 0;
my %name_of;
for my $case (@deceiving, @refused) {
    my ($title, $options) = @$case;
    my %option = (usage => 'client', ca => 'xiamen-ca', @$options);
    delete $option{ca} if !defined $option{ca};
    $name_of{$title} = 'deceiving-' . $number++;
    $pki->leaf($name_of{$title}, %option);
}

my $gateway = Egret::LiveGateway->start(
    listen => $h2,
    server => <<'END',
location = /v1/self     { egret self; }
location = /v1/validate { egret validate; }
location = /v1/gap      { egret gap; }
location = /v1/explain  { egret explain; }
location = /there       { return 204; }
location /              { return 404; }
END
    tls => $Egret::Gateway::default{tls}
        =~ s/depth +0/depth 1/r =~ s/ssl_crl.*//r,
    partners => $Egret::Gateway::default{partners} . <<'END');
egret_partner xiamen-trust {
    certificate ca=$TEST_NGINX_PKI/xiamen-ca.crt san=dns:gw.xmtrust.example;
    party       bic=XMTRCNB0XXX;
}
END

# All of an answer but its date; HTTP/1.1.
sub knock {
    my ($at, @option) = @_;
    my $client = Egret::TlsClient->new($at, @option);
    return _heard($client, $client->post('/v1/messages', $good));
}

sub knock_at {
    my ($at, $path, @option) = @_;
    my $client = Egret::TlsClient->new($at, @option);
    return _heard($client, $client->get($path));
}

sub _heard {
    my ($client, $answer) = @_;
    my $is_closed = $client->is_closed;
    (my $head = $answer->{head}) =~ s/^Date: [^\r]+\r\n//m;
    return ($head . $answer->{body}, $is_closed);
}

# HTTP/2: status, header block without its date, body.
sub knock_2 {
    my ($at, $path, @option) = @_;
    my $http2 = Egret::Http2->new($at, @option);
    my $answer = $http2->get(1, $path)->answer(1);
    $http2->drain;
    my $block = $answer->{block};
    return ("$answer->{status} " . unpack('H*', _undated($block))
            . $answer->{body}, $http2->is_ending);
}

# nginx writes the date as an indexed name (33) with a string, in Huffman's
# code, of which the length is in one byte.
sub _undated {
    my ($block) = @_;
    my $at = index $block, "\x61";
    die "no date\n" if $at < 0;
    substr $block, $at, 2 + (0x7f & ord substr $block, $at + 1, 1), '';
    return $block;
}

my ($known, $is_closed) = knock($gateway);
like($known, qr{\AHTTP/1\.1 403 Forbidden\r\n}, 'without a certificate: 403');
unlike($known, qr/^Egret-/mi, 'without a header of Egret');
like($known, qr/^Connection: close\r$/m, 'which says that it closes');
like($known, qr/\r\n\r\n\{"type":"urn:x-egret:problem:forbidden","title":"Forbidden","status":403\}\n\z/,
     'and a body that says nothing');
ok($is_closed, 'and the connection ends');

my ($known_2, $is_ending) = knock_2($gateway, '/v1/self');
like($known_2, qr/\A403 /, 'over HTTP/2: 403');
ok($is_ending, 'and the connection ends, too');

sub is_stranger {
    my ($at, $title, $why, @option) = @_;
    my $seen = length $at->log('error.log');
    my ($answer, $closed) = knock($at, @option);
    is($answer, $known, "$title: the same answer");
    ok($closed, "$title: the connection ends");
    like(substr($at->log('error.log'), $seen), $why, "$title: the log says why");
    ($answer, my $ending) = knock_2($at, '/v1/self', @option);
    is($answer, $known_2, "$title: the same over HTTP/2");
    ok($ending, "$title: whose connection ends");
}

for my $case (@deceiving) {
    my ($title, undef, $why) = @$case;
    my @chain = $title =~ /sub-CA/
        ? (more => ['-cert_chain', "$home/sub-ca.crt"]) : ();
    is_stranger($gateway, $title, qr/egret: client certificate refused: .*$why/,
                client => $name_of{$title}, @chain);
}

for my $case (@refused) {
    my ($title, undef, $why, @more) = @$case;
    is_stranger($gateway, $title,
                qr/client SSL certificate verify error: \(\d+:(?:$why)/,
                client => $name_of{$title}, more => \@more);
}

# At each path alike, whoever answers there.
my @paths = qw(/ /nowhere /there /v1/self /v1/validate /v1/gap /v1/explain
    /v1/messages /egret-stranger /egret-refused);

for my $name (undef, qw(stranger expired unregistered)) {
    my @option = defined $name ? (client => $name) : ();
    for my $path (@paths) {
        my $title = ($name // 'no certificate') . " at $path";
        my ($answer, $closed) = knock_at($gateway, $path, @option);
        is($answer, $known, "$title: the same answer");
        ok($closed, "$title: the connection ends");
        is((knock_2($gateway, $path, @option))[0], $known_2,
           "$title: the same over HTTP/2");
    }
}
is(Egret::TlsClient->new($gateway, client => 'xiamen')->get('/there')->{status},
   204, 'where a partner gets the answer of that path');

is(Egret::TlsClient->new($gateway, client => 'xiamen')
       ->post('/v1/messages', $good)->{status}, 200, 'a partner is served');
is(() = $gateway->verdicts, 1, 'and nobody else is judged');
is($gateway->stop, 0, 'nginx leaves in peace');
unlike($gateway->log('error.log'), qr/\[(?:alert|crit|emerg)\]/,
       'without an alert');

# Revocation lists.
$pki->leaf('revoked', ca => 'xiamen-ca', usage => 'client', @named);
$pki->revoke('revoked')->crl('xiamen-ca')->crl('shared-ca');
$pki->lists('lists', 'xiamen-ca', 'shared-ca');
$pki->crl('xiamen-ca', last_update => -9, next_update => -2);
$pki->lists('stale', 'xiamen-ca', 'shared-ca');

for my $case (['lists', 'a revoked certificate', 'revoked',
               'certificate revoked'],
              ['stale', 'a list that is out of date', 'xiamen',
               'CRL has expired']) {
    my ($lists, $title, $name, $why) = @$case;
    my $listed = Egret::LiveGateway->start(listen => $h2,
        server => 'location = /v1/self { egret self; }',
        tls => $Egret::Gateway::default{tls} =~ s/clients\.crl/$lists.crl/r);
    is_stranger($listed, $title,
                qr/client SSL certificate verify error: \(\d+:$why/,
                client => $name);
    is($listed->stop, 0, "$title: nginx leaves in peace");
}

# The log of an operator who does not log at "info" says why, too. And who asks
# is not told the names of the CAs where one CA stands before them.
$pki->ca('front-ca');
my $front = Egret::LiveGateway->start(
    server => 'error_log logs/notice.log notice;'
        . ' location = /v1/self { egret self; }',
    tls => $Egret::Gateway::default{tls}
        =~ s{clients\.crt}{front-ca.crt}r =~ s/ssl_crl.*//r
        . 'ssl_trusted_certificate $TEST_NGINX_PKI/clients.crt;');
for my $case ([undef, 'there is none'], ['expired', 'certificate has expired'],
              ['stranger', 'unable to .*certificate'],
              ['unregistered', 'it belongs to no partner'],
              [$name_of{'a wildcard'}, 'a dNSName with a wildcard']) {
    my ($name, $why) = @$case;
    my $seen = length $front->log('notice.log');
    Egret::TlsClient->new($front, defined $name ? (client => $name) : ())
        ->get('/nowhere');
    my @lines = substr($front->log('notice.log'), $seen)
        =~ /egret: client certificate refused: (.*?), client/g;
    is(scalar @lines, 1, "one line at notice: $why");
    like($lines[0], qr/$why/, 'that says why');
}
is(Egret::TlsClient->new($front, client => 'xiamen')
       ->get('/v1/self')->{status}, 200,
   'a partner of a CA in ssl_trusted_certificate is served');
my $to = '127.0.0.1:' . $front->port;
my $told = qx{openssl s_client -connect $to -servername gateway.example \
    </dev/null 2>/dev/null};
my ($names) = $told =~ /Acceptable client certificate CA names\n(.*?)\nRequested/s;
like($names, qr/\A[^\n]*front-ca[^\n]*\z/, 'the one name that TLS tells');

done_testing();
