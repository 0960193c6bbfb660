#!/usr/bin/perl
# SPDX-License-Identifier: Apache-2.0
#
# The command line and what is known of labels: taxonomies and crosswalks are
# printed, checked and counted.

use strict;
use warnings;

use Test::More;

use Egret::Cli qw(egret read_file write_file scratch);

my $scratch = scratch;
my ($code, $out, $err) = egret('taxonomy', 'show');
is($code, 0, 'taxonomies are listed') or diag($err);
like($out, qr{^CN-GFEPC/2025\tFINAL\t2025-10-01\.\.\t318\ codes\t}mx,
     'with status, dates and how many codes they have');
like($out, qr{^CN-GIC/2019\tSUPERSEDED\t2019-02-14\.\.2024-02-01\t}m,
     'an end has its date');

($code, $out) = egret('taxonomy', 'show', 'CN-GFEPC/2025');
is($code, 0, 'one is printed');
is(scalar(() = $out =~ /\n/g), 318, 'a line a code');
($code, $out) = egret('taxonomy', 'show', 'CN-GFEPC/2025', '--lang', 'zh-Hans');
like($out, qr/^4\.2\.1\t风力发电设施建设/m, 'in its own language');

($code, $out) = egret('taxonomy', 'show', 'CN-GFEPC/2025', '4.2.1');
is($code, 0, 'a code is printed');
like($out, qr/^zh-Hans\t风力发电/m, 'with its headings');
like($out, qr/^in\t4\.2 .+\nin\t4 /m, 'what it stands in');
like($out, qr/^source\t.+\nconfidence\t.+$/m, 'its source and confidence');

for my $words (['show', 'CN-GFEPC/1999'], ['show', 'CN-GFEPC/2025', '99.9'],
               ['show', 'CN-GFEPC/2025', '4.2.1', 'more'],
               ['show', '--lang', 'tlh'], ['print'], ['lint'], [])
{
    ($code, $out, $err) = egret('taxonomy', @{$words});
    is($code, 2, "taxonomy @{$words} is refused");
    is($out, '', 'and prints nothing');
    like($err, qr/^egret taxonomy: .+; see egret help taxonomy\n\z/,
         'but a sentence');
}

my @shipped = glob 'conf/taxonomies/*.tsv';
($code, $out, $err) = egret('taxonomy', 'lint', @shipped);
is("$code$out$err", '0', 'nothing is wrong with the taxonomies that ship');

