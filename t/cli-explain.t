#!/usr/bin/perl
# SPDX-License-Identifier: Apache-2.0
#
# `egret explain --facts`: what a label is elsewhere, for one project.

use strict;
use warnings;

use JSON::PP qw(decode_json);
use Test::More;

use Egret::Cli qw(egret read_file write_file scratch);

my $scratch = scratch;
my $solar   = 't/data/good/green-solar-loan.xml';
my $bond    = 't/data/good/green-bond-subscription.xml';
my @sun     = ('CN-GFEPC/2025/4.2.2', 'EU-TAX/2023', '--on', '2026-11-23');
my $pv      = read_file($solar);

sub ask { return egret('explain', @_) }

sub told {
    my ($code, $out, $err) = ask(@_, '--format', 'json');
    is($code, 0, "@_ is told") or diag($err);
    return decode_json($out);
}

my ($code, $out, $err) = ask(@sun);
like($out, qr/^verdict +needs assessment/m,
     'without facts nothing is proven of solar power');
unlike($out, qr/by the facts|^facts/m, 'and no condition is judged');

($code, $out, $err) = ask(@sun, '--facts', $solar);
is($code, 0, 'with the facts of a project') or diag($err);
like($out, qr/^verdict +translated, TRLD\nbecomes +CCM-4\.1,/m,
     'what they prove is told');
like($out, qr/^facts +of Prj\[1\]\n  technology   PVOL\n/m, 'and which they are');
like($out, qr/condition +technology in \(PVOL\)\n    by the facts true$/m,
     'a condition that they meet is true');
like($out, qr/condition +technology in \(CSPW\)\n    by the facts false$/m,
     'one that they do not meet is false');

my $bare = write_file('bare.xml',
                      $pv =~ s{<grn:Tchnlgy>PVOL</grn:Tchnlgy>}{}r);
($code, $out) = ask(@sun, '--facts', $bare);
like($out, qr/^verdict +needs assessment/m, 'a fact that is not stated');
like($out, qr/condition +technology in \(PVOL\)\n    by the facts unknown$/m,
     'leaves its condition unknown');

my $told = told(@sun, '--facts', $solar);
is($told->{verdict}, 'translated', 'JSON says the same');
is($told->{project}, 1, 'of which project');
is($told->{facts}[0]{value}, 'PVOL', 'by which facts');
is($told->{rows}[0]{conditionIs}, 'true', 'with each condition');
is_deeply($told->{rows}[0]{conditionTerms},
          [{ term => 'technology in (PVOL)', negated => JSON::PP::false,
             is => 'true' }], 'term by term');

my ($block) = read_file($bond) =~ m{(<GrnFin.*?</GrnFin>)}s;
my $own = write_file('block.xml', $block);
is(told(@sun, '--facts', $own, '--project', 2)->{verdict}, 'translated',
   'a block on its own has facts, too');
is(told(@sun, '--facts', $own, '--project', 1)->{verdict}, 'needs assessment',
   'each project its own');

# In three languages.
for my $case (['en', qr/^verdict +translated/m], ['zh-Hans', qr/^结果 +可转换/m],
              ['zh-Hant', qr/據專案事實 成立$/m])
{
    my ($language, $line) = @{$case};

    ($code, $out, $err) = ask(@sun, '--facts', $solar, '--lang', $language);
    like($out, $line, "text is told in $language") or diag($err);
}
is((ask(@sun, '--lang', 'de'))[0], 2, 'other languages are refused');

# As in a message: L08.
my @wind = ('CN-GFEPC/2025/4.2.1', 'TPEX/2023', '--on', '2026-11-23');
my $wind = read_file('t/data/good/green-wind-loan.xml');
is(told(@wind)->{verdict}, 'translated', 'wind power needs no facts');
$told = told(@wind, '--facts',
             write_file('gas.xml', $wind =~ s/<EnrgySrc>WIND/<EnrgySrc>NGAS/r));
is($told->{verdict}, 'needs assessment', 'gas passes along no row by the way');
is_deeply($told->{missing}, ['explicit row'], 'and that is said');

# Several terms, and a threshold.
my @other = ('CN-GFEPC/2025/4.2.1', 'OTHER/1', '--on', '2026-11-23',
             '--crosswalks', 't/data/labels/parts.sssom.tsv', '--taxonomies');
mkdir "$scratch/schemes";
write_file("schemes/$_->[0]", read_file($_->[1]))
    for ['a.tsv', 'conf/taxonomies/CN-GFEPC-2025.tsv'],
        ['b.tsv', 't/data/labels/OTHER-1.tsv'];
($code, $out, $err) = ask(@other, "$scratch/schemes/*.tsv", '--facts',
                              't/data/good/green-wind-loan.xml');
like($out, qr/threshold +criterion LCGE .*\n    by the facts true$/m,
     'a threshold is judged, too') or diag($err);
like($out, qr/^      true       industry GBT4754 = 4415$/m,
     'of several terms each is');
($code, $out) = ask(@other, "$scratch/schemes/*.tsv", '--facts',
                        write_file('high.xml', $wind =~ s/12\.4/120.4/r));
like($out, qr/threshold +criterion LCGE .*\n    by the facts false$/m,
     'one that the value exceeds is false');

my $plain = 't/data/good/pacs.008-drawdown.xml';
for my $case ([qr/has no green block/, '--facts', $plain],
              [qr/states several projects: say which/, '--facts', $own],
              [qr/has no such project/, '--facts', $own, '--project', 3],
              [qr/--project is a number/, '--facts', $own, '--project', 0],
              [qr/--project is a number/, '--facts', $own, '--project', 'x'],
              [qr/--project is of --facts/, '--project', 1],
              [qr/none\.xml/, '--facts', "$scratch/none.xml"])
{
    my ($why, @words) = @{$case};

    ($code, $out, $err) = ask(@sun, @words);
    is($code, 2, "@words is refused");
    like($err, $why, 'with the reason');
    is($out, '', 'and nothing is told');
}
($code, $out, $err) = ask(@sun, '--facts',
                              write_file('bad.xml', $block =~ s/FINL/NONE/r));
is($code, 1, 'facts that their schema refuses prove nothing');
like($err, qr{reject X05 /GrnFin/Sts}, 'and are told where');

done_testing();
