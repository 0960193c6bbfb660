# SPDX-License-Identifier: Apache-2.0
#
# `egret validate` says of a message what `egret messages` would, and forwards
# nothing. t/validate-corpus.t posts every message of t/data to both.

use strict;
use warnings;

use JSON::PP qw(decode_json);
use Test::More;

use Egret::LiveGateway;
use Egret::Gateway qw(green message);

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

for my $path (qw(/v1/messages /v1/validate)) {
    my $answer = $gateway->post($path, message('XMBKCNB0XXX' => 'JBBKZAJ0XXX'));
    is($answer->{status}, 403, "$path: another partner's header: 403");
    like($answer->{headers}{'egret-findings'}, qr/T03/, "$path: T03");
}

# to=
sub findings {
    my ($answer) = @_;
    return $answer->{headers}{'egret-findings'} // '';
}

is(findings($gateway->post('/v1/validate?to=TPBKTWT0XXX', message())), '',
   'to= the receiver that To names');
is(findings($gateway->post('/v1/validate?to=%54PBKTWT0XXX', message())), '',
   'to= the same, encoded');
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

# Accept
sub type_for {
    my (@accept) = @_;
    my $answer = $gateway->post('/v1/validate', message(),
                                map { ('-H', "Accept: $_") } @accept);
    return $answer->{headers}{'content-type'};
}

my $xml  = 'application/xml; charset=utf-8';
my $json = 'application/json';
is(type_for('*/*'), $json, 'Accept: anything is JSON');
is(type_for('text/html, Application/XML;q=0.9'), $xml,
   'Accept: one of several, in any case');
is(type_for('text/html', 'application/xml'), $xml,
   'Accept: in a second line');
is(type_for('application/xml;q=0'), $json, 'Accept: q=0 is a refusal');
is(type_for('application/xml; charset=utf-8; q=0.000'), $json,
   'Accept: behind other parameters, too');
is(type_for('application/xml;q=0.001'), $xml, 'Accept: q over 0 is none');
is(type_for('application/xml-dtd, x/application/xml'), $json,
   'Accept: another type that has it in its name');

# show= and strict=
my $shown = $gateway->post('/v1/validate?show=translated', message());
is($shown->{status}, 200, 'show=translated: 200');
is($shown->{body}, message(), 'show=translated: what its receiver would get');
is($shown->{headers}{'content-type'}, $xml, 'show=translated: as XML');
is($shown->{headers}{'egret-verdict'}, 'accepted',
   'show=translated: the verdict is in the header');
is($gateway->post('/v1/validate?show=translated', message(), '-H',
                  'Accept: application/json')->{body}, message(),
   'show=translated: whatever Accept says');
like($gateway->post('/v1/validate?show=other', message())->{body},
     qr/"verdict"/, 'show= anything else shows the verdict');
is(decode_json($gateway->post('/v1/messages?show=translated&strict=1',
                              message('Ccy="CNY"' => 'Ccy="CNH"'), '-H',
                              'Accept: application/problem+json')->{body})
       ->{verdict}, 'rejected', 'show= and strict= mean nothing elsewhere');

$gateway->stop;
unlike($gateway->log('error.log'), qr/\[(?:alert|crit|emerg)\]/, 'no alert');

# Date-times: the sender's rail wants an offset, the receiver's UTC.
my $forms = Egret::LiveGateway->start(
    settings   => 'egret_profile plus { date_time offset; }'
        . ' egret_profile zulu { date_time utc; }',
    xiamen_has => 'profile plus;', taipei_has => 'profile zulu;',
    counterpart => 'rewrite ^ /reads;', @both);
my $one_line = message() =~ s/\s*\n\s*/ /gr;
my $as_sent = $one_line =~ s/(?<=<CreDtTm>)[^<]+/2026-11-23T02:15:00.5Z/r;
(my $as_received = $one_line) =~ s/>2026-11-23T10:15:00\+08:00<\/CreDt>
                                  />2026-11-23T02:15:00.000Z<\/CreDt>/x;
$as_received =~ s/>2026-11-23T10:15:00\+08:00<\/CreDtTm>
                 />2026-11-23T02:15:00.500Z<\/CreDtTm>/x;

my $tried = $forms->post('/v1/validate', $as_sent);
is("$tried->{status} $tried->{headers}{'egret-verdict'} " . findings($tried),
   '200 warned X06', 'another form is warned of');
my ($own, $other) = @{ decode_json($tried->{body})->{findings} };
is("$own->{severity} $own->{xpath}", 'info /AppHdr/CreDt',
   'what only the receiver has otherwise is told');
is("$other->{severity} $other->{iso} $other->{fix}",
   'warn DT02 write 2026-11-23T02:15:00+00:00',
   'the warning says what to write');

my $strict = $forms->post('/v1/validate?strict=1', $as_sent);
is("$strict->{status} $strict->{headers}{'egret-verdict'} " . findings($strict),
   '422 rejected X06', 'strict=1 rejects it');
is(join(' ', map { "$_->{severity} $_->{iso}" }
             @{ decode_json($strict->{body})->{findings} }),
   'reject DT02 reject DT02', 'strict=1: and all that would be rewritten');
is($forms->post('/v1/validate?show=translated', $as_sent)->{body}, $as_received,
   'show=translated: in the form of the receiver, and nothing else changed');
is($forms->post('/v1/validate?show=translated&strict=1', $as_sent)->{status},
   422, 'show=translated&strict=1: the findings');

my $posted = $forms->post('/v1/messages?strict=1', $as_sent);
is("$posted->{status} $posted->{headers}{'egret-verdict'}", '200 warned',
   'the message itself is accepted, strict=1 or not');
my $answer = $forms->post('/v1/messages', message('Ccy="CNY"' => 'Ccy="CNH"'));
like($answer->{body}, qr{<CreDtTm>[-\d]+T[:\d]+\+00:00</CreDtTm>},
     'an answer to a rail of offsets has one');
$forms->stop;
is_deeply([$forms->delivered(1)], [$as_received],
          'the receiver got the message in its form, once, and no other');

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
