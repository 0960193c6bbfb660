# SPDX-License-Identifier: Apache-2.0
package Egret::Gateway;

# A whole gateway for a block of a test file: partners, their certificates, a
# counterpart that answers, and a client that speaks mutual TLS. Load it before
# Test::Nginx::Socket, then call gateway() before run_tests():
#
#   use Egret::Gateway;
#   use Test::Nginx::Socket 'no_plan';
#   gateway();
#   run_tests();
#   __DATA__
#   === TEST 1: a sound message comes to the counterpart
#   --- request eval
#   ::post(::message())
#
# Sections of its own; each has a default:
#   client       whose certificate: xiamen, taipei, stranger, unregistered,
#                expired, another name of the PKI; none; or plain, without TLS
#   settings     in http {}, after egret_gateway and egret_environment
#   taxonomies   instead of the egret_taxonomies and egret_crosswalks lines,
#                which name all files that we ship
#   partners     instead of the three partners
#   xiamen_has, taipei_has, joburg_has
#                more lines in the block of that partner
#   upstreams    instead of their upstream groups
#   listen       instead of the gateway's `listen` line
#   tls          instead of the gateway's ssl_ lines
#   pages        instead of the gateway's error_page lines and their locations
#   server       in the gateway's server
#   bodies       likewise: how it keeps bodies (see each_way)
#   threads      likewise in http {}: whether a thread judges
#   egret        instead of `egret messages;`
#   proxy        instead of the proxy_ lines of the message location
#   location     in the message location
#   streams      in stream {}
#   counterpart  in the counterpart's location, instead of a pacs.002
#   judged       the words of the verdicts that a request must have logged,
#                each once and no other; or none
#   delivered    the body that the counterpart must have been sent, whole and
#                on one line: see line()
#   translated   the green message, on one line, that it must have been sent
#                translated: once, and not otherwise changed
#
# A block that has http_config is left alone. What the counterpart was sent is
# in the access log, in a line that begins with "counterpart"; and where the
# section counterpart is `rewrite ^ /reads;`, also the body, from body= to =.
#
# With each_way() instead of gateway() each block runs three times: with bodies in
# memory; under the title "…, in a file", with each body in a temporary file; and
# "…, in a thread", where each message is judged. A block with `delivered` runs
# each way once more, under the title "…, translated", with green_line() where it
# has line(): what is delivered is the translation.

use strict;
use warnings;
use Cwd qw(abs_path);
use Exporter qw(import);
use File::Basename qw(dirname);
use File::Temp ();
use Egret::FreePort;
use Egret::Pki;

our @EXPORT = qw(gateway green green_line line message post chunked read_data
                 reply reply_to reply_to_any translated each_way);

my ($root, $pki);

BEGIN {
    $root = abs_path(dirname(__FILE__) . '/../../..');

    my $build = $ENV{EGRET_BUILD} // "$root/build";
    my @modules = split ' ', $ENV{TEST_NGINX_LOAD_MODULES} // '';
    push @modules, '/usr/lib/nginx/modules/ngx_stream_module.so'
        if !grep { /ngx_stream_module/ } @modules;
    push @modules, "$build/ngx_http_egret_module.so"
        if !grep { /ngx_http_egret_module/ } @modules;

    $ENV{TEST_NGINX_LOAD_MODULES} = join ' ', @modules;
    $ENV{TEST_NGINX_PKI} = File::Temp::tempdir(CLEANUP => 1);
    $ENV{TEST_NGINX_PROJECT} = $root;
    $ENV{TEST_NGINX_CLIENT_PORT} = Egret::FreePort::take();
}

