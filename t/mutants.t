#!/usr/bin/perl
# SPDX-License-Identifier: Apache-2.0
#
# Each guard of the translation of labels is needed: without it the property
# test fails.

use strict;
use warnings;

use Cwd qw(abs_path);
use File::Basename qw(dirname);

my $root  = abs_path(dirname(__FILE__) . '/..');
my $build = $ENV{EGRET_BUILD} // 'build';

chdir $root or die "$root: $!\n";
if (!-x "$build/t/unit/converge_test.t") {
    print "1..0 # SKIP the unit tests are not built\n";
    exit;
}
$ENV{BUILD} = $build;
exec 'scripts/mutants' or die "scripts/mutants: $!\n";
