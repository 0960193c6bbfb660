#!/usr/bin/perl
# SPDX-License-Identifier: Apache-2.0
#
# The command line and what is green: rules of partners, digests of blocks,
# translation, and why.

use strict;
use warnings;

use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use JSON::PP qw(decode_json);
use Test::More;

my $root = abs_path(dirname(__FILE__) . '/..');
chdir $root or die "$root: $!\n";

my $build   = $ENV{EGRET_BUILD} // 'build';
my $program = "$build/egret";
$program = "$root/$program" if $program !~ m{^/};
my $scratch = tempdir(CLEANUP => 1);
my $wind    = 't/data/good/green-wind-loan.xml';
my $nuclear = 't/data/good/green-nuclear-loan.xml';
my $plain   = 't/data/good/pacs.008-drawdown.xml';
my @now     = ('--now', '2026-11-23T10:15:00+08:00');

plan skip_all => "$program is not built" if !-x $program;

sub read_file {
    my ($path) = @_;

    open my $in, '<:raw', $path or die "$path: $!\n";
    local $/;

    return scalar(<$in>) // '';
}

sub write_file {
    my ($name, $text) = @_;

    my $path = "$scratch/$name";
    open my $out, '>:raw', $path or die "$path: $!\n";
    print {$out} $text;
    close $out or die "$path: $!\n";

    return $path;
}

# The exit code, standard output and standard error of a run. The first word
# may be { in => FILE } for standard input.
sub egret {
    my @words = @_;
    my $input = ref $words[0] ? (shift @words)->{in} : '/dev/null';

    my $pid = fork // die "fork: $!\n";
    if (!$pid) {
        open STDIN,  '<', $input         or die "$input: $!\n";
        open STDOUT, '>', "$scratch/out" or die "out: $!\n";
        open STDERR, '>', "$scratch/err" or die "err: $!\n";
        exec $program, @words or die "$program: $!\n";
    }
    waitpid $pid, 0;
    die "$program @words died of signal " . ($? & 127) . "\n" if $? & 127;

    return ($? >> 8, read_file("$scratch/out"), read_file("$scratch/err"));
}

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

write_file('loop.lua', <<'END');
return { receive = function(m) while true do end end }
END
($code, $out) = egret('check', '--conf', conf('loop.conf', 'rules loop.lua;'),
                      @ends, @now, $plain, $plain);
is($code, 1, 'a rule that loops ends');
is(scalar(() = $out =~ /: hold U02 .*loop\.lua/g), 2,
   'as U02 for each message');

done_testing();
