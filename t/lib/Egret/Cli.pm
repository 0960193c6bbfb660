# SPDX-License-Identifier: Apache-2.0
package Egret::Cli;

# The command line, for test files that run it. Loading it goes to the root of
# the repository, and skips the file where the program is not built.
#
#   use Egret::Cli qw(egret read_file write_file scratch);
#   my ($code, $out, $err) = egret('check', $file);

use strict;
use warnings;
use Cwd qw(abs_path);
use Exporter qw(import);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use Test::More ();

our @EXPORT_OK = qw(egret read_file write_file scratch root);

my $root = abs_path(dirname(__FILE__) . '/../../..');
chdir $root or die "$root: $!\n";

my $program = ($ENV{EGRET_BUILD} // 'build') . '/egret';
$program = "$root/$program" if $program !~ m{^/};
my $scratch = tempdir(CLEANUP => 1);

Test::More::plan(skip_all => "$program is not built") if !-x $program;

sub root    { return $root }
sub scratch { return $scratch }

sub read_file {
    my ($path) = @_;

    open my $in, '<:raw', $path or die "$path: $!\n";
    local $/;

    return scalar(<$in>) // '';
}

# A file in the scratch folder; its path.
sub write_file {
    my ($name, $text) = @_;

    my $path = "$scratch/$name";
    open my $out, '>:raw', $path or die "$path: $!\n";
    print {$out} $text;
    close $out or die "$path: $!\n";

    return $path;
}

# The exit code, standard output and standard error of a run. The first word
# may be { in => FILE } for standard input. Dies when a signal ended it.
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

1;
