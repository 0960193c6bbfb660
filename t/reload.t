# SPDX-License-Identifier: Apache-2.0

# A reload builds the whole configuration anew; the old one goes with its
# workers. nginx reloads with a master process only.

use Egret::Gateway;
use Test::Nginx::Socket 'no_plan';

gateway();
master_on();
run_tests();

__DATA__

=== TEST 1: after a reload messages are judged by the new configuration
--- init
my $root = Test::Nginx::Socket::server_root();
my ($conf, $pid) = map {
    open my $file, '<', "$root/$_" or die "$root/$_: $!";
    local $/;
    scalar <$file>
} 'conf/nginx.conf', 'logs/nginx.pid';
$conf =~ s/(party +bic=XMBKCNB0XXX)[^;]*/$1/ or die 'no party';
open my $file, '>', "$root/conf/nginx.conf" or die $!;
print {$file} $conf;
close $file;
kill 'HUP', $pid;
sleep 1;
--- request eval
::post(::message())
--- error_code: 403
--- response_headers_like
Egret-Findings: T03.*
--- no_error_log
[alert]
[emerg]
