#!/usr/bin/perl
# SPDX-License-Identifier: Apache-2.0
#
# A test file of t/ with what SAN=1 builds: `make san_tests SAN=1` puts a copy
# of this one into build/san/t for each. What a sanitizer reports of any process
# fails the file, even where the test itself sees nothing of it: of a worker
# whose master goes on, for example.

use strict;
use warnings;

use Cwd qw(abs_path);
use File::Basename qw(basename dirname);
use File::Temp qw(tempdir);

my $build = abs_path(dirname(abs_path(__FILE__)) . '/..');
my $root  = abs_path("$build/../..");
my $module = "$build/ngx_http_egret_module.so";
my $reports = tempdir(CLEANUP => 1);

my ($sanitizer) = qx{ldd $module} =~ m{=> (\S*/libasan\.so\S*)}
    or die "$module is built without ASan\n";

# nginx frees not all of its own when it exits, nor its TLS sessions. What the
# core allocates goes through none of these but for certificates, which the unit
# tests under ASan look at.
open my $file, '>', "$reports/suppressions" or die "$reports: $!\n";
print {$file} map { "leak:$_\n" } qw(ngx_alloc ngx_memalign libssl.so
                                       libcrypto.so);
close $file or die "$reports: $!\n";

my %set = (
    EGRET_BUILD             => $build,
    EGRET_SANITIZER         => $sanitizer,
    EGRET_NGINX             => $ENV{TEST_NGINX_BINARY} // '/usr/sbin/nginx',
    TEST_NGINX_BINARY       => "$root/t/lib/nginx-with-sanitizers",
    TEST_NGINX_LOAD_MODULES => $module,
    ASAN_OPTIONS            => "log_path=$reports/asan:detect_leaks=1",
    UBSAN_OPTIONS           => "log_path=$reports/ubsan:print_stacktrace=1",
    LSAN_OPTIONS            => "suppressions=$reports/suppressions:"
        . 'print_suppressions=0',
);
@ENV{ keys %set } = values %set;

chdir $root or die "$root: $!\n";
my $status = system $^X, '-It/lib', 't/' . basename(__FILE__);

for my $report (glob "$reports/*san.*") {
    open my $in, '<', $report or die "$report: $!\n";
    print STDERR "# $_" while <$in>;
    $status ||= 1 << 8;
}
exit($status >> 8 || ($status ? 1 : 0));
