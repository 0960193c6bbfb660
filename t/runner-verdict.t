# SPDX-License-Identifier: Apache-2.0

# What the runner makes of blocks that must not pass, and how it leaves the
# machine: each test runs a small test file of its own.

use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use IO::Socket::INET;
use Test::More;
use Time::HiRes qw(sleep);

my $library = abs_path(dirname(__FILE__) . '/lib');
my $scratch = tempdir(CLEANUP => 1);
my $count = 0;

my $ok_block = <<'END';
=== fine
--- config
location = /plain { return 200 "plain"; }
--- request
GET /plain
END

sub test_file {
    my ($setup, $blocks, $plan) = @_;
    my $path = "$scratch/file" . ++$count . '.t';
    open my $file, '>', $path or die "cannot write $path: $!";
    $plan //= "use Test::Nginx::Socket 'no_plan';";
    print {$file} "$plan\n$setup\nrun_tests();\n__DATA__\n$blocks";
    close $file or die;
    return $path;
}

sub command { return ($^X, "-I$library", @_) }

# Runs the file in a root of its own; returns its output and wait status.
sub run_file {
    my ($path, %environment) = @_;
    local @ENV{keys %environment} = values %environment;
    local $ENV{TEST_NGINX_SERVROOT} = "$scratch/root$count";
    my $pid = open(my $output, '-|') // die "cannot fork: $!";
    if (!$pid) {
        open STDERR, '>&', \*STDOUT;
        exec command($path);
    }
    my $text = do { local $/; <$output> };
    close $output;
    return ($text, $?);
}

sub outcome { return run_file(test_file(@_)) }

