# SPDX-License-Identifier: Apache-2.0

# The certificates that Egret::Pki makes, as openssl(1) reads them.

use strict;
use warnings;
use Digest::SHA qw(sha256_hex);
use File::Temp qw(tempdir);
use Test::More;
use Egret::Pki;

my $lei = '5493001KJTIIGC8Y1R12';
my $pki = Egret::Pki->new(tempdir(CLEANUP => 1));
my $directory = $pki->directory;

sub text_of {
    my ($name) = @_;
    my $path = $pki->cert($name);
    return scalar `openssl x509 -in $path -noout -text -nameopt RFC2253,-esc_msb`;
}

sub verify {
    my ($name, @options) = @_;
    my $path = $pki->cert($name);
    return scalar `openssl verify @options $path 2>&1`;
}

sub dies_with (&$$) {
    my ($code, $pattern, $title) = @_;
    eval { $code->() };
    return like($@, $pattern, $title);
}

my $root = "-CAfile $directory/xiamen-ca.crt";

is($pki->ca('xiamen-ca'), $pki, 'what makes something can be chained');
$pki->ca('branch-ca', ca => 'xiamen-ca', path_length => 0)
    ->leaf('gateway', ca => 'branch-ca', lei => $lei, role => 'gateway',
           san => ['DNS:gw.xmbank.example', 'DNS:gw2.xmbank.example',
                   'URI:urn:x#$y', 'IP:127.0.0.1'],
           subject => [C => 'CN', O => 'Xiamen/Bank + "Co", Ltd',
                       organizationIdentifier => "LEIXG-$lei",
                       CN => "\xe5\x8e\xa6\xe9\x97\xa8"]);

my $text = text_of('gateway');
like($text, qr/DNS:gw.xmbank.example, DNS:gw2.xmbank.example, URI:urn:x#\$y/,
     'names are put in whole and in order');
like($text, qr/IP Address:127\.0\.0\.1/, 'so is an address');
like($text, qr/1\.3\.6\.1\.4\.1\.52266\.1:\s+\.\.$lei/, 'the LEI extension');
like($text, qr/1\.3\.6\.1\.4\.1\.52266\.2:\s+\.\.gateway/, 'and its role');
like($text, qr/Subject: .*organizationIdentifier=LEIXG-$lei/i,
     'an organization identifier');
like($text, qr{O=Xiamen/Bank \\\+ \\"Co\\"\\, Ltd},
     'a subject with special characters');
like($text, qr/CN=\xe5\x8e\xa6\xe9\x97\xa8/, 'a subject in Chinese');
like($text, qr/prime256v1/, 'a P-256 key by default');
like($text, qr/CA:FALSE/, 'a leaf is no CA');
like($text, qr/Client Authentication, .*Server Authentication/,
     'a leaf serves both sides');
like(text_of('branch-ca'), qr/CA:TRUE, pathlen:0/, 'a CA with a path length');

like(verify('gateway', $root, '-untrusted', $pki->cert('branch-ca')),
     qr/: OK$/, 'a chain verifies');
like(verify('gateway', $root), qr/unable to get local issuer/,
     'and not without its middle');
my $chain = `cat ${\$pki->chain('gateway')}`;
is($chain, $pki->pem('gateway') . $pki->pem('branch-ca'),
   'a chain is the leaf and what is above it, without the root');
my $bundle = `cat ${\$pki->bundle('both', qw(xiamen-ca branch-ca))}`;
is($bundle, $pki->pem('xiamen-ca') . $pki->pem('branch-ca'), 'a bundle');

my $spki = `openssl x509 -in ${\$pki->cert('gateway')} -noout -pubkey \\
            | openssl pkey -pubin -outform DER`;
is($pki->spki_sha256('gateway'), sha256_hex($spki), 'the pin of the key');
my $base64 = $pki->spki_sha256_base64('gateway');
is(unpack('H*', pack 'H*', $pki->spki_sha256('gateway')),
   unpack('H*', MIME::Base64::decode_base64($base64)), 'also in base64');
is($pki->fingerprint_sha256('gateway'), sha256_hex($pki->der('gateway')),
   'the fingerprint is of the whole certificate');

$pki->leaf('renewed', ca => 'branch-ca', key_of => 'gateway', serial => 'ABC');
is($pki->spki_sha256('renewed'), $pki->spki_sha256('gateway'),
   'a key can be used again');
