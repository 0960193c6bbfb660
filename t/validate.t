# SPDX-License-Identifier: Apache-2.0
#
# `egret validate` says of each message what `egret messages` would, and
# forwards nothing. Every message of t/data is posted to both.

use strict;
use warnings;

use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Find qw(find);
use JSON::PP qw(decode_json);
use Test::More;

use Egret::LiveGateway;
use Egret::Gateway qw(message reply);

my $data = abs_path(dirname(abs_path(__FILE__)) . '/data');
my $bare = <<'END';
egret_profile bare { bare_document on; }
egret_partner xiamen-bank {
    certificate ca=$TEST_NGINX_PKI/xiamen-ca.crt san=dns:gw.xmbank.example;
    party       bic=XMBKCNB0XXX lei=984500EGRETXMNBK0117;
    profile     bare;
    accept      pacs.008.001.08 pacs.009.001.08;
}
egret_partner taipei-bank {
    certificate spki-sha256=$TEST_NGINX_TAIPEI_PIN;
    party       bic=TPBKTWT0XXX;
    accept      pacs.008.001.08 pacs.009.001.08;
    upstream    https://taipei_bank name=gw.tpbank.example;
}
egret_partner joburg-bank {
    certificate spki-sha256=$TEST_NGINX_JOBURG_PIN;
    party       bic=JBBKZAJ0XXX;
    accept      pacs.009.001.08;
    upstream    https://joburg_bank name=gw.jbbank.example;
}
END
my @both = (server => 'location = /v1/validate { egret validate; }');
my $gateway = Egret::LiveGateway->start(@both);

my @files;
find({ no_chdir => 1, wanted => sub { push @files, $_ if /\.xml\z/ } }, $data);
cmp_ok(scalar @files, '>=', 20, 'there are messages');

# Ids, times and the path differ from answer to answer.
sub normal {
    my ($text) = @_;
    $text =~ s/EG[0-9a-f]{32}/ID/g;
    $text =~ s/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?/TIME/g;
    return $text;
}

for my $file (sort @files) {
    my $name = $file =~ s{\A\Q$data\E/}{}r;
    open my $in, '<:raw', $file or die "$file: $!\n";
    my $text = do { local $/; <$in> };

    my $real  = $gateway->post('/v1/messages', $text);
    my $trial = $gateway->post('/v1/validate', $text);
    my $iso   = $gateway->post('/v1/validate', $text, '-H',
                               'Accept: application/xml');
    my $json  = $gateway->post('/v1/messages', $text, '-H',
                               'Accept: application/problem+json');

    my $is_forwarded = $real->{headers}{'egret-verdict'}
        =~ /\A(?:accepted|warned)\z/;
    my $status = $is_forwarded ? 200 : $real->{status};

    for my $answer ($trial, $iso) {
        is($answer->{status}, $status, "$name: the same status");
        is($answer->{headers}{"egret-$_"}, $real->{headers}{"egret-$_"},
           "$name: the same $_") for qw(verdict findings);
    }
    if ($is_forwarded) {
        is($trial->{headers}{'content-type'}, 'application/json',
           "$name: findings as JSON");
        is(decode_json($trial->{body})->{verdict},
           $real->{headers}{'egret-verdict'}, "$name: with the verdict");
        like($iso->{body}, qr/pacs\.002.*>ACTC</s, "$name: ACTC");
    } else {
        is($trial->{body}, $json->{body}, "$name: the same problem+json");
        is(normal($iso->{body}), normal($real->{body}),
           "$name: the same ISO answer");
    }
}

# What comes back of an accepted message.
my $before  = () = $gateway->log('access.log') =~ /^counterpart/mg;
my $trial   = $gateway->post('/v1/validate', message());
my $verdict = decode_json($trial->{body});
is_deeply($verdict, {
    verdict    => 'accepted',
    messageId  => 'XMB-20261123-0001',
    uetr       => '7a562c67-ca16-48ba-b074-65581be6f001',
    definition => 'pacs.008.001.08',
    findings   => [],
}, 'an accepted message has a verdict and no findings');
my $after = () = $gateway->log('access.log') =~ /^counterpart/mg;
is($after, $before, 'no counterpart hears of it');
like($gateway->log('error.log'), qr/egret: tried "XMB-20261123-0001": accepted/,
     'the log tells it from a judgement');

