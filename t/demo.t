# SPDX-License-Identifier: Apache-2.0
#
# scripts/demo runs, shows what it says, and stops what it started. It checks
# each step itself; here the lines that a newcomer looks for are checked once
# more, and the command that it ends with.

use strict;
use warnings;
use utf8;

use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use JSON::PP qw(decode_json);
use Test::More;

my $root   = abs_path(dirname(abs_path(__FILE__)) . '/..');
my $folder = tempdir(CLEANUP => 1);

$ENV{EGRET_DEMO_BUILT} = 1;
$ENV{EGRET_DEMO_DIR}   = $folder;
chdir $root or die "$root: $!\n";

END {
    my $status = $?;
    system 'scripts/demo', '--stop' if $folder;
    $? = $status;
}

my $said = qx{scripts/demo --keep 2>&1};
is($? >> 8, 0, 'every step gives what it says') or diag($said);
utf8::decode($said);

my @steps = split /^(?=\d+\. )/m, $said;
shift @steps;
is(scalar @steps, 24, 'there are twenty-four steps');

sub shows {
    my ($number, $what, @lines) = @_;

    my $step = $steps[$number - 1] // '';
    for my $line (@lines) {
        like($step, qr/^\s*\Q$line\E/m, "step $number, $what: $line");
    }
}

shows(1, 'a loan drawdown', 'HTTP 200', 'Egret-Verdict: accepted',
      '<OrgnlMsgId>XMBK-20261123-000117</OrgnlMsgId>', '<TxSts>ACSC</TxSts>');
shows(2, 'a bond payment', 'HTTP 200', 'Egret-Verdict: accepted',
      '<OrgnlMsgId>TPBK-20261123-000042</OrgnlMsgId>', '<TxSts>ACSC</TxSts>');
shows(3, 'five faults', 'HTTP 422', 'Egret-Findings: A04 A01 P01 A02 P02',
      '<GrpSts>RJCT</GrpSts>', map { "<Rsn><Cd>$_</Cd></Rsn>" }
      qw(AM19 AM11 RC07 CH20 BE16));
shows(4, 'three faults of the schema', 'HTTP 422', 'Egret-Findings: X05',
      '<RjctgPtyRsn>EG-X05</RjctgPtyRsn>');