is($pki->serial('renewed'), '0ABC', 'a serial can be chosen');
isnt($pki->serial('gateway'), $pki->serial('branch-ca'), 'or is random');

$pki->leaf('expired', ca => 'xiamen-ca', not_before => -20, not_after => -10);
like(verify('expired', $root), qr/has expired/, 'an expired certificate');
$pki->leaf('early', ca => 'xiamen-ca', not_before => 10, not_after => 20);
like(verify('early', $root), qr/not yet valid/, 'one that is not yet valid');
$pki->leaf('dated', ca => 'xiamen-ca', not_before => '20200102030405Z',
           not_after => '20610102030405Z');
like(text_of('dated'), qr/Not Before: Jan  2 03:04:05 2020 GMT/,
     'dates can be exact');
like(text_of('dated'), qr/Not After : Jan  2 03:04:05 2061 GMT/, 'both');

$pki->leaf('rsa', ca => 'xiamen-ca', key_type => 'rsa:2048',
           usage => 'client');
like(text_of('rsa'), qr/Public-Key: \(2048 bit\)/, 'an RSA key');
unlike(text_of('rsa'), qr/Server Authentication/, 'a client only');
$pki->leaf('curve', ca => 'xiamen-ca', key_type => 'secp384r1',
           digest => 'sha384', usage => 'server');
like(text_of('curve'), qr/ecdsa-with-SHA384.*secp384r1/s,
     'another curve and digest');
$pki->ca('edwards-ca', key_type => 'ed25519')->leaf('edwards',
    ca => 'edwards-ca', key_type => 'ed25519');
like(verify('edwards', '-CAfile', $pki->cert('edwards-ca')), qr/: OK$/,
     'Ed25519');

$pki->leaf('odd', ca => 'xiamen-ca', without => ['keyUsage'],
           extensions => ['basicConstraints = CA:TRUE', '1.2.3.4 = DER:0500',
               'subjectAltName = DER:' . unpack 'H*',
                   "\x30\x0b\x82\x09a.b\0.evil"]);
$text = text_of('odd');
unlike($text, qr/X509v3 Key Usage/, 'a default extension can be left out');
like($text, qr/CA:TRUE/, 'or replaced');
like($text, qr/1\.2\.3\.4/, 'any extension can be added');
like($pki->der('odd'), qr/a\.b\0\.evil/, 'with any bytes, a NUL in a name too');
$pki->leaf('nobody', ca => 'xiamen-ca', subject => [],
           san => ['DNS:nobody.example']);
like(text_of('nobody'), qr/^\s+Subject:\s*$/m, 'an empty subject');
$pki->leaf('joined', ca => 'xiamen-ca', subject => '/CN=a+O=b');
like(text_of('joined'), qr/Subject: (?:CN=a\+O=b|O=b\+CN=a)/,
     'an RDN of two parts');
$pki->leaf('alone');
like(verify('alone', '-CAfile', $pki->cert('alone')), qr/: OK$/,
     'without a CA a leaf signs itself');

$pki->crl('xiamen-ca');
my $with_list = "$root -crl_check -CRLfile " . $pki->crl_file('xiamen-ca');
like(verify('rsa', $with_list), qr/: OK$/, 'an empty list revokes nobody');
$pki->revoke('rsa')->crl('xiamen-ca');
like(verify('rsa', $with_list), qr/certificate revoked/, 'revocation');
like(verify('curve', $with_list), qr/: OK$/, 'of that one alone');
$pki->crl('xiamen-ca', last_update => -9, next_update => -2);
like(verify('curve', $with_list), qr/CRL has expired/, 'an expired list');

dies_with { $pki->leaf('rsa') } qr/rsa exists/, 'a name is made once';
dies_with { $pki->leaf('x', ca => 'none') } qr/no CA none/, 'of a known CA';
dies_with { $pki->leaf('x', sans => []) } qr/unknown option sans/,
    'with known options';
dies_with { $pki->leaf('../x') } qr/not a file name/, 'in the directory';
dies_with { $pki->leaf('x', key_type => 'none') } qr/openssl genpkey/,
    'openssl tells its errors';
dies_with { $pki->revoke('unknown') } qr/was not made here/,
    'only what was made can be revoked';

done_testing();