my $bad = $gateway->post('/v1/validate', message('Ccy="CNY"' => 'Ccy="CNH"'));
is($bad->{status}, 422, 'a rejected one: 422');
is($bad->{headers}{'content-type'}, 'application/problem+json',
   'with problem+json');
is(decode_json($bad->{body})->{findings}[0]{code}, 'A01', 'and its finding');

# Before judging.
for my $case ([405, '-X', 'GET'], [415, '-H', 'Content-Type: text/plain'],
              [413, '-H', 'X: too large'])
{
    my ($status, @arguments) = @$case;
    my $text = $status == 413 ? 'x' x 1_100_000 : message();
    for my $path (qw(/v1/messages /v1/validate)) {
        my $answer = $status == 415
            ? $gateway->curl($path, @arguments, '--data-binary', $text)
            : $gateway->post($path, $text, @arguments);
        is($answer->{status}, $status, "$path: $status");
    }
}
my @stranger = map { ("--$_->[0]", "$ENV{TEST_NGINX_PKI}/unregistered.$_->[1]") }
    ['cert', 'crt'], ['key', 'key'];
my $refused = $gateway->post('/v1/validate', message(), @stranger);
is($refused->{status}, 403, 'a stranger: 403');
ok(!exists $refused->{headers}{'egret-verdict'}, 'and no verdict');

# to=
sub findings {
    my ($answer) = @_;
    return $answer->{headers}{'egret-findings'} // '';
}

is(findings($gateway->post('/v1/validate?to=TPBKTWT0XXX', message())), '',
   'to= the receiver that To names');
is(findings($gateway->post('/v1/validate?to=TPBKTWT0', message())), '',
   'to= the same in eight characters');
is(findings($gateway->post('/v1/validate?to=JBBKZAJ0XXX', message())), 'H03',
   'to= another partner: H03');
is(findings($gateway->post('/v1/validate?to=NOBODYX0XXX', message())), 'H03',
   'to= nobody: H03');
my $noise = $gateway->post("/v1/validate?to=\xff\xfe<&%00", message(), '-g');
is(findings($noise), 'H03', 'to= any bytes: H03');
like(decode_json($noise->{body})->{findings}[0]{got}, qr/\A[\x20-\x7e]+\z/,
     'and they come back as ASCII');
like($gateway->post("/v1/validate?to=\xff<&", message(), '-g', '-H',
                    'Accept: application/xml')->{body}, qr/EG-H03/,
     'in an ISO answer, too');
is(findings($gateway->post('/v1/validate?to=', message())), '',
   'to= nothing is nothing');
is(findings($gateway->post('/v1/messages?to=JBBKZAJ0XXX', message())), '',
   'to= means nothing where messages are forwarded');

$gateway->stop;
unlike($gateway->log('error.log'), qr/\[(?:alert|crit|emerg)\]/, 'no alert');

my ($document) = message() =~ m{(<(\w+:)?Document\b.*</\2?Document>)}s;
my $named = Egret::LiveGateway->start(partners => $bare, @both);

SKIP: {
    skip 'the good message has a prefix on Document', 4 if !defined $document;

    # Ends of transactions count too: only a message without any names nobody.
    (my $endless = $document) =~ s{<InstdAgt>.*?</InstdAgt>}{}gs;

    is(findings($named->post('/v1/validate', $document)), '',
       'a bare Document that says whom it is for');
    is(findings($named->post('/v1/validate', $endless)), 'H03',
       'a bare Document that does not');
    is(findings($named->post('/v1/validate?to=TPBKTWT0XXX', $endless)), '',
       'it is for whom to= names');
    is(findings($named->post('/v1/validate?to=JBBKZAJ0XXX', $document)), 'H03',
       'to= must not contradict InstdAgt either');
}

done_testing();
