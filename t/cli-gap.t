#!/usr/bin/perl
# SPDX-License-Identifier: Apache-2.0
#
# `egret gap` on the command line.

use strict;
use warnings;

use Cwd qw(getcwd);
use JSON::PP qw(decode_json);
use Test::More;

use Egret::Cli qw(egret read_file write_file scratch);

my $scratch = scratch;
my $wind    = 't/data/good/green-wind-loan.xml';
my $factory = 't/data/good/green-wind-factory.xml';
my $plain   = 't/data/good/pacs.008-drawdown.xml';

sub gap { return egret('gap', @_) }

my @both = ('--scheme', 'EU-TAX,ZA-GFT');
my ($code, $out, $err) = gap(@both, $factory);
is($code, 0, 'what is missing is no error') or diag($err);
like($out, qr{^  Lbl\[1\] 4\.1\.1, Prj\[1\] in EU-TAX/2023: translated, }m,
     'what a label is elsewhere is told by project and scheme');
like($out, qr/^    for ALGN there: scope: rows, .*dnsh: missing/m,
     'with what is proven of it');
my @harm = $out =~ /^(.*no significant harm.*)$/mg;
is(scalar @harm, 1, 'an assessment that two schemes need is told once');
like($harm[0], qr{serves EU-TAX/2023, ZA-GFT/2022$}, 'with both of them');

($code, $out) = gap(@both, '--format=json', $factory);
my $told = decode_json($out);
is(scalar @{ $told->{blocks}[0]{labels} }, 2, 'JSON has an entry a scheme');
my ($need) = grep { $_->{kind} eq 'dnsh' } @{ $told->{blocks}[0]{needs} };
is(scalar @{ $need->{serves} }, 2, 'and each need with whom it serves');

for my $path (glob 'conf/demo/messages/*loan*.xml') {
    is((gap(@both, $path))[0], 0, "$path, in a wrapper without namespace");
}
is((gap(@both, write_file('unnamed.xml', '<a><b/></a>')))[0], 1,
   'a file without any namespace is no message');

my ($bare) = read_file($wind) =~ m{(<GrnFin.*?</GrnFin>)}s;
($code, $out) = gap('--scheme', 'TPEX', write_file('bare.xml', $bare));
is($code, 0, 'a block on its own is asked');
like($out, qr{in TPEX/2023: translated, TPEX-1 ELIG$}m, 'like a message');
($code, $out, $err) = gap('--scheme', 'TPEX',
                          write_file('bad.xml', $bare =~ s/FINL/NONE/r));
is($code, 1, 'a block that its schema refuses is not asked');
like($err, qr{bad\.xml:\d+:\d+: reject X05 /GrnFin/Sts}, 'and is told where');

($code, $out, $err) = gap('--scheme', 'TPEX', $plain);
is($code, 0, 'a message without a block has no gap');
is($out, '', 'and nothing is printed');
like($err, qr/no green block/, 'but why');

my $root = getcwd;
my $pin = '1' x 64;
my $conf = write_file('gap.conf', <<"END");
events { }
http {
    egret_gateway bic=EGRTCNB0XXX;
    egret_schemas $root/schemas;
    egret_reference $root/conf/reference;
    egret_taxonomies $root/conf/taxonomies/*.tsv;
    egret_crosswalks $root/conf/crosswalks/*.sssom.tsv;
    egret_partner taipei-bank {
        certificate spki-sha256=$pin; party bic=TPBKTWT0XXX;
        accept pacs.008.001.08;
        crosswalk $root/t/data/labels/no-wind.sssom.tsv;
    }
}
END
my $today = '--now=2026-11-23T10:15:00+08:00';
($code, $out) = gap('--scheme', 'TPEX,EU-TAX', $today, $wind);
like($out, qr{^  share: TPEX/2023 asks for 100 percent; the block states 100$}m,
     'the share that a scheme asks for is told');
unlike($out, qr{share: EU-TAX}, 'and where none is asked, none');
like($out, qr/^  disclosure: ENVD, owed since 2026-01-01: due 2027-04-30; /m,
     'and what the issuer has to disclose, and when');
($code, $out) = gap('--scheme', 'TPEX', $today,
                    write_file('late.xml', read_file($wind)
                               =~ s/2027-04-30/2026-10-01/r));
like($out, qr/^  disclosure: ENVD.*: overdue 2026-10-01; overdue: warn$/m,
     'which may be overdue');

my @ruled = ('--scheme', 'TPEX', '--conf', $conf);
($code, $out, $err) = gap(@ruled, $wind);
is($code, 0, 'an operator asks by its own files') or diag($err);
like($out, qr/^no counterpart is named.*rows are those for every partner$/m,
     'where nobody is named, which rows count is said');
like($out, qr/in TPEX.2023: translated/, 'and the shared ones decide');
($code, $out, $err) = gap(@ruled, '--to', 'taipei-bank', $wind);
is($code, 0, 'with a counterpart') or diag($err);
like($out, qr/^counterpart taipei-bank: its own rows, too$/m, 'that is said');
like($out, qr/in TPEX.2023: needs assessment/, 'and its own rows count');

for my $words ([@ruled, '--to', 'nobody', $wind],
               ['--scheme', 'TPEX', '--to', 'taipei-bank', $wind], [$wind], ['--scheme', 'TPEX'], ['--scheme', 'NONE', $wind],
               ['--scheme', 'TPEX/1999', $wind], ['--scheme', 'TPEX,', $wind],
               ['--scheme', 'CN-GBEPC', $wind],
               ['--scheme', 'TPEX', $wind, $wind],
               ['--scheme', 'TPEX', "$scratch/none.xml"])
{
    ($code, $out, $err) = gap(@{$words});
    is($code, 2, "egret gap @{$words} is refused");
    like($err, qr/^egret/, 'with a sentence');
}
like((gap('--help'))[1], qr/^egret gap --scheme/, 'help tells how to ask');

done_testing();
