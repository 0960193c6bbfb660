#!/usr/bin/perl
# SPDX-License-Identifier: Apache-2.0
#
# The command line: exit codes, text, JSON, --conf, answers.

use strict;
use warnings;

use JSON::PP qw(decode_json);
use Test::More;

use Egret::Cli qw(egret read_file write_file root scratch);

my $root = root;
my $scratch = scratch;
my $good    = 't/data/good/pacs.008-drawdown.xml';
my $two     = 't/data/good/pacs.008-two-payments.xml';
my $bond    = 't/data/good/pacs.009-bond-payment.xml';
my @now     = ('--now', '2026-11-23T10:15:00+08:00');

# The good message with one change, as a file.
sub changed {
    my ($name, $change, $from) = @_;

    local $_ = read_file($from // $good);
    $change->() or die "$name: nothing changed\n";

    return write_file($name, $_);
}

my ($code, $out, $err);

# Words

($code, $out, $err) = egret('--version');
is($code, 0, 'the version is no error');
like($out, qr/^egret \d+\.\d+\.\d+$/, 'and is printed');

for my $command (undef, qw(check answer translate explain block findings
                           help)) {
    my $name = $command // 'nothing';

    ($code, $out, $err) = egret('help', $command // ());
    is($code, 0, "help of $name is no error");
    like($out, qr/egret/, "help of $name is printed");
}
is((egret('check', '--help'))[1], (egret('help', 'check'))[1],
   'check --help is help check');
is((egret('--help'))[1], (egret('help'))[1], '--help is help');

for my $words (
    [], ['nonsense'], ['help', 'nonsense'], ['check'], ['check', '--nonsense'],
    ['check', '-x'], ['check', '--now'], ['check', '--now', 'today', $good],
    ['check', '--now', '2026-02-30T00:00:00Z', $good],
    ['check', '--format', 'xml', $good], ['check', '--format=', $good],
    ['check', '--format', 'text', '--format', 'json', $good],
    ['check', '--from', 'xiamen-bank', $good],
    ['check', '--to', 'xiamen-bank', $good],
    ['check', '--profile', 'nonsense', $good],
    ['check', '--profile', '../profiles/bilateral', $good],
    ['check', '--max-message', 'x', $good],
    ['check', '--max-message', '1', $good],
    ['check', '--schemas', "$scratch/nowhere", $good],
    ['check', '--reference', "$scratch/nowhere", $good],
    ['check', '--conf', "$scratch/nowhere", $good],
    ['check', '--schema-only', '--profile', 'bilateral', $good],
    ['check', '--id', 'X', $good],
    ['answer', '--strict', $good],
    ['answer'], ['answer', $good, $good], ['answer', '--schema-only', $good],
    ['answer', '--id', 'a b', $good], ['answer', '--id', 'x' x 36, $good],
    ['answer', '--accept', 'xml', $good], ['answer', '--format', 'json', $good],
    ['findings'], ['findings', '--html'],
    ['block'], ['block', 'digest'], ['block', 'sign', $good],
    ['block', 'digest', '--conf', 'x', $good], ['translate', $good],
    ['explain'], ['explain', 'CN-GFEPC/2025/4.2.1'],
    ['explain', 'CN-GFEPC/2025', 'TPEX/2023'],
    ['explain', 'CN-GFEPC/2025/4.2.1', 'NONE'],
    ['explain', 'CN-GFEPC/2025/4.2.1', 'TPEX/1999'],
    ['explain', 'CN-GFEPC/2025/4.2.1', 'TPEX/2023/nonsense'],
    ['explain', 'CN-GFEPC/2025/4.2.1', 'TPEX/2023', '--on', 'today'],
    ['explain', 'CN-GFEPC/2025/4.2.1', 'TPEX/2023', '--kind', 'X'],
    ['explain', 'CN-GFEPC/2025/4.2.1', 'TPEX/2023', '--status', 'X'],
    ['explain', 'CN-GFEPC/2025/4.2.1', 'TPEX/2023', '--conf', 'x',
     '--taxonomies', 'y'],
) {
    ($code, $out, $err) = egret(@$words);
    is($code, 2, "wrong use: egret @$words");
    is($out, '', 'which prints nothing on standard output');
    like($err, qr/\S/, 'and says why');
}

# Exit codes and text

($code, $out, $err) = egret('check', $good, $two, $bond);
is($code, 0, 'good messages are accepted');
is($out, '', 'a clean file prints nothing');
is($err, "3 messages: 3 accepted, 0 warned, 0 held, 0 rejected\n",
   'the summary goes to standard error');

for my $path (glob 't/data/good/*.xml') {
    is((egret('check', $path))[0], 0, "$path is good");
}

for my $path (glob 't/data/bad/*.xml') {
    my ($rule) = $path =~ m{/([A-Z]\d\d)-};
    my @by = $rule eq 'X06' ? qw(--profile cbprplus-2026 --strict) : ();

    ($code, $out, $err) = egret('check', '--now', '2026-11-23T10:15:00+08:00',
                                @by, $path);
    is($code, 1, "$path is refused");
    like($out, qr/^\Q$path\E:\d+:\d+: (?:reject|hold) $rule \/\S*: .+$/m,
         "and $rule is found");
    is(scalar(() = $out =~ /\n/g), 1, 'and nothing else');
}

($code, $out, $err) = egret('check', 't/data/bad/X05-element-missing.xml');
like($out, qr{^t/data/bad/X05-element-missing\.xml:40:\d+:\ reject\ X05
              \ /Document/FIToFICstmrCdtTrf/CdtTrfTxInf\[1\]/\S+:\ .*ChrgBr}x,
     'line, xpath and what was expected are named');

for my $files ([$good, "$scratch/none"], [$scratch, $good],
               ['t/data/bad/X01-empty.xml', "$scratch/none"])
{
    ($code, $out, $err) = egret('check', @$files);
    is($code, 2, "a file that cannot be read counts more: @$files");
    like($err, qr/^egret: \Q$scratch\E.*: \w/m, 'and is named');
    like($err, qr/^2 messages: .*, 1 not read$/m, 'the other one is judged');
}

($code, $out) = egret('check', $good, 't/data/bad/X01-truncated.xml', $two);
is($code, 1, 'one bad message of three counts');
like($out, qr/^\S+X01-truncated\.xml:\d+:\d+: reject X01 [^\n]+\n\z/,
     'only that one is printed');

is((egret('check', '--', $good))[0], 0, '-- ends the options');
is((egret('check', "--profile=bilateral", $good))[0], 0, '--name=value works');
is((egret({ in => $good }, 'check', '-'))[0], 0, '- is standard input');
($code, $out) = egret('check', '-');
is($code, 1, 'an empty standard input is X01');
like($out, qr{^-:1:1: reject X01 /: }, 'of the file -');

my $size = -s $good;
is((egret('check', '--max-message', $size, $good))[0], 0,
   'a message of the limit is read');
($code, $out) = egret('check', '--max-message', $size - 1, $good);
is($code, 1, 'a message over the limit is refused');
like($out, qr/reject X01 .*at most ${\($size - 1)} bytes/, 'as X01');
is((egret({ in => $good }, 'check', '--max-message', '2k', '-'))[0], 1,
   'on standard input, too');
is((egret('check', '--max-message', '64k', $good))[0], 0, 'k is 1024');

# Nothing of a message forges a line

my $forged = changed('forged.xml', sub {
    s/<EndToEndId>[^<]*/<EndToEndId>a&#10;x.xml:1:1: reject X01 \/: b&#x202E;/;
});
my $name = "$scratch/a\nb.xml";
rename $forged, $name or die "rename: $!\n";
($code, $out) = egret('check', '--profile', 'cbprplus-2026', $name,
                      't/data/bad/X05-unknown-namespace.xml');
unlike($out, qr/^(?!\Q$scratch\E\/a\\nb\.xml:|t\/data)/m,
       'each line begins with its file, line ends escaped');
unlike($out, qr/\xe2\x80\xae/, 'no mark turns the text around');
rename $name, $forged or die "rename: $!\n";
($code, undef, $err) = egret('check', $name);
is($code, 2, 'a file that is not there');
like($err, qr/\Aegret: \Q$scratch\E\/a\\nb\.xml: .*\n1 message.*\n\z/,
     'has one line, on standard error, too');
my $control = changed('control.xml', sub {
    s/Ccy="CNY">80000000.00<\/IntrBk/Ccy="C&#10;Y">80000000.00<\/IntrBk/;
});
($code, $out) = egret('check', $control);
is($code, 1, 'a line end in an attribute is a fault');
unlike($out, qr/^(?!\Q$control\E:)/m, 'and no line of its own');

# A name is proposed only for one that is much like it

for my $row (['ChrgBear', 'write ChrgBr, if that is meant'],
             ['Bar', 'correct its name'],
             ["\xe4\xb8\xad" x 80, 'correct its name'])
{
    my ($wrong, $fix) = @$row;

    ($code, $out) = egret('check', changed('alike.xml', sub {
        s/<ChrgBr>/<$wrong\/><ChrgBr>/;
    }));
    like($out, qr/fix: \Q$fix\E/, "the fix of <$wrong/>");
}

# JSON

($code, $out, $err) = egret('check', '--format', 'json', $good,
                            't/data/bad/X05-element-missing.xml',
                            't/data/bad/X05-unknown-namespace.xml',
                            't/data/bad/X01-empty.xml', "$scratch/none");
is($code, 2, 'JSON has the same exit codes');
my @objects = map { decode_json($_) } split /\n/, $out;
is(scalar(@objects), 4, 'one object a file that was read');
is_deeply($objects[0],
          { file => $good, verdict => 'accepted',
            definition => 'pacs.008.001.08', findings => [] },
          'a clean file has no findings');
is($objects[1]{verdict}, 'rejected', 'the verdict is said');
is(scalar(@{ $objects[1]{findings} }), 1, 'with the finding');
is($objects[1]{findings}[0]{code}, 'X05', 'its code');
is($objects[1]{findings}[0]{severity}, 'reject', 'its severity');
is($objects[1]{findings}[0]{line}, 40, 'its line');
like($objects[1]{findings}[0]{xpath},
     qr{^/Document/FIToFICstmrCdtTrf/CdtTrfTxInf\[1\]/}, 'its xpath');
is($objects[2]{definition}, undef, 'an unknown definition is null');
is($objects[3]{findings}[0]{code}, 'X01', 'an empty file is X01');
like($err, qr/^egret: \Q$scratch\E\/none: /m, 'what is not read has no object');

# Profiles without a configuration

my $bare = 't/data/bad/X05-no-header.xml';
($code, $out) = egret('check', '--profile', 'cbprplus-2026', $two);
is($code, 1, 'a profile that Egret brings is known');
like($out, qr/reject A04 /, 'and judged by: one transaction');

my $utc = 't/data/bad/X06-utc-where-an-offset-is-due.xml';
($code, $out, $err) = egret('check', '--profile', 'cbprplus-2026', $utc);
is($code, 0, 'a date-time in another form than the profile: accepted');
like($out, qr{^\Q$utc\E:11:5:\ warn\ X06\ /AppHdr/CreDt:\ [^\n]*
              write\ 2026-11-23T02:15:00\+00:00\ \[DT02\]\n\z}x,
     'with a warning that says what to write');
is((egret('check', '--strict', $utc))[0], 0,
   'a profile without a form takes any');

# Schemas only

is((egret('check', '--schema-only', '--schemas', 'schemas', $good, $two,
          $bond, $bare))[0], 0, 'schemas alone: with and without header');
is((egret('check', '--strict', $good, $two))[0], 0,
   'strict judging of what needs no mending');
my $header = changed('header.xml', sub { s/.*(<AppHdr.*<\/AppHdr>).*/$1/s });
is((egret('check', '--schema-only', '--schemas', 'schemas', $header))[0], 0,
   'a header alone');
for my $row (['in a wrapper', 's:<Document.*</Document>::s', 0],
             ['with a Document of nobody', 's/pacs.008.001.08">/x">/', 1],
             ['and neither of both', 's/<(\/?)(AppHdr|Document)/<$1x$2/g', 1])
{
    my ($what, $change, $expected) = @$row;

    $header = changed('header.xml', sub { eval $change });
    is((egret('check', '--schema-only', '--schemas', 'schemas',
              $header))[0], $expected, "a header $what");
}
my $wrong_sum = changed('sum.xml', sub { s/<CtrlSum>8/<CtrlSum>7/ });
is((egret('check', $wrong_sum))[0], 1, 'a wrong sum is a fault');
is((egret('check', '--schema-only', '--schemas', 'schemas', $wrong_sum))[0],
   0, 'but not of the schema');
for my $path (qw(X05-unknown-namespace X05-element-missing X01-truncated
                 X01-empty))
{
    is((egret('check', '--schema-only', '--schemas', 'schemas',
              "t/data/bad/$path.xml"))[0], 1, "$path is one");
}
mkdir "$scratch/schemas" or die "schemas: $!\n";
is((egret('check', '--schema-only', '--schemas', "$scratch/schemas",
          $good))[0], 1, 'no other schemas than those of the folder count');

# Real messages, all in one call

SKIP: {
    my $shared = '../shared';
    my $corpus = "$shared/corpus/iso-messages.tar.zst";

    skip "there is no $corpus", 2 if !-f $corpus || !-d "$shared/iso20022/xsd";
    my $zstd = "zstd -dc '$corpus' | tar -C '$scratch' -x 2>$scratch/err";
    skip "$corpus cannot be unpacked", 2 if system($zstd) != 0;

    my %verdict = map { (split /\t/)[0, 2] }
        grep { !/^(?:#|path\t)/ }
        split /\n/, read_file("$scratch/iso-messages/MANIFEST.tsv");
    my @paths = map { "$scratch/iso-messages/$_" } sort keys %verdict;

    ($code, $out, $err) = egret('check', '--schema-only', '--format', 'json',
                                '--schemas', "$shared/iso20022/xsd", @paths);
    my (@wrong, $judged);
    for my $object (map { decode_json($_) } split /\n/, $out) {
        my ($path) = $object->{file} =~ m{iso-messages/(.*)};
        my $is_valid = $object->{verdict} eq 'accepted';

        next if grep { $_->{message} =~ /no schema is loaded/ }
            @{ $object->{findings} };
        $judged++;
        push @wrong, $path if $is_valid != ($verdict{$path} eq 'valid');
    }
    cmp_ok($judged, '>=', 200, "$judged real messages have a schema there");
    is("@wrong", '', 'each has the verdict that its manifest says');
}

# The operator's configuration

my ($pin_1, $pin_2, $pin_3) = map { $_ x 64 } 1, 2, 3;
mkdir "$scratch/partners" or die "partners: $!\n";
write_file('partners/xiamen.conf', <<"END");
egret_partner xiamen-bank {
    certificate spki-sha256=$pin_1;
    party bic=XMBKCNB0 lei=984500EGRETXMNBK0117;
    accept pacs.008.001.08;
    currencies CNY;
    severity A04 warn;
}
END
write_file('partners/taipei.conf', <<"END");
egret_partner taipei-bank {
    certificate spki-sha256=$pin_2; party bic=TPBKTWT0XXX;
    accept pacs.008.001.08 pacs.009.001.08; currencies CNY USD;
    limit CNY 80000000;
}
egret_partner joburg-bank {
    certificate spki-sha256=$pin_3; party bic=JBBKZAJ0;
    accept pacs.009.001.08;
}
END
write_file('mime.types', "types { text/html html; application/xml xml; }\n");

sub conf {
    my ($name, $http, $main) = @_;

    return write_file($name, <<"END");
# what is not Egret's is skipped
user www-data;
load_module modules/x.so;
events { worker_connections 16; }
${\($main // '')}
http {
    include mime.types;
    include nothing-there/*.conf;
    egret_environment test;
    egret_gateway bic=EGRTCNB0XXX;
    egret_schemas $root/schemas;
    egret_reference $root/conf/reference;
    include $root/conf/profiles/*.conf;
    map \$uri \$x { default "a;b{"; ~^/x 2; }
    init_by_lua_block {
        local t = { "}", '{' } -- don't }
    }
$http
    server {
        listen 443 ssl;
        location = /v1/messages {
            egret messages;
            if (\$request_method = POST) { set \$x "\${y}z"; }
            proxy_pass \$egret_upstream;
        }
    }
}
END
}

my $conf = conf('nginx.conf', "    include partners/*.conf;\n");
my @conf = ('check', '--conf', $conf, @now);

($code, $out, $err) = egret(@conf, '--from', 'xiamen-bank', $good);
is($code, 0, "the operator's configuration is read") or diag($out, $err);
is((egret(@conf, '--from', 'xiamen-bank', '--to', 'taipei-bank', $good))[0],
   0, 'with a receiver, too');
is((egret(@conf, $good))[0], 0, 'without a sender nobody is judged');

($code, $out) = egret(@conf, '--from', 'taipei-bank', $good);
is($code, 1, "another one's header is refused");
like($out, qr/reject T03 \/AppHdr\/Fr/, 'as T03');

($code, $out) = egret(@conf, changed('route.xml', sub {
    s/TPBKTWT0(?:XXX)?/DEUTDEF0XXX/g
}));
is($code, 1, 'a receiver that nobody knows is refused');
like($out, qr/reject H03 \/AppHdr\/To/, 'as H03');

($code, $out) = egret(@conf, '--from', 'joburg-bank', changed('jo.xml', sub {
    s/XMBKCNB0XXX/JBBKZAJ0XXX/g
}));
is($code, 1, 'a definition that the sender may not send is refused');
like($out, qr/reject X05 /, 'as X05');

($code, $out) = egret(@conf, '--from', 'xiamen-bank', changed('usd.xml', sub {
    s/Ccy="CNY"/Ccy="USD"/g
}));
like($out, qr/reject A01 /, 'a currency that is not agreed is A01');

($code, $out) = egret(@conf, '--from', 'xiamen-bank',
                      changed('limit.xml', sub { s/>80000000/>80000001/g }));
like($out, qr/reject A03 /, 'more than the limit is A03');

my $soft = changed('soft.xml', sub { s/<CtrlSum>1/<CtrlSum>2/ }, $two);
($code, $out, $err) = egret(@conf, '--from', 'taipei-bank', $soft);
is($code, 0, "the receiver's block softens a finding");
like($out, qr/warn A04 /, 'to a warning');
like($err, qr/1 warned/, 'and the verdict is warned');
is((egret('check', $soft))[0], 1, 'without a configuration it rejects');

is((egret(@conf, '--from', 'nobody', $good))[0], 2, 'an unknown --from is 2');
is((egret(@conf, '--to', 'nobody', $good))[0], 2, 'an unknown --to is 2');
is((egret(@conf, '--profile', 'cbprplus-2026', '--from', 'taipei-bank',
          $two))[0], 1, '--profile goes before the partner\'s');
is((egret(@conf, '--max-message', '2k', $good))[0], 1,
   "--max-message goes before the configuration's");

chdir $scratch or die "$scratch: $!\n";
is((egret('check', '--conf', 'nginx.conf', @now, "$root/$good"))[0], 0,
   'a configuration of the current folder is read');
chdir $root or die "$root: $!\n";

sub refuses_conf {
    my ($path, $sentence) = @_;

    my ($exit, undef, $said) = egret('check', '--conf', $path, $good);
    is($exit, 2, "a wrong configuration is 2: $sentence");
    like($said, qr/^egret: \Q$scratch\E\/$sentence/m,
         'with file, line and sentence');
}

for my $row (
    ['include partners/none.conf;', 'include .*none\.conf: '],
    ['egret_partnr x { }', 'unknown directive "egret_partnr"'],
    ["egret_partner x { certificate spki-sha256=$pin_1; }", '.*no party'],
    ['egret_strict maybe;', 'egret_strict is on or off'],
    ['server { egret_strict on; }', '.*stand in http \{ \}'],
    ['egret_partner x { certificate ca=none.pem; }', 'ca file '],
) {
    my ($http, $sentence) = @$row;

    refuses_conf(conf('nginx-0.conf', $http), "nginx-0\\.conf:18: $sentence");
}

for my $row (
    ["http {\n", 2, '.*a \} is missing'],
    ["http {\n} }\n", 2, 'a \} that closes no block'],
    ["\negret_partner x {\n party bic=XMBKCNB0;\n", 4, '.*a \} is missing'],
    ["\ninclude endless.conf;\n", 2, 'too many files'],
    ["\n\"\n", 2, '\S'],
) {
    my ($text, $line, $sentence) = @$row;

    my $path = write_file('endless.conf', $text);
    refuses_conf($path, "endless\\.conf:$line: $sentence");
}

# Answers

($code, $out, $err) = egret('answer', '--conf', $conf, @now, '--from',
                            'xiamen-bank', '--id', 'A-1', $good);
is($code, 0, 'an accepted message has a receipt');
like($out, qr/<TxSts>ACTC<|<GrpSts>ACTC</, 'which is pacs.002 ACTC');
like($out, qr/BICFI>EGRTCNB0XXX</, 'from the gateway');
like($out, qr/BizMsgIdr>A-1</, 'with the id asked for');
like($err, qr/receipt/, 'and is said to be one');
like($err, qr/accepted: HTTP 200/, 'with its status');

my $answer = write_file('answer.xml', $out);
is((egret('check', '--schema-only', '--schemas', 'schemas', $answer))[0], 0,
   'the receipt is valid by the schemas');

my @answer = ('answer', @now);
($code, $out, $err) = egret(@answer, $wrong_sum);
is($code, 1, 'a rejected message has an answer');
like($out, qr/RJCT.*EG-A04/s, 'pacs.002 that names the finding');
like($err, qr/rejected: HTTP 422/, 'with status 422');
is((egret('check', '--schema-only', '--schemas', 'schemas',
          write_file('answer.xml', $out)))[0], 0, 'valid by the schemas');

($code, $out) = egret(@answer, changed('slashes.xml', sub {
    s{<InstrId>}{<InstrId>//};
}));
like($out, qr{<OrgnlInstrId>//}, 'an answer repeats even a faulty reference');
is((egret('check', write_file('answer.xml', $out)))[0], 0,
   'and is itself accepted');

($code, $out, $err) = egret(@answer, 't/data/bad/X05-element-missing.xml');
is($code, 1, 'a schema fault has an answer');
like($out, qr/admi\.002\.001\.01.*X05/s, 'admi.002');
is((egret('check', '--schema-only', '--schemas', 'schemas',
          write_file('answer.xml', $out)))[0], 0, 'valid by the schemas');

($code, $out, $err) = egret(@answer, '--accept', 'problem',
                            't/data/bad/X05-element-missing.xml');
is($code, 1, 'problem+json has the same exit code');
is(decode_json($out)->{findings}[0]{code}, 'X05', 'and lists the finding');
like($err, qr/HTTP 422, application\/problem\+json/, 'and is named');

($code, $out, $err) = egret(@answer, 't/data/bad/X01-truncated.xml');
is($code, 1, 'what is not XML has an answer');
like($err, qr/HTTP 400/, 'with status 400');
is((egret(@answer, "$scratch/none"))[0], 2, 'no file, no answer');

# The catalogue

($code, $out) = egret('findings', '--markdown');
is($code, 0, 'the catalogue is printed');
is($out, read_file('docs/reference/findings.md'),
   'and is the page in docs/reference');

done_testing();
