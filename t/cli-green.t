#!/usr/bin/perl
# SPDX-License-Identifier: Apache-2.0
#
# The command line and what is green: rules of partners, digests of blocks,
# translation, and why.

use strict;
use warnings;

use JSON::PP qw(decode_json);
use Test::More;

use Egret::Cli qw(egret read_file write_file root scratch);

my $root = root;
my $scratch = scratch;
my $wind    = 't/data/good/green-wind-loan.xml';
my $nuclear = 't/data/good/green-nuclear-loan.xml';
my $plain   = 't/data/good/pacs.008-drawdown.xml';
my @now     = ('--now', '2026-11-23T10:15:00+08:00');

# A configuration in which Xiamen sends and Taipei receives; `$lines` are of
# Taipei's partner.
sub conf {
    my ($name, $lines) = @_;
    my ($pin_1, $pin_2) = map { $_ x 64 } 1, 2;

    return write_file($name, <<"END");
events { }
http {
    egret_environment test;
    egret_gateway bic=EGRTCNB0XXX;
    egret_schemas $root/schemas;
    egret_reference $root/conf/reference;
    egret_taxonomies $root/conf/taxonomies/*.tsv;
    egret_crosswalks $root/conf/crosswalks/*.sssom.tsv;
    egret_partner xiamen-bank {
        certificate spki-sha256=$pin_1; party bic=XMBKCNB0XXX
            lei=984500EGRETXMNBK0117;
        accept pacs.008.001.08;
    }
    egret_partner taipei-bank {
        certificate spki-sha256=$pin_2; party bic=TPBKTWT0XXX;
        accept pacs.008.001.08;
        $lines
    }
}
END
}

my ($code, $out, $err);
my @ends = ('--from', 'xiamen-bank', '--to', 'taipei-bank');

# A partner's rules run

write_file('hold.lua', <<'END');
return { receive = function(m)
  for i, p in ipairs(m.green.projects) do
    m:hold{ code = "TPB-001", at = p, reason = "projects are looked at" }
  end
end }
END
my $ruled = conf('ruled.conf', 'rules hold.lua;');

($code, $out, $err) = egret('check', '--conf', $ruled, @ends, @now,
                            $wind, $plain, $wind);
is($code, 1, "the receiver's rule holds") or diag($out, $err);
is(scalar(() = $out =~ /: hold \S+ \S*Prj\[1\]: .*projects are looked at/g), 2,
   'each green message, and finds the place');
like($err, qr/^3 messages: 1 accepted, 0 warned, 2 held, 0 rejected$/m,
     'but no plain one');
($code, $out, $err) = egret('answer', '--conf', $ruled, @ends, @now, $wind);
is($code, 1, 'egret answer runs it, too') or diag($err);
like($err, qr/^egret: held: /m, 'with the same verdict');

# Nothing to look at for a rule: the schema's word alone

for my $case ([ X05 => 'ChrgBr>SHAR', 'ChrgBr>NONE' ],
              [ X07 => 'Vrsn="1.0"',  'Vrsn="1.1"' ]) {
    my ($finding, $good, $bad) = @$case;

    my $refused = read_file($wind) =~ s/\Q$good/$bad/r;
    (undef, $out) = egret('check', '--conf', $ruled, @ends, @now,
                          write_file('refused.xml', $refused));
    like($out, qr/\A\N*: reject $finding \N*\n\z/,
         "a message with $finding runs no rule");
}

write_file('loop.lua', <<'END');
return { receive = function(m) while true do end end }
END
($code, $out) = egret('check', '--conf', conf('loop.conf', 'rules loop.lua;'),
                      @ends, @now, $plain, $plain);
is($code, 1, 'a rule that loops ends');
is(scalar(() = $out =~ /: hold U02 .*loop\.lua/g), 2,
   'as U02 for each message');

# Whose rule it is: the receiver's "severity" makes its own rules milder, not
# those of the sender

write_file('both.lua', <<'END');
return {
  send = function(m) m:hold{ code = "OWN-1", reason = "not sent" } end,
  receive = function(m) m:hold{ code = "OWN-2", reason = "not taken" } end
}
END
my $mild = read_file(conf('mild.conf', 'rules both.lua; severity U01 warn;'));
$mild =~ s/(accept pacs[.]008[.]001[.]08;)/$1 rules both.lua;/;
($code, $out, $err) = egret('check', '--conf', write_file('mild.conf', $mild),
                            @ends, @now, $wind);
like($out, qr/: hold U01 .*not sent \(OWN-1\)/,
     "the sender's rule holds, whatever the receiver thinks of U01")
    or diag($err);
like($out, qr/: warn U01 .*not taken \(OWN-2\)/, "the receiver's own warns");

# The most that fits into a message, each project with little to say

my $project = '<Prj><Id Schm="OWN">P</Id><Nm Lang="en">x</Nm><Jursdctn>CN'
    . '</Jursdctn><Allctd Ccy="CNY">1</Allctd><LblRef>1</LblRef></Prj>';
my $large_block = read_file($wind) =~ s{<Prj>.*</Prj>}{$project x 7000}esr;

write_file('count.lua', <<'END');
return { receive = function(m)
  local count = 0
  for i, p in ipairs(m.green.projects) do
    if p.jurisdiction == "CN" then count = count + 1 end
  end
  m:warn{ code = "TPB-001", reason = "projects: " .. count }
end }
END
($code, $out, $err) = egret('check', '--conf',
                            conf('count.conf', 'rules count.lua;'), @ends,
                            @now, write_file('large.xml', $large_block));
like($out, qr/ warn U01 .*: projects: 7000 /,
     'rules have memory and steps for a large block') or diag($err);

# Digests

my $bare = 't/data/digest/smallest.xml';
my ($smallest, $large) = map { read_file("t/data/digest/$_.hex") =~ s/\s+\z//r }
    qw(smallest green-wind-loan);
($code, $out, $err) = egret('block', 'digest', $bare);
is($code, 0, 'a block on its own has a digest') or diag($err);
is($out, "$smallest 5f3a7c10-2e94-4d86-9b0a-c1d2e3f40502 /GrnFin\n",
   'that of the other implementation, with id and place');
($code, $out) = egret('block', 'digest', $wind, $bare);
is($code, 0, 'of a message, too');
like($out, qr{\A$large\ \S+\ /Document/\S+/GrnFin\ \Q$wind\E\n
              $smallest\ \S+\ /GrnFin\ \Q$bare\E\n\z}x,
     'several files are named');
is((egret({ in => $wind }, 'block', 'digest', '-'))[1] =~ s/ .*//sr, $large,
   'on standard input, too');
($code, $out, $err) = egret('block', 'digest', $plain);
is("$code $out", '0 ', 'no block, no line');
like($err, qr/no green block$/, 'which is said');

my $wrong = write_file('wrong.xml', "<?xml version=\"1.0\"?>\n  "
                       . read_file($bare) =~ s/FINL/FINX/r);
($code, $out, $err) = egret('block', 'digest', $wrong);
is("$code $out", '1 ', 'a block with a fault has none');
my $column = 3 + index read_file($bare), '<Sts>';
like($err, qr{^\Q$wrong\E:2:$column: reject X05 /GrnFin/Sts: },
     'its place is that in the file');
is((egret('block', 'digest', "$scratch/none"))[0], 2, 'a file must be there');

# Why

my $from = 'CN-GFEPC/2025/4.2.1';
my @day  = ('--on', '2026-11-23');
($code, $out, $err) = egret('explain', $from, 'TPEX/2023', @day);
is($code, 0, 'a label is explained') or diag($err);
like($out, qr/^verdict +translated, TRLD\nbecomes +TPEX-1, \S+TPEX\.tsv:\d+$/m,
     'verdict, code and its place');
like($out, qr/^  en +Construction and operation of wind power/m, 'heading');
like($out, qr/^row +\S+tpex-2023\.sssom\.tsv:\d+\n  result +used$/m,
     'the row used, with file and line');
like($out, qr/relation +scope broad, criteria not-required, dnsh not-compared/,
     'its relation in each dimension');
like($out, qr/justification +semapv:ManualMappingCuration/, 'justification');
like($out, qr/own-assessment: .* no authority has approved it/,
     'and whose assessment it is');
like($out, qr/^on +2026-11-23 \(APPR\)$/m, 'on which date');

for my $row (
    ['CN-GFEPC/2025/4.1.5', 'LMA-GLP/2025', 'no counterpart', ''],
    [$from, 'IN-SEBI/2023', 'needs assessment', 'row'],
    [$from, 'LMA-GLP/2025', 'translated', ''],
    [$from, 'CN-GFEPC/2025', 'stands', ''],
    ['CN-GFEPC/2025/9.9.9', 'CN-GFEPC/2025', 'stands', 'source code'],
    ['CN-GFEPC/2025/4.2', 'CN-GFEPC/2025', 'stands', 'source code'],
    [$from, 'CN-GFEPC/2025', 'stands', 'source in force', '--on', '2025-09-30'],
    ['CN-GFEPC/2025/1.5.1', 'TPEX/2023', 'needs assessment', 'scope'],
    ['CN-GFEPC/2025/9.9.9', 'TPEX/2023', 'needs assessment', 'source code'],
    [$from, 'TPEX/2023', 'needs assessment', 'source in force',
     '--on', '2025-08-01'],
    [$from, 'TPEX/2023', 'translated', '',
     '--on', '2025-06-01', '--kind', 'FILD'],
) {
    my ($label, $to, $verdict, $missing, @options) = @$row;

    @options = @day if !@options;
    ($code, $out) = egret('explain', $label, $to, '--format', 'json', @options);
    my $object = decode_json($out);
    is($object->{verdict}, $verdict, "$label to $to @options: $verdict");
    is(join(', ', @{ $object->{missing} }), $missing, "missing: $missing");
}
($code, $out) = egret('explain', $from, 'TPEX/2023/TPEX-2', @day);
unlike($out, qr/^row/m, 'rows to other codes are left out');
like($out, qr/^not +TPEX-2$/m, 'and the code asked for is said not to be it');
($code, $out) = egret('explain', $from, 'TPEX/2023', @day, '--conf', $ruled);
like($out, qr/^verdict +translated/m, "by an operator's configuration");
($code, $out) = egret('explain', $from, 'TPEX/2023', @day,
                      '--taxonomies', 'conf/taxonomies/*.tsv', '--crosswalks',
                      'conf/crosswalks/*eu-tax*.tsv');
like($out, qr/^missing +row$/m, 'by other files');

# Through a third taxonomy

for my $file ('conf/taxonomies/CN-GFEPC-2025.tsv', 'conf/taxonomies/TPEX.tsv',
              't/data/labels/OTHER-1.tsv', 't/data/labels/parts.sssom.tsv',
              't/data/labels/other.sssom.tsv')
{
    write_file($file =~ s{.*/}{chain-}r, read_file($file));
}
my @chain = ('explain', $from, 'TPEX/2023', @day,
             '--taxonomies', "$scratch/chain-[CTO]*.tsv",
             '--crosswalks', "$scratch/chain-*.sssom.tsv");
($code, $out, $err) = egret(@chain);
is($code, 0, 'a chain of two rows is explained') or diag($err);
like($out, qr/^missing +fact$/m, 'with what its first row asks for');
like($out, qr{^row +\S*chain-other\.sssom\.tsv:11\n +result +lacks }m,
     'the row that leads to the target');
like($out, qr{^ +behind +\S*chain-parts\.sssom\.tsv:11\n +through +OTHER/1/A$}m,
     'and the one before it');
like($out, qr/^ +condition +technology in \(OFWD, ONWD\) and industry/m,
     'its condition');
like($out, qr{^ +threshold +criterion LCGE <= 100 gCO2e/kWh$}m,
     'and its threshold');
($code, $out) = egret(@chain, '--format', 'json');
is(decode_json($out)->{rows}[0]{via}{code}, 'A', 'and so in JSON');

# What the receiver would get

my $mapped = conf('mapped.conf', 'taxonomy TPEX/2023;');
($code, $out, $err) = egret('translate', '--conf', $mapped, @ends, @now, $wind);
is($code, 0, 'a green message is translated') or diag($err);
like($out, qr/GrnXltn.*<(?:\w+:)?Cd>TPEX-1</s, 'the label stands beside it');
is($out =~ s{<((?:\w+:)?SplmtryData)>(?:(?!</\1>).)*GrnXltn.*?</\1>}{}sr
        =~ s/\s//gr,
   read_file($wind) =~ s/\s//gr, 'nothing else has changed');
my $translated = write_file('translated.xml', $out);
is((egret('check', '--schema-only', $translated))[0], 0, 'it is valid');
($code, $out) = egret('translate', '--conf', $mapped, @ends, @now, $plain);
is($code, 0, 'a plain message goes on');
is($out, read_file($plain), 'as it is');
($code, $out, $err) = egret('translate', '--conf', $ruled, @ends, @now, $wind);
is("$code $out", '1 ', 'one that is held is not printed');
like($err, qr/: hold U01 .*\negret: held\n\z/, 'but why');

($code, $out, $err) = egret('translate', '--conf', $mapped, '--from',
                            'xiamen-bank', '--to', 'xiamen-bank', @now, $wind);
is("$code $out", '1 ', 'nor one for another than --to');
like($err, qr/ reject H03 .*names another receiver .*expected xiamen-bank;/,
     'which is not called unknown');
unlike((egret('help', 'translate'))[1], qr/needs --conf/,
       'its help leaves out no option that it asks for');

done_testing();
