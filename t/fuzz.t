# SPDX-License-Identifier: Apache-2.0
#
# Each fuzz target for EGRET_FUZZ_SECONDS seconds; skipped where that is not
# set.

use strict;
use warnings;

use File::Basename qw(basename dirname);
use Cwd qw(abs_path);
use Test::More;

my $seconds = $ENV{EGRET_FUZZ_SECONDS};
my $root    = dirname(abs_path(__FILE__)) . '/..';
my @names   = map { basename($_, '_fuzz.c') } glob "$root/t/fuzz/*_fuzz.c";

plan skip_all => 'EGRET_FUZZ_SECONDS is not set' if !$seconds;
plan skip_all => 'no fuzz targets'               if !@names;
plan tests    => scalar @names;

for my $name (@names) {
    my $said = qx{$root/scripts/fuzz $seconds $name 2>&1};
    ok($? == 0, "$name: no input makes it fail") or diag($said);
}