shows(5, "another's name", 'HTTP 403', 'Egret-Findings: T03');
shows(6, 'a stranger', 'HTTP 403', '{"type":"urn:x-egret:problem:forbidden"');
unlike($steps[5] // '', qr/Egret-/, 'step 6: a stranger gets no verdict');
shows(7, 'a counterpart that is down', 'HTTP 502', 'Egret-Verdict: accepted');
like($steps[6] // '', qr/"delivered":"no"/, 'step 7: it says: not delivered');

shows(8, 'a wind farm to Taipei', 'HTTP 200', 'Egret-Verdict: accepted',
      'label 1 is CN-GFEPC/2025 4.2.1, share 100, ELIG',
      'label 1, project 1: TPEX/2023 TRLD TPEX-1, share 100, ELIG');
shows(9, 'a wind farm to Johannesburg', 'HTTP 200',
      'label 1, project 1: ICMA-GBP/2025 TRLD GBP-01, share 100, ELIG',
      'label 1, project 1: ZA-GFT/2022 NASS', 'missing: row');
shows(10, 'a factory of wind turbines', 'HTTP 200',
      'label 1, project 1: ZA-GFT/2022 TRLD 7.2.1, share 100, ELIG');
shows(11, 'a green bond', 'HTTP 200',
      'label 2 is CN-GFEPC/2025 4.2.2, share 30, ELIG');
unlike($steps[10] // '', qr/TRLD|NASS|NCPT/, 'step 11: nothing is derived');
shows(12, 'sums', 'HTTP 422', 'Egret-Findings: G04', 'G04 reject',
      'got      109600000.00', 'expected 99600000.00');
shows(13, 'nuclear power, annotate', 'HTTP 200', 'Egret-Verdict: warned',
      'Egret-Findings: L04', 'label 1, project 1: TPEX/2023 NCPT');
shows(14, 'nuclear power, hold', 'HTTP 422', 'Egret-Verdict: held',
      'Egret-Findings: L04', 'L04 hold');
shows(15, 'nuclear power, reject', 'HTTP 422', 'Egret-Verdict: rejected',
      'Egret-Findings: L04', '<GrpSts>RJCT</GrpSts>');
shows(16, 'a rule that holds', 'HTTP 422', 'Egret-Verdict: held',
      'Egret-Findings: U01', 'U01 hold');
shows(17, 'a rule that loops', 'HTTP 422', 'Egret-Verdict: held',
      'Egret-Findings: U02', 'U02 hold', 'HTTP 200', 'Egret-Verdict: accepted');

shows(18, 'facts that prove', 'HTTP 200', 'Egret-Verdict: accepted',
      'Egret-Findings: X06', 'sent:     CreDt 2026-11-23T09:40:00+08:00',
      'received: CreDt 2026-11-23T01:40:00.000Z',
      'label 1, project 1: EU-TAX/2023 TRLD CCM-4.1, share 60, ELIG',
      'label 2, project 2: EU-TAX/2023 TRLD CCM-3.4, share 40, ELIG');
shows(19, 'facts that are missing', 'HTTP 200',
      'label 1, project 1: EU-TAX/2023 NASS',
      'label 2, project 2: EU-TAX/2023 NASS');
unlike($steps[18] // '', qr/TRLD/, 'step 19: nothing is proven');
shows(20, 'a filling station', 'HTTP 200',
      'label 1, project 1: EU-TAX/2023 NASS');
unlike($steps[19] // '', qr/TRLD/, 'step 20: it is not translated');
shows(21, 'explained here', 'verdict        needs assessment, NASS',
      'relation     scope close, criteria not-compared');
shows(22, 'explained by the gateway', 'HTTP 200',
      'condition technology in (PVOL)');
shows(23, 'explained by facts', 'verdict        translated, TRLD',
      'by the facts true', 'verdict        needs assessment, NASS',
      'by the facts unknown');
shows(24, 'a gap', 'HTTP 200', 'missing: dnsh, serves EU-TAX/2023, ZA-GFT/2022',
      'TPEX/2023 asks for a share of 100');

my ($curl) = $said =~ /^(  curl .*?[^\\])\n/ms;
my $answer = defined $curl ? qx{$curl 2>/dev/null} : '';
like($answer, qr{<TxSts>ACSC</TxSts>}, 'the last command works as printed')
    or diag($curl, $answer);

# What the documents show of answers is what the demo gets.
sub read_file {
    my ($path) = @_;

    open my $in, '<:raw', $path or die "$path: $!\n";
    local $/;
    return scalar <$in>;
}

sub example {
    my ($document, $language, $holds) = @_;

    my @examples = grep { /$holds/ }
        read_file($document) =~ /^```$language\n(.*?)^```$/msg;

    return $examples[0] // die "$document has no $language with $holds\n";
}

my $rejected = read_file("$folder/answers/3");
for my $document (qw(README.md docs/partner.md)) {
    for my $line (example($document, 'xml', qr/<AddtlInf>/) =~ /^ *(.+)/mg) {
        like($rejected, qr/\Q$line\E/, "$document: the answer has $line");
    }
}

my $shown = decode_json(example('docs/partner.md', 'json', qr/"findings"/));
my $given = decode_json(read_file("$folder/answers/3-problem"));
my ($first) = grep { $_->{code} eq 'A01' } @{ $given->{findings} };
is_deeply($shown, { %$given, findings => [$first] },
          'docs/partner.md shows the problem+json');
is(read_file("$folder/answers/6") =~ s/\s+\z//r,
   example('docs/partner.md', 'json', qr/forbidden/) =~ s/\s+\z//r,
   'docs/partner.md shows what a stranger gets');

my ($check) = $said =~ /^(  build\/egret .*?[^\\])\n/ms;
my $printed = defined $check ? qx{$check 2>/dev/null} : '';
is($? >> 8, 1, 'the command line rejects what the gateway rejects');
is(join(' ', $printed =~ /: reject (\w+) /g), 'A04 A01 P01 A02 P02',
   'for the same reasons');
like($printed, qr/^\Q${\example('docs\/start.md', 'text', qr{:46:})}\E/m,
     'docs/start.md shows what it prints');

my ($port) = $said =~ /localhost:(\d+)/;
my @curl   = ('curl', '-s', '--cacert', "$folder/pki/server-ca.crt",
              '--cert', "$folder/pki/stranger.crt",
              '--key', "$folder/pki/stranger.key", '--data-binary', '@-',
              "https://localhost:$port/v1/messages");
my $large  = qx{head -c 2000000 /dev/zero | @curl};
is($large, read_file("$folder/answers/6"),
   'a stranger with a body that is too large gets no other answer');

my @pids = $said =~ /kill (\d+) (\d+)/;
is(scalar @pids, 2, 'it names its processes');
is(system('scripts/demo', '--stop'), 0, 'it can be stopped');
for my $pid (@pids) {
    # What has ended may wait for its parent: it has no command line then.
    my $command = qx{cat /proc/$pid/cmdline 2>/dev/null};
    is($command, '', "process $pid is gone");
}

my $checks = '. scripts/lib/demo-steps.sh; number=1 answer=x dir=y';
isnt(system("sh -c '$checks; expect status 200 403' 2>/dev/null"), 0,
     'a step that gives something else ends the demo');

done_testing();