my $text = read_file('conf/taxonomies/ICMA-GBP-2025.tsv');
(my $twice = $text) =~ s/^(# digest:) .*/$1 none/m;
$twice =~ s/\n([^\n]+\n)\z/\n$1$1/;
my $bad = write_file('twice.tsv', $twice);
($code, $out, $err) = egret('taxonomy', 'lint', $bad, "$scratch/none");
is($code, 2, 'a file that is not there is told');
like($err, qr{^egret: \Q$scratch\E/none: No such file}, 'by name');
like($out, qr{^\Q$bad\E:\d+: .*twice}, 'and the others are read all the same');
($code, $out) = egret('taxonomy', 'lint', $bad, $shipped[0], $bad);
is($code, 1, 'a file that is refused is told');
is(scalar(() = $out =~ /\n/g), 2, 'a line each');

my @rows = glob 'conf/crosswalks/*.tsv';
($code, $out, $err) = egret('crosswalk', 'lint', @rows);
is("$code$out$err", '0', 'nothing is wrong with the crosswalks that ship');

my $crosswalk = read_file('conf/crosswalks/icma-gbp-2025_lma-glp-2025.sssom.tsv');
my ($line) = $crosswalk =~ /\n([^\n]+\tskos:exactMatch\t[^\n]+\n)/;
$line =~ s/EGRETROW:\S+/EGRETROW:again/;
$line =~ s/skos:exactMatch/skos:broadMatch/;
$line =~ s/\texact\t/\tbroad\t/g;
my $two = write_file('two.sssom.tsv', $crosswalk . $line);
($code, $out) = egret('crosswalk', 'lint', $two);
is($code, 1, 'exact and broad for one pair is a contradiction');
like($out, qr{^\Q$two\E:\d+: .*\Q$two\E:\d+}, 'both places are named');
my $three = write_file('three.sssom.tsv', $crosswalk . $line . $line);
($code, $out) = egret('crosswalk', 'lint', $three);
is(scalar(() = $out =~ /\n/g), 2, 'each contradiction has a line');
(my $unknown = $crosswalk) =~ s/(\n[^#\t\n]+\t[A-Z]+:)GBP-01\t/$1GBP-99\t/;
isnt($unknown, $crosswalk, 'a code is changed');
my $wrong = write_file('wrong.sssom.tsv', $unknown);
($code, $out) = egret('crosswalk', 'lint', $wrong);
is($code, 1, 'a code that there is not is refused');
like($out, qr{^\Q$wrong\E:\d+: }, 'with file and line');

my @windless = ('t/data/labels/no-wind.sssom.tsv',
                'conf/crosswalks/cn-gfepc-2025_tpex-2023.sssom.tsv');
($code, $out) = egret('crosswalk', 'lint', @windless);
is("$code$out", '0', 'a row with Not that withdraws another is in order');
($code, $out) = egret('crosswalk', 'lint', $windless[0]);
is($code, 1, 'one that withdraws nothing is told');
like($out, qr{^\Q$windless[0]\E:11:\ withdraws\ nothing:\ no\ row\ and\ no\ chain
              \ of\ these\ files\ leads\ from\ 4\.2\.1\ to\ TPEX-1\n\z}x,
     'with its line and its codes');

my $mine = write_file('mine.tsv', read_file('conf/taxonomies/ICMA-GBP-2025.tsv'));
($code, $out, $err) = egret('crosswalk', 'lint', '--taxonomies', $mine,
                            $windless[0]);
is("$code$err", '1', 'with own taxonomies the rows that ship are not loaded');
like($out, qr{^\Q$windless[0]\E:11: scheme CN-GFEPC/2025 is not loaded},
     'and the file that is named is what is judged');

my $padding = ('#' . 'x' x 998 . "\n") x 17_000;
(my $long = read_file($windless[0])) =~ s/(\n)(?=[^#\n]+\n\z)/$1$padding/;
my $last = write_file('long.sssom.tsv', $long);
($code, $out) = egret('crosswalk', 'lint', $last);
is($code, 1, 'a file of more than 16 MiB is read to its end');
like($out, qr{^\Q$last\E:17011: withdraws nothing}, 'and its last row counts');
truncate $last, 64 * 1024 * 1024 + 1 or die "$last: $!\n";
($code, $out, $err) = egret('crosswalk', 'lint', $last);
is($code, 2, 'one of more than 64 MiB is refused');
is($err, "egret: $last: is larger than 67108864 bytes\n",
   'with its name and the limit');
unlink $last;

($code, $out, $err) = egret('crosswalk', 'coverage', '--on', '2026-11-28');
is($code, 0, 'what crosswalks cover is counted') or diag($err);
like($out, qr{^\|\ CN-GFEPC/2025\ \|\ ICMA-GBP/2025\ \|\ 271\ \|\ \d+\ \|
              \ \d+\ \|\ \d+\ \|\ 0\ \|$}mx,
     'every code of the catalogue has a row to ICMA');
like($out, qr{^\| CN-GFEPC/2025 \| TPEX/2023 \| 271 \|.*\| 0 \|$}m,
     'and to TPEx');
for my $row ($out =~ /^\| \S+ \| \S+ (\|(?: \d+ \|)+)$/mg) {
    my ($codes, @parts) = $row =~ /(\d+)/g;
    my $sum = 0;

    $sum += $_ for @parts;
    is($sum, $codes, "the parts foot: $row");
}
is((read_file('docs/reference/coverage.md') =~ /^(\|.*)\z/ms)[0], $out,
   'the page in docs/reference has this table');
like((egret('crosswalk', 'coverage', '--on', '2020-01-01'))[1],
     qr{^\| CN-GFEPC/2025 \| TPEX/2023 \| 271 \| 0 \|}m,
     'nothing translates before the catalogue is in force');

for my $words (['coverage', 'x'], ['coverage', '--on', 'today'], ['lint'], [])
{
    ($code, $out, $err) = egret('crosswalk', @{$words});
    is($code, 2, "crosswalk @{$words} is refused");
    like($err, qr/^egret crosswalk: .+; see egret help crosswalk\n\z/,
         'with a sentence');
}

# A draft of a next catalogue: 4.2.2 has another heading, 4.2.5 is gone.
my $draft = read_file('conf/taxonomies/CN-GFEPC-2025.tsv');
$draft =~ s/^# digest: .*/# digest: none/m;
$draft =~ s/^# version: .*/# version: 2028/m;
$draft =~ s/^# status: .*/# status: DRAFT/m;
$draft =~ s/^# published: .*/# published: 2026-06-01/m;
$draft =~ s/^# from: .*/# from: 2028-01-01/m;
$draft =~ s/^(4\.2\.2\t4\.2\t[^\t]*\t)[^\t]*/$1另一标题/m;
$draft =~ s/^4\.2\.5\t.*\n//m;
my $next = write_file('next.tsv', $draft);
my %green = map { /green-(\S+)\.xml/ ? ($1 => $_) : () }
    glob 't/data/good/green-*.xml';
my @whatif = ('whatif', '--scheme', $next, '--effective');

($code, $out, $err) = egret(@whatif, '2026-01-01', values %green);
is($code, 0, 'what a draft would change is told') or diag($err);
my $old = 'Lbl[1] CN-GFEPC/2025';
for my $line ("$green{'wind-loan'}: $old/4.2.1: moves to 2028\n",
              "$green{'solar-loan'}: $old/4.2.2: changes under 2028, the code "
                  . "has another heading\n",
              "$green{'nuclear-loan'}: $old/4.2.5: changes under 2028, the new "
                  . "version has no such code\n",
              '3 of 5 messages would change a label and 2 only its version if '
                  . "CN-GFEPC/2028 took effect on 2026-01-01\n")
{
    like($out, qr/^\Q$line\E/m, $line);
}
($code, $out) = egret(@whatif, '2030-01-01', $green{'wind-loan'});
is($out, "$green{'wind-loan'}: Lbl[1] CN-GFEPC/2025/4.2.1: stays, the deal was "
    . "decided before\n0 of 1 message would change a label and 0 only its "
    . "version if CN-GFEPC/2028 took effect on 2030-01-01\n", 'what was decided before stays');
is((egret(@whatif, 'soon', $green{'wind-loan'}))[0], 2, 'a date is a date');
is((egret('whatif', $green{'wind-loan'}))[0], 2, 'and must be given');
is((egret(@whatif, '2026-01-01', 't/data/bad/X01-truncated.xml'))[0], 1,
   'a message that cannot be read is told');

done_testing();
