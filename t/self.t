# SPDX-License-Identifier: Apache-2.0
#
# `egret self`: a partner asks what the gateway sees behind its certificate.

use strict;
use warnings;

use Cwd qw(abs_path);
use Digest::SHA qw(sha256_hex);
use File::Basename qw(dirname);
use JSON::PP qw(decode_json);
use Test::More;

use Egret::Example;
use Egret::LiveGateway;
use Egret::Gateway qw(post);

my $gateway = Egret::LiveGateway->start(
    server => 'location = /v1/self { egret self; }');

my ($version) = Egret::Example::read_file(
    dirname(abs_path(__FILE__)) . '/../src/util/version.h')
    =~ /EGRET_VERSION "([^"]+)"/;

sub as {
    my ($name) = @_;
    return map { ("--$_->[0]", "$ENV{TEST_NGINX_PKI}/$name.$_->[1]") }
        ['cert', 'crt'], ['key', 'key'];
}

my $pki = Egret::Gateway::pki();
$pki->leaf($_->[0], ca => 'xiamen-ca', usage => 'client',
           san => ['DNS:gw.xmbank.example'], not_after => $_->[1])
    for ['soon', 10.5], ['late', 100.5];

my $answer = $gateway->curl('/v1/self', as('late'));
is($answer->{status}, 200, 'a partner is told');
is($answer->{headers}{'content-type'}, 'application/json', 'as JSON');
ok(!exists $answer->{headers}{'egret-verdict'}, 'and nothing is judged');

my $self = decode_json($answer->{body});
my $certificate = delete $self->{certificate};
is_deeply($self, {
    partner     => 'xiamen-bank',
    gateway     => { bic => 'EGRTCNB0XXX', environment => 'test' },
    parties     => { bic => ['XMBKCNB0XXX'], lei => ['984500EGRETXMNBK0117'],
                     member => [] },
    profile     => 'bilateral',
    definitions => ['pacs.008.001.08', 'pacs.009.001.08'],
    currencies  => [],
    schemes     => [],
    rules       => { version => $version },
    receives    => JSON::PP::true,
    maxMessage  => 1_048_576,
    warnings    => [],
}, 'what the configuration says of it');

is_deeply($certificate->{dns}, ['gw.xmbank.example'], 'its names');
is($certificate->{daysLeft}, 100, 'the days that are left');
like($certificate->{notAfter}, qr/\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\z/,
     'the end of its certificate');
like($certificate->{spkiSha256}, qr/\A[0-9a-f]{64}\z/, 'its pin');

my $soon = decode_json($gateway->curl('/v1/self', as('soon'))->{body});
is($soon->{certificate}{daysLeft}, 10, 'another certificate, fewer days');
is_deeply($soon->{warnings},
          ['the certificate expires in 10 days: have the next one registered '
           . "with the gateway's operator"], 'and a warning');

my $pinned = decode_json($gateway->curl('/v1/self', as('taipei'))->{body});
is($pinned->{partner}, 'taipei-bank', 'another certificate, another partner');
is($pinned->{certificate}{spkiSha256}, $ENV{TEST_NGINX_TAIPEI_PIN},
   'the pin is that of the configuration');

my $rules = "$ENV{TEST_NGINX_PKI}/own.lua";
Egret::LiveGateway::write_file($rules,
                               'return { send = function(m) end }');
my $ruled = Egret::LiveGateway->start(
    server     => 'location = /v1/self { egret self; }',
    xiamen_has => "rules $rules; taxonomy TPEX/2023;");
my $own = decode_json($ruled->curl('/v1/self')->{body});
is($own->{rules}{ownSha256}, sha256_hex('return { send = function(m) end }'),
   'the digest of its own rules');
is_deeply($own->{schemes}, ['TPEX/2023'], 'its schemes');

my $head = $gateway->curl('/v1/self', '-I');
is($head->{status}, 200, 'HEAD');
is($head->{body}, '', 'has no body');

for my $method (qw(POST PUT DELETE OPTIONS)) {
    my $refused = $gateway->curl('/v1/self', '-X', $method);
    is($refused->{status}, 405, "$method: 405");
    is($refused->{headers}{allow}, 'GET, HEAD', "$method: and what to use");
}

my $forbidden = '{"type":"urn:x-egret:problem:forbidden",'
    . '"title":"Forbidden","status":403}' . "\n";

for my $name (qw(stranger expired unregistered)) {
    my $refused = $gateway->curl('/v1/self', as($name));
    is($refused->{status}, 403, "$name: 403");
    is($refused->{body}, $forbidden, "$name: is told nothing");
    is($refused->{headers}{connection}, 'close', "$name: and sent away");
}

my $other = $gateway->curl('/v1/self', '-H', 'Host: other.example');
is($other->{status}, 421, 'another server name than that of TLS: 421');

$gateway->stop;
unlike($gateway->log('error.log'), qr/\[(?:alert|crit|emerg)\]/, 'no alert');

done_testing();