sub refuses {
    my ($expectation, $title, %also) = @_;
    my ($output, $status) = run_file(
        test_file($also{setup} // '', $ok_block . $expectation));
    ok($status != 0 && $output =~ /^not ok/m, "$title fails") or diag($output);
    return $output;
}

sub bails_out {
    my ($setup, $blocks, $reason) = @_;
    my ($output, $status) = outcome($setup, $blocks);
    like($output, qr/^Bail out!.*$reason/m, "bails out: $reason");
    return isnt($status, 0, 'and fails');
}

my ($output, $status) = outcome('', $ok_block);
is($status, 0, 'a file whose blocks hold passes') or diag($output);

refuses("--- error_code: 201\n", 'another status');
refuses("--- response_body: plane\n", 'another body');
refuses("--- response_body_like: ^x\n", 'a body that does not match');
refuses("--- response_body_unlike: plain\n", 'a body that matches unlike');
refuses("--- response_headers\nServer: apache\n", 'another header value');
refuses("--- response_headers\n! Server\n", 'a header that should be absent');
refuses("--- response_headers_like\nServer: ngin\n", 'half a header value');
refuses("--- raw_response_headers_like: X-No\n", 'raw headers');
refuses("--- raw_response_headers_unlike: Server\n", 'raw headers unlike');
refuses("--- error_log\nno such line\n", 'a missing log line',
        setup => 'timeout(0.2);');
refuses("--- no_error_log\n/plain\n", 'an unwanted log line');
refuses("--- access_log\n/no\n", 'a missing access log line',
        setup => 'timeout(0.2);');
refuses("--- no_access_log\n/plain\n", 'an unwanted access log line');
refuses("--- grep_error_log: /plain\n--- grep_error_log_out\nx\n",
        'other grepped lines');
refuses("--- shutdown_error_log\nno such line\n", 'a missing shutdown line');
refuses("--- must_die\n", 'must_die with a good configuration');
like(refuses("--- response_body eval\n'y' x 400 . 'plain'\n", 'a long body'),
     qr/differ at 0 /, 'and says where long texts differ');

refuses(<<'END', 'one error_log pattern unmatched for one of the requests',
=== each
--- config
rewrite_log on;
location / { rewrite ^/one$ /1; return 200; }
--- request eval
["GET /one", "GET /two"]
--- error_code eval
[200, 200]
--- error_log
rewritten data: "/1"
END
    setup => 'timeout(0.2); no_root_location();');
like(refuses(<<'END', 'silence', setup => 'no_root_location();'), qr/client socket timed out/, 'and says so');
=== silent
--- config
location / { proxy_pass http://127.0.0.1:1; }
--- raw_request eval
"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n"
--- timeout: 100ms
END

bails_out('', "$ok_block--- respnse_body: x\n", 'unknown section: respnse');
bails_out('', "$ok_block--- main_config\nenv A=\$TEST_NGINX_NO_SUCH;\n",
          'No environment TEST_NGINX_NO_SUCH');
bails_out('', "=== first\n--- request\nGET /\n", 'no config');
bails_out('', "=== bad\n--- config\nbogus;\n--- request\nGET /\n",
          'nginx exited with status');
bails_out('', <<'END', 'several requests need an array in error_code');
=== array
--- config
--- request eval
["GET /", "GET /"]
--- error_code: 200
END
($output, $status) = run_file(test_file('', $ok_block),
                              TEST_NGINX_BINARY => '/no/such/nginx');
like($output, qr/^Bail out!/m, 'bails out without an nginx');

sub marked {
    my (@marks) = @_;
    return join '', map { "$ok_block--- response_body: plain\n$_" } @marks;
}

for my $case ([ONLY => 2], [SKIP => 4], [LAST => 4]) {
    my ($mark, $tests) = @$case;
    ($output, $status) = outcome('', marked('', "--- $mark\n", ''));
    is($status, 0, "$mark passes") or diag($output);
    like($output, qr/^1\.\.$tests$/m, "$mark runs $tests tests");
}

($output) = outcome('repeat_each(3);', $ok_block,
    "use Test::Nginx::Socket;\nplan tests => repeat_each(3) * blocks();");
like($output, qr/\A1\.\.3\n(?:ok.*\n){3}/, 'a plan counts repetitions');

my @titles = map { "block $_" } 1 .. 12;
my $many = join '', map { $ok_block =~ s/fine/$_/r } @titles;
my $order = sub { join ',', $_[0] =~ /(block \d+)/g };
($output) = outcome('no_shuffle();', $many);
is($order->($output), join(',', @titles), 'no_shuffle keeps the order');
my $is_shuffled = 0;
for (1 .. 3) {
    ($output) = outcome('', $many);
    $is_shuffled ||= $order->($output) ne join ',', @titles;
}
ok($is_shuffled, 'blocks are shuffled');

($output) = outcome("no_root_location(); check_accum_error_log();", <<'END');
=== accumulated
--- config
rewrite_log on;
location / { rewrite ^/one$ /1; return 200; }
--- request eval
["GET /one", "GET /two"]
--- error_code eval
[200, 200]
--- error_log
rewritten data: "/1"
END
like($output, qr/\A(?:ok.*\n){4}1\.\.4/, 'check_accum_error_log keeps earlier lines');

my $settings = <<'END';
master_on(); workers(2); worker_connections(99); env_to_nginx('EGRET_A=b');
log_level('warn'); server_name("it's"); no_root_location();
END
($output, $status) = outcome($settings, $ok_block);
is($status, 0, 'settings are accepted') or diag($output);
my $conf = do {
    open my $file, '<', "$scratch/root$count/conf/nginx.conf" or die $!;
    local $/;
    <$file>;
};
for my $line ('master_process on', 'worker_processes 2', 'env EGRET_A=b',
              'worker_connections 99', "server_name 'it\\'s'")
{
    like($conf, qr/^\s*\Q$line;\E$/m, "the configuration has $line");
}
like($conf, qr/^error_log \S+ warn;$/m, 'and the log level');
unlike($conf, qr{location / }, 'and no root location');
unlike($conf, qr/^user /m, 'and a user only as root') if $> != 0;
like($conf, qr/^user root;/m, 'and user root as root') if $> == 0;

sub is_listening {
    my ($port) = @_;
    return defined IO::Socket::INET->new(PeerAddr => '127.0.0.1',
                                         PeerPort => $port);
}

sub tell_port
{
    return qq{BEGIN { \$| = 1 }\nprint "# port ", server_port(), "\\n";};
}

for my $end ('die "on purpose"', 'exit 3', 'bail_out("enough")') {
    ($output) = outcome(tell_port(), "=== ends\n--- config\n--- request\n"
        . "GET /\n--- response_body eval\n\$main::x\n--- init\n$end\n");
    my ($port) = $output =~ /# port (\d+)/;
    ok(!is_listening($port), "nginx is stopped after $end");
}

for my $signal (qw(INT TERM HUP)) {
    my $path = test_file(tell_port(), "=== waits\n--- config\n--- request\n"
        . "GET /\n--- init\nprint qq{# waits\\n}; sleep 60\n");
    local $ENV{TEST_NGINX_SERVROOT} = "$scratch/root$count";
    my $pid = open my $running, '-|', command($path);
    my $port;
    while (my $line = <$running>) {
        $port = $1 if $line =~ /# port (\d+)/;
        last if $line =~ /# waits/;
    }
    ok(is_listening($port), 'nginx serves');
    kill $signal => $pid;
    waitpid $pid, 0;
    ok(!is_listening($port), "nginx is stopped after $signal");
}

# TEST_NGINX_NO_CLEAN leaves nginx and its root for a look.
($output) = run_file(test_file(tell_port(), $ok_block),
                     TEST_NGINX_NO_CLEAN => 1);
my ($port) = $output =~ /# port (\d+)/;
ok(is_listening($port), 'TEST_NGINX_NO_CLEAN leaves nginx running');
my ($left) = $output =~ /nginx (\d+) still serves/;
kill QUIT => $left if $left;

# Many at once: no port and no root is shared.
my @running = map {
    my $path = test_file('', marked('', '', ''));
    delete local $ENV{TEST_NGINX_SERVROOT};
    open my $handle, '-|', command($path);
    $handle;
} 1 .. 6;
for my $handle (@running) {
    my $text = do { local $/; <$handle> };
    ok(close($handle), 'a file passes while others run') or diag($text);
}

done_testing();
