# SPDX-License-Identifier: Apache-2.0
#
# What `make install` puts on an operator's machine is all that its example
# needs: nginx -t takes it, and the command line judges a message with it.

use strict;
use warnings;

use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use Test::More;

use Egret::Example;

plan skip_all => 'one build is enough' if $ENV{EGRET_SANITIZER};

my $root  = abs_path(dirname(abs_path(__FILE__)) . '/..');
my $build = $ENV{EGRET_BUILD} // "$root/build";
my $there = tempdir(CLEANUP => 1);
my $share = "$there/usr/share";
my $egret = "$there/usr/bin/egret";

delete @ENV{qw(MAKEFLAGS MAKELEVEL MFLAGS)};
my ($status, $said) = Egret::Example::run('make', '-s', '-C', $root, 'install',
    "BUILD=$build", "DESTDIR=$there");
is($status, 0, 'make install succeeds') or diag($said);

my $home = Egret::Example->new($root, $there);
($status, $said) = $home->try(
    Egret::Example::read_file("$share/doc/egret/nginx.conf.example"));
is($status, 0, 'nginx takes the example that came with it') or diag($said);
unlike($said, qr/\Q$root\E/, 'and nothing of the place where it was built');
is(Egret::Example::read_file("$share/nginx/modules-available/mod-http-egret.conf"),
   "load_module modules/ngx_http_egret_module.so;\n",
   "Debian's way to load the module is there");

my @lists = ('--schemas', "$share/egret/schemas",
             '--reference', "$share/egret/reference");
($status, $said) = Egret::Example::run($egret, 'check', @lists,
    "$root/t/data/good/green-wind-loan.xml");
is($status, 0, 'the command line judges a message') or diag($said);
($status, $said) = Egret::Example::run($egret, 'explain', @lists,
    '--taxonomies', "$share/egret/taxonomies/*.tsv",
    '--crosswalks', "$share/egret/crosswalks/*.tsv",
    'CN-GFEPC/2025/4.2.2', 'ICMA-GBP');
is($status, 0, 'and explains a label') or diag($said);

done_testing();