our %default = (
    client   => 'xiamen',
    settings => '',
    taxonomies => <<'END',
egret_taxonomies $TEST_NGINX_PROJECT/conf/taxonomies/*.tsv;
egret_crosswalks $TEST_NGINX_PROJECT/conf/crosswalks/*.tsv;
END
    threads => '',
    xiamen_has => '',
    taipei_has => '',
    joburg_has => '',
    partners => <<'END',
egret_partner xiamen-bank {
    certificate ca=$TEST_NGINX_PKI/xiamen-ca.crt san=dns:gw.xmbank.example;
    party       bic=XMBKCNB0XXX lei=984500EGRETXMNBK0117;
    accept      pacs.008.001.08 pacs.009.001.08;
    upstream    https://xiamen_bank name=gw.xmbank.example;
    <xiamen_has>
}
egret_partner taipei-bank {
    certificate spki-sha256=$TEST_NGINX_TAIPEI_PIN;
    party       bic=TPBKTWT0XXX;
    accept      pacs.008.001.08 pacs.009.001.08;
    upstream    https://taipei_bank name=gw.tpbank.example;
    <taipei_has>
}
egret_partner joburg-bank {
    certificate spki-sha256=$TEST_NGINX_JOBURG_PIN;
    party       bic=JBBKZAJ0XXX;
    accept      pacs.009.001.08;
    upstream    https://joburg_bank name=gw.jbbank.example;
    <joburg_has>
}
END
    upstreams => <<'END',
upstream xiamen_bank { server 127.0.0.1:$TEST_NGINX_RAND_PORT_2; }
upstream taipei_bank { server 127.0.0.1:$TEST_NGINX_RAND_PORT_2; }
upstream joburg_bank { server 127.0.0.1:$TEST_NGINX_RAND_PORT_3; }
END
    listen => 'listen 127.0.0.1:$TEST_NGINX_RAND_PORT_1 ssl;',
    tls    => <<'END',
ssl_protocols          TLSv1.2 TLSv1.3;
ssl_certificate        $TEST_NGINX_PKI/gateway.crt;
ssl_certificate_key    $TEST_NGINX_PKI/gateway.key;
ssl_client_certificate $TEST_NGINX_PKI/clients.crt;
ssl_verify_client      on;
ssl_verify_depth       0;
ssl_crl                $TEST_NGINX_PKI/clients.crl;
ssl_session_tickets    off;
ssl_session_cache      off;
END
    pages => <<'END',
error_page 495 496 =403 /egret-stranger;
location = /egret-stranger { internal; egret stranger; }
error_page 413 421 500 /egret-refused;
location = /egret-refused { internal; egret refuse; }
END
    server => 'client_max_body_size 1m;',
    bodies => '',
    egret  => 'egret messages;',
    proxy  => <<'END',
proxy_pass                    $egret_upstream;
proxy_set_header              Host $egret_upstream_name;
proxy_ssl_server_name         on;
proxy_ssl_name                $egret_upstream_name;
proxy_ssl_protocols           TLSv1.2 TLSv1.3;
proxy_ssl_verify              on;
proxy_ssl_trusted_certificate $TEST_NGINX_PKI/server-ca.crt;
proxy_ignore_headers          X-Accel-Redirect;
END
    location => '',
    streams  => '',
);

my $http = <<'END';
log_format egret
    'gateway partner=$egret_partner to=$egret_counterparty '
    'upstream=$egret_upstream name=$egret_upstream_name '
    'id=$egret_message_id definition=$egret_definition uetr=$egret_uetr '
    'verdict=$egret_verdict findings=$egret_findings time=$egret_time '
    'status=$status';
log_format counterpart
    'counterpart host=$http_host partner=$http_egret_partner '
    'id=$http_egret_message_id type=$http_content_type '
    'length=$http_content_length coding=$http_transfer_encoding '
    'accept=$http_accept_encoding spoof=$http_egret_spoof$http_x_ssl_verify '
    'extra=$http_extra.';

log_format body escape=none 'body=$request_body=';

map $http_egret_message_id $answered {
    ~^JBB- pacs.009.001.08; default pacs.008.001.08;
}
map $host $answering {
    gw.xmbank.example XMBKCNB0XXX; gw.jbbank.example JBBKZAJ0XXX;
    default TPBKTWT0XXX;
}
map $http_egret_partner $asking {
    taipei-bank TPBKTWT0XXX; joburg-bank JBBKZAJ0XXX; default XMBKCNB0XXX;
}

egret_gateway     bic=EGRTCNB0XXX;
egret_environment test;
egret_schemas     $TEST_NGINX_PROJECT/schemas;
egret_reference   $TEST_NGINX_PROJECT/conf/reference;
<settings>
<threads>
<taxonomies>
<partners>
<upstreams>
server {
    <listen>
    server_name gateway.example;
    access_log logs/access.log egret;
    <tls>
    <pages>
    <bodies>
    <server>
    location = /v1/messages {
        <egret>
        <proxy>
        <location>
    }
}
server {
    listen 127.0.0.1:$TEST_NGINX_RAND_PORT_2 ssl;
    server_name gw.xmbank.example gw.tpbank.example;
    access_log logs/access.log counterpart;
    ssl_certificate $TEST_NGINX_PKI/counterpart.crt;
    ssl_certificate_key $TEST_NGINX_PKI/counterpart.key;
    ssl_protocols TLSv1.2 TLSv1.3;
    client_max_body_size 0;
    default_type application/xml;
    location / { <counterpart> }
    location = /reads {
        access_log logs/access.log body;
        client_body_buffer_size 1m;
        proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT;
    }
    location = /secret { internal; return 200 "secret"; }
}
END

my $stream = <<'END';
stream {
    server {
        listen 127.0.0.1:$TEST_NGINX_CLIENT_PORT;
        proxy_pass 127.0.0.1:$TEST_NGINX_RAND_PORT_1;
        proxy_ssl on;
        proxy_ssl_protocols TLSv1.2 TLSv1.3;
        <certificate>
    }
    <streams>
}
END

sub make_pki {
    return if $pki;
    $pki = Egret::Pki->new($ENV{TEST_NGINX_PKI});
    $pki->ca($_) for qw(xiamen-ca shared-ca server-ca other-ca);
    $pki->leaf('gateway', ca => 'server-ca', usage => 'server',
               san => ['DNS:gateway.example']);
    $pki->leaf('counterpart', ca => 'server-ca', usage => 'server',
               san => ['DNS:gw.xmbank.example', 'DNS:gw.tpbank.example',
                       'DNS:gw.jbbank.example']);
    $pki->leaf('xiamen', ca => 'xiamen-ca', usage => 'client',
               san => ['DNS:gw.xmbank.example']);
    $pki->leaf($_, ca => 'shared-ca', usage => 'client')
        for qw(taipei joburg);

    # Those who are turned away: of a CA that nobody trusts; expired; of a
    # trusted CA, but nobody's.
    $pki->leaf('stranger', ca => 'other-ca', usage => 'client',
               san => ['DNS:gw.xmbank.example']);
    $pki->leaf('expired', ca => 'xiamen-ca', usage => 'client',
               san => ['DNS:gw.xmbank.example'], not_before => -3,
               not_after => -2);
    $pki->leaf('unregistered', ca => 'shared-ca', usage => 'client',
               san => ['DNS:gw.xmbank.example']);
    $pki->bundle('clients', 'xiamen-ca', 'shared-ca');
    $pki->crl($_) for qw(xiamen-ca shared-ca);
    $pki->lists('clients', 'xiamen-ca', 'shared-ca');

    $ENV{TEST_NGINX_TAIPEI_PIN} = $pki->spki_sha256('taipei');
    $ENV{TEST_NGINX_JOBURG_PIN} = $pki->spki_sha256('joburg');
    return;
}

# The certificates, for a test that needs more of them.
sub pki { return $pki }

sub section {
    my ($block, $name) = @_;
    return scalar($block->$name) // $default{$name};
}

# What stands in http {}: the sections given, defaults for the others.
sub configuration {
    my (%section) = @_;
    %section = (counterpart => "return 200 '" . reply_to_any() . "';", %default,
                %section);
    my $config = $http =~ s/<partners>/$section{partners}/r;
    $config =~ s/<($_)>/$section{$1}/ for keys %section;
    return $config;
}

sub prepare {
    my ($block) = @_;
    return if defined $block->http_config;

    expect_verdicts($block, scalar $block->judged)
        if defined $block->judged;
    expect_delivery($block, scalar $block->delivered)
        if defined $block->delivered;

    expect_translation($block, scalar $block->translated)
        if defined $block->translated;

    my $counterpart = scalar($block->counterpart)
        // "return 200 '" . reply_to_any() . "';";
    my $client = section($block, 'client');
    chomp $client;
    my $certificate = $client =~ /^(?:none|plain)$/ ? ''
        : join ' ', map { "proxy_ssl_certificate$_->[0] "
                          . "\$TEST_NGINX_PKI/$client.$_->[1];" }
        ['', 'crt'], ['_key', 'key'];

    my $config = configuration(
        counterpart => $counterpart,
        map { $_ => section($block, $_) } keys %default);
    (my $front = $stream) =~ s/<certificate>/$certificate/;
    $front =~ s/<streams>/section($block, 'streams')/e;
    $front =~ s/proxy_ssl on;.*?(?=    \})//s if $client eq 'plain';

    $block->set_value(http_config => $config);
    $block->set_value(post_main_config => $front);
    $block->set_value(config => "location / { return 200 '" . reply_to_any() . "'; }")
        if !defined $block->config;
    $block->set_value(more_headers => 'Content-Type: application/xml')
        if !defined $block->more_headers;
    return;
}

sub expect_verdicts {
    my ($block, $words) = @_;
    my @words = grep { $_ ne 'none' } split ' ', $words;
    $block->set_value(grep_error_log => qr/egret: judged "[^"]*": \w+/);
    my $lines = join '',
        map { qq(egret: judged "XMB-20261123-0001": $_\n) } @words;

    # The log is looked at once for each answer: the first finds all lines.
    $lines = qr/\A(?:\Q$lines\E)?\z/ if defined $block->pipelined_requests;
    $block->set_value(grep_error_log_out => $lines);
    return;
}

sub expect_delivery {
    my ($block, $body) = @_;
    chomp $body;
    $block->set_value(counterpart => 'rewrite ^ /reads;')
        if !defined $block->counterpart;
    $block->set_value(access_log => ["body=$body="]);
    return;
}

sub expect_translation {
    my ($block, $message) = @_;
    chomp $message;
    $block->set_value(counterpart => 'rewrite ^ /reads;')
        if !defined $block->counterpart;
    $block->set_value(access_log => [translated($message)]);
    return;
}

# What the counterpart must have been sent: the message, byte for byte, and in
# it right behind its block one GrnXltn, that says so much.
sub translated {
    my ($message, @said) = @_;
    my ($head, $tail) = $message =~ m{^(.*?</SplmtryData>)(.*)$}
        or die 'the message has no block';
    my $said = join '.*', map { quotemeta } @said;
    return qr{body=\Q$head\E\s*<SplmtryData><Envlp><GrnXltn
        \ xmlns="urn:x-egret:grn:1"(?:(?!</?SplmtryData>).)*?$said
        (?:(?!</?SplmtryData>).)*</GrnXltn></Envlp></SplmtryData>\Q$tail\E=$}x;
}

sub with_translations {
    my ($text) = @_;
    my ($head, @blocks) = split /^(?==== )/m, $text;
    for my $block (grep { /^--- delivered/m && !/^--- taipei_has/m } @blocks) {
        (my $green = $block) =~ s/^(=== .*)/$1, translated
--- taipei_has: taxonomy TPEX\/2023;/;
        $green =~ s/^--- delivered/--- translated/m;
        $green =~ s/::line\(/::green_line(/g;
        $block =~ s/\n*\z/\n\n\n\n$green/;
    }
    return join '', $head, @blocks;
}

sub each_way {
    no warnings 'once';
    my $text = with_translations(do { local $/; <main::DATA> });
    (my $in_file = $text) =~ s/^(=== .*)/$1, in a file\n--- bodies
client_body_in_file_only clean;/mg;
    (my $in_thread = $text) =~ s/^(=== .*)/$1, in a thread\n--- threads
egret_offload_threshold 0;/mg;
    main::spec_string(join "\n\n\n", $text, $in_file, $in_thread);
    return gateway();
}

sub gateway {
    make_pki();
    main::add_block_preprocessor(\&prepare);
    main::server_port_for_client($ENV{TEST_NGINX_CLIENT_PORT});
    main::no_root_location();
    main::no_long_string();
    main::log_level('info');
    return;
}

sub read_data {
    my ($path) = @_;
    open my $file, '<:raw', "$root/t/data/$path" or die "t/data/$path: $!";
    local $/;
    return scalar <$file>;
}

# The good message, with some strings replaced by others, everywhere.
sub message {
    my (@change) = @_;
    return changed('good/pacs.008-drawdown.xml', @change);
}

# The same of a green one, on one line: green('wind-loan').
sub green {
    my ($name, @change) = @_;
    return changed("good/green-$name.xml", @change) =~ s/\s*\n\s*/ /gr;
}

