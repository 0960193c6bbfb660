# SPDX-License-Identifier: Apache-2.0
#
# conf/nginx.conf.example as it is, and with one change at a time: nginx -t
# refuses or warns of what docs/operator.md says it does.

use strict;
use warnings;

use Cwd qw(abs_path);
use File::Basename qw(dirname);
use Test::More;

use Egret::Example;

my $root    = abs_path(dirname(abs_path(__FILE__)) . '/..');
my $home    = Egret::Example->new($root);
my $example = Egret::Example::read_file("$root/conf/nginx.conf.example");

my $pin = '4c9e1f7a0b52d36885ec0a91b7d2435f6e8190c3a5b47d2f1e6c839054ab7d12';

# Title, what is changed, into what, what nginx says.
my @refused = (
    ['a folder of schemas that is not there',
     '/usr/share/egret/schemas', '/nowhere', qr{/nowhere}],
    ['code lists that are not there',
     '/usr/share/egret/reference', '/nowhere', qr{/nowhere}],
    ['a CA file that is not there',
     'ca=egret/xmbank-ca.pem', 'ca=egret/nobody.pem', qr/nobody\.pem/],
    ['no egret_gateway', qr/^ *egret_gateway.*\n/m, '', qr/egret_gateway/],
    ['a directive that nobody knows',
     'egret_environment test', 'egret_environmen test',
     qr/egret_environmen"?/],
    ['a directive that stands twice',
     'egret_strict      on;', 'egret_strict on; egret_strict on;',
     qr/egret_strict/],
    ['a wrong value', 'egret_environment test', 'egret_environment prod',
     qr/live or test, not "prod"/],
    ['a BIC of a country that does not exist',
     'bic=TPBKTWT0XXX', 'bic=TPBKXXT0XXX', qr/"XX".*no ISO 3166-1 code/],
    ['an LEI with wrong check digits',
     'party       bic=TPBKTWT0XXX lei=EGRT00TAIPEIBANK0043',
     'party       bic=TPBKTWT0XXX lei=EGRT00TAIPEIBANK0044', qr/is no LEI/],
    ['a currency that does not exist',
     'currencies  CNY TWD USD', 'currencies CNH', qr/write CNY/],
    ['a definition without a schema',
     'accept      pacs.008.001.08 pacs.009.001.08 pacs.002.001.10;',
     'accept      pacs.008.001.99;', qr/accept pacs\.008\.001\.99/],
    ['a finding that does not exist',
     'severity    A02 warn', 'severity A99 warn', qr/no finding "A99"/],
    ['a profile that does not exist',
     'profile     bilateral', 'profile unilateral', qr/no profile unilateral/],
    ['a severity for a locked finding',
     'severity    A02 warn', 'severity X05 warn', qr/X05 is locked/],
    ['a partner without certificate',
     qr/certificate ca=.*?;/s, '', qr/xiamen-bank has no certificate/],
    ['a partner without party',
     qr/party       bic=TPBK.*?;/, '', qr/taipei-bank has no party/],
    ['a certificate line with neither pin nor CA',
     "spki-sha256=$pin", '', qr/certificate of taipei-bank/],
    ['a certificate line with a CA and no name',
     qr/san=dns:gw\.xmbank\.example\s+lei=EGRT00XIAMENBANK0007;/, ';',
     qr/certificate of xiamen-bank/],
    ['two partners with one CA and one name',
     "spki-sha256=$pin\n                    san=dns:gw.tpbank.example",
     'ca=egret/xmbank-ca.pem san=dns:gw.xmbank.example',
     qr/certificate of taipei-bank/],
    ['two partners with one BIC, in 8 and in 11 characters',
     'bic=TPBKTWT0XXX', 'bic=XMBKCNB0', qr/BIC XMBKCNB0XXX.*two partners/],
    ['two partners with one LEI',
     'bic=TPBKTWT0XXX lei=EGRT00TAIPEIBANK0043',
     'bic=TPBKTWT0XXX lei=EGRT00XIAMENBANK0007', qr/LEI \w+ .*two partners/],
    ['an upstream group that does not exist',
     'https://taipei_bank', 'https://taibei_bank', qr/"taibei_bank"/],
    ['a server that asks for no client certificate',
     'ssl_verify_client      on;', '', qr/ssl_verify_client/],
    ['client certificates that nobody verifies',
     'ssl_verify_client      on;', 'ssl_verify_client optional_no_ca;',
     qr/ssl_verify_client/],
    ['a server that listens without TLS as well',
     qr/^( *listen      443 ssl;)/m, 'listen 127.0.0.1:8; listen 443 ssl;',
     qr/without TLS/],
    ['a message location without proxy_pass',
     qr/proxy_pass .*?;/, '', qr/proxy_pass \$egret_upstream/],
    ['a message location without error_page 413',
     'error_page 413', 'error_page 414', qr/error_page 413/],
    ['an error_page 413 that leads elsewhere',
     'error_page 413 421 500 /egret-refused;', 'error_page 413 /egret-stranger;',
     qr/error_page 413/],
    ['messages that are sent without their body',
     'proxy_http_version 1.1;',
     'proxy_http_version 1.1; proxy_pass_request_body off;',
     qr/proxy_pass_request_body/],
    ['another body than was judged', 'proxy_http_version 1.1;',
     'proxy_http_version 1.1; proxy_set_body x;', qr/proxy_set_body/],
    ['another method', 'proxy_http_version 1.1;',
     'proxy_http_version 1.1; proxy_method GET;', qr/proxy_method/],
    ['a list of revoked certificates that is none',
     'ssl_crl                egret/client-crls.pem;',
     'ssl_crl egret/client-cas.pem;', qr/crl/i],
    ['answers that lead into internal locations',
     'proxy_ignore_headers X-Accel-Redirect;', '', qr/X-Accel-Redirect/],
);

my @warned = (
    ['a partner without accept',
     'accept      pacs.008.001.08 pacs.009.001.08 pacs.002.001.10;', '',
     qr/has no accept/],
    ['a limit for a currency that is not agreed',
     'limit       USD', 'limit ZAR', qr/limit of ZAR/],
    ['a live BIC at a test gateway',
     'bic=TPBKTWT0XXX', 'bic=TPBKTWTPXXX', qr/T05/],
    ['an upstream without TLS',
     'https://taipei_bank', 'http://taipei_bank', qr/not encrypted/],
    ['strangers who can tell why',
     'error_page 495 496 =403 /egret-stranger;', '', qr/error_page 495 496/],
    ['a body limit below that of messages',
     'client_max_body_size      1m;', 'client_max_body_size 512k;',
     qr/client_max_body_size/],
    ['no TLS 1.3', 'ssl_protocols             TLSv1.2 TLSv1.3;',
     'ssl_protocols TLSv1.2;', qr/TLSv1\.3/],
    ['session tickets', 'ssl_session_tickets       off;', '',
     qr/ssl_session_tickets/],
    ['a session cache', 'ssl_session_cache         off;',
     'ssl_session_cache shared:egret:1m;', qr/ssl_session_cache/],
    ['messages that all go to one counterpart',
     'proxy_pass         $egret_upstream;', 'proxy_pass http://127.0.0.1:9;',
     qr/"proxy_pass" has no variable/],
    ['messages that go elsewhere if the client likes',
     'proxy_pass         $egret_upstream;', 'proxy_pass $egret_upstream;'
         . ' if ($http_x) { proxy_pass http://127.0.0.1:9; }',
     qr/"proxy_pass" has no variable/],
    ['a session cache of each worker',
     'ssl_session_cache         off;', 'ssl_session_cache builtin;',
     qr/ssl_session_cache/],
    ['strangers who can tell why where nginx does not know the path yet',
     qr/error_page 495 496 =403 \/egret-stranger;(.*?)egret (messages);/s,
     '<kept>egret messages; error_page 413 421 500 /egret-refused;'
         . ' error_page 495 496 =403 /egret-stranger;',
     qr/error_page 495 496/],
    ['a second Host', 'proxy_http_version 1.1;',
     'proxy_http_version 1.1; proxy_set_header Host other.example;',
     qr/proxy_set_header Host/],
    ['answers that are kept on disk', 'proxy_http_version 1.1;',
     'proxy_http_version 1.1; proxy_store on;', qr/proxy_store/],
    ['messages without any header', 'proxy_http_version 1.1;',
     'proxy_http_version 1.1; proxy_pass_request_headers off;',
     qr/proxy_pass_request_headers/],
    ['a default server of that address without TLS 1.3',
     qr/^    server \{/m, "    server { listen 443 ssl default_server;"
         . ' ssl_protocols TLSv1.2; ssl_certificate egret/gateway.pem;'
         . " ssl_certificate_key egret/gateway.key; }\n    server {",
     qr/TLSv1\.3.*default server/],
    ['counterparts that nobody verifies',
     'proxy_ssl_verify              on;', '', qr/proxy_ssl_verify/],
    ['counterparts that see no SNI',
     'proxy_ssl_server_name         on;', '', qr/proxy_ssl_server_name/],
    ['counterparts that see another Host',
     'proxy_set_header   Host $egret_upstream_name;',
     'proxy_set_header Host $host;', qr/proxy_set_header Host/],
    ['counterparts verified by another name',
     'proxy_ssl_name                $egret_upstream_name;', '',
     qr/proxy_ssl_name/],
    ['no revocation lists',
     'ssl_crl                egret/client-crls.pem;', '', qr/ssl_crl/],
    ['a chain that admits a sub-CA',
     'ssl_verify_depth       0;', 'ssl_verify_depth 1;',
     qr/set "ssl_verify_depth 0"/],
    ['strangers who are led elsewhere',
     '=403 /egret-stranger;', '=403 /egret-refused;',
     qr/to a location with "egret stranger"/],
    ['intercepted answers', 'proxy_http_version 1.1;',
     'proxy_http_version 1.1; proxy_intercept_errors on;',
     qr/proxy_intercept_errors/],
);

sub changed {
    my ($text, $from, $into) = @_;

    my $pattern = ref $from ? $from : qr/\Q$from\E/;
    my $kept;
    die "the example has no $from\n"
        if $text !~ s/$pattern/$kept = $1; $into/e;
    $text =~ s/<kept>/$kept/;

    return $text;
}

my ($status, $said) = $home->try($example);
is($status, 0, 'nginx takes the example as it is') or diag($said);
unlike($said, qr/\[warn\]/, 'and warns of nothing');

for my $case (@refused) {
    my ($title, $from, $into, $sentence) = @$case;

    ($status, $said) = $home->try(changed($example, $from, $into));
    isnt($status, 0, "refused: $title");
    like($said, $sentence, 'and it says why');
}

my $lenient = changed($example, 'egret_strict      on;', '');

for my $case (@warned) {
    my ($title, $from, $into, $sentence) = @$case;

    ($status, $said) = $home->try(changed($lenient, $from, $into));
    is($status, 0, "warned of: $title") or diag($said);
    like($said, qr/\[warn\].*$sentence/, 'and it says why');

    ($status, $said) = $home->try(changed($example, $from, $into));
    isnt($status, 0, 'with egret_strict it is refused');
}

my $cached = changed($lenient, 'http {', 'http { proxy_cache_path '
                     . $home->folder . '/temp keys_zone=answers:64k;');
($status, $said) = $home->try(changed($cached, 'proxy_http_version 1.1;',
    'proxy_http_version 1.1; proxy_cache answers;'));
is($status, 0, 'warned of: answers that are kept') or diag($said);
like($said, qr/\[warn\].*proxy_cache is on/, 'and it says why');

done_testing();
