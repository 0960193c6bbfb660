# SPDX-License-Identifier: Apache-2.0
#
# An nginx that was built without threads: the glue's sources compile against
# its headers, and a message is then judged by the worker itself.

use strict;
use warnings;

use Cwd qw(abs_path);
use File::Basename qw(basename dirname);
use File::Temp qw(tempdir);
use Test::More;

my $root   = abs_path(dirname(abs_path(__FILE__)) . '/..');
my $build  = ($ENV{EGRET_BUILD} // "$root/build") . '/nginx';
my $nginx  = '/usr/share/nginx/src';
my $header = 'ngx_auto_config.h';

plan skip_all => "no module of the installed nginx in $build"
    if !-e "$build/$header" || !-d $nginx;

sub slurp {
    my ($path) = @_;
    open my $file, '<', $path or die "$path: $!\n";
    local $/;
    return scalar <$file>;
}

my $home = tempdir(CLEANUP => 1);
my $text = slurp("$build/$header");
$text =~ s/#ifndef NGX_THREADS\n#define NGX_THREADS .*?#endif\n//s
    or die "$header does not say NGX_THREADS\n";
open my $file, '>', "$home/$header" or die "$home: $!\n";
print {$file} $text;
close $file;

my $makefile = slurp("$build/Makefile") =~ s/\\\n//gr;
my %made = $makefile =~ /^(CC|CFLAGS|ALL_INCS)\s*=(.*)$/mg;

for my $source (glob "$root/ngx_module/*.c") {
    my $said = qx(cd $nginx && $made{CC} -fsyntax-only $made{CFLAGS} \\
        -I $home $made{ALL_INCS} $source 2>&1);
    ok($? == 0, basename($source)) or diag($said);
}

done_testing();