sub changed {
    my ($path, @change) = @_;
    my $text = read_data($path);
    chomp $text; # the runner trims a body
    while (my ($from, $to) = splice @change, 0, 2) {
        $text =~ s/\Q$from\E/$to/g or die "the message has no $from";
    }
    return $text;
}

# The same on one line: log lines can be compared with it.
sub line {
    return message(@_) =~ s/\s*\n\s*/ /gr;
}

# A green one with the ids of the plain one, which taipei-bank is sent
# translated.
sub green_line {
    my (@change) = @_;
    return green('wind-loan', 'XMB-20261123-0101' => 'XMB-20261123-0001',
                 '7a562c67-ca16-48ba-b074-65581be6f101' =>
                     '7a562c67-ca16-48ba-b074-65581be6f001', @change);
}

# A body in chunks of so many bytes.
sub chunked {
    my ($body, $size) = @_;
    my @chunks = unpack "(a$size)*", $body;
    return join '', (map { sprintf "%x\r\n%s\r\n", length, $_ } @chunks),
        "0\r\n\r\n";
}

sub post {
    my ($body) = @_;
    return "POST /v1/messages\n$body";
}

# A counterpart's pacs.002 to the good message (or one of another id), on one
# line and without apostrophes. It is in the form of that message, so it comes
# back as it is.
sub reply {
    my ($status, $id) = @_;
    return reply_to(status => $status // 'ACSC', from => 'TPBKTWT0XXX',
                    to => 'XMBKCNB0XXX', id => $id // 'XMB-20261123-0001',
                    definition => 'pacs.008.001.08');
}

