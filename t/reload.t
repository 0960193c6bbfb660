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



=== TEST 2: a partner's rules are read anew, and close with their worker
--- user_files
>>> rules.lua
return { receive = function(m) m:hold{ code = "R-1", reason = "old" } end }
--- taipei_has: rules $TEST_NGINX_SERVER_ROOT/html/rules.lua;
--- init
my $root = Test::Nginx::Socket::server_root();
open my $pid, '<', "$root/logs/nginx.pid" or die $!;
open my $file, '>', "$root/html/rules.lua" or die $!;
print {$file} 'return { receive = function(m)'
    . ' m:warn{ code = "R-2", reason = "new" } end }';
close $file;
kill 'HUP', <$pid>;
sleep 1;
--- pipelined_requests eval
[::post(::message()), ::post(::message())]
--- response_headers eval
["Egret-Verdict: warned\nEgret-Findings: U01",
 "Egret-Verdict: warned\nEgret-Findings: U01"]
--- no_error_log
[alert]
[emerg]
--- no_shutdown_error_log
[alert]