# The same to whatever message comes, for the counterpart's configuration.
sub reply_to_any {
    return reply_to(status => 'ACSC', from => '$answering', to => '$asking',
                    id => '$http_egret_message_id',
                    definition => '$answered');
}

sub reply_to {
    my (%of) = @_;
    my $iso = 'urn:iso:std:iso:20022:tech:xsd';
    my $ends = sub {
        my ($from, $to) = map { "<FIId><FinInstnId><BICFI>$_</BICFI>"
                                . '</FinInstnId></FIId>' } @_;
        return "<Fr>$from</Fr><To>$to</To>";
    };
    return '<Envelope xmlns="urn:example:envelope">'
        . qq{<AppHdr xmlns="$iso:head.001.001.02">}
        . $ends->($of{from}, $of{to})
        . '<BizMsgIdr>TPB-1</BizMsgIdr>'
        . '<MsgDefIdr>pacs.002.001.10</MsgDefIdr>'
        . '<CreDt>2026-11-23T10:15:01+08:00</CreDt><Rltd>'
        . $ends->($of{to}, $of{from}) . "<BizMsgIdr>$of{id}</BizMsgIdr>"
        . "<MsgDefIdr>$of{definition}</MsgDefIdr>"
        . '<CreDt>2026-11-23T10:15:00+08:00</CreDt></Rltd></AppHdr>'
        . qq{<Document xmlns="$iso:pacs.002.001.10"><FIToFIPmtStsRpt><GrpHdr>}
        . '<MsgId>TPB-1</MsgId><CreDtTm>2026-11-23T10:15:01+08:00</CreDtTm>'
        . "</GrpHdr><TxInfAndSts><TxSts>$of{status}</TxSts></TxInfAndSts>"
        . '</FIToFIPmtStsRpt></Document></Envelope>';
}

1;
