# SPDX-License-Identifier: Apache-2.0
package Test::Nginx::Settings;

# What a test file or the environment sets: read by every part of the runner,
# changed only through the functions that test files call.

use strict;
use warnings;
use Carp qw(croak);
use Cwd qw(abs_path);
use Exporter qw(import);
use File::Basename qw(basename dirname);
use File::Spec;
use Test::More ();
use Egret::FreePort;

our @EXPORT = qw(
    repeat_each workers worker_connections log_level timeout server_name
    server_addr server_port server_port_for_client master_process_enabled
    no_shuffle no_long_string no_root_location check_accum_error_log
    master_on master_off server_root html_dir env_to_nginx config_preamble
    add_block_preprocessor add_cleanup_handler bail_out
);
our @EXPORT_OK = qw(%setting verbose short_pause seconds run_cleanup_handlers);

my $port = $ENV{TEST_NGINX_RANDOMIZE} ? undef
    : $ENV{TEST_NGINX_SERVER_PORT} || $ENV{TEST_NGINX_PORT};
$port ||= Egret::FreePort::take();

our %setting = (
    repeat_each        => 1,
    workers            => 1,
    worker_connections => 64,
    log_level          => $ENV{TEST_NGINX_LOG_LEVEL} || 'debug',
    timeout            => $ENV{TEST_NGINX_TIMEOUT} || 3,
    server_name        => 'localhost',
    server_addr        => '127.0.0.1',
    server_port        => $port,
    server_port_for_client => $ENV{TEST_NGINX_CLIENT_PORT} || $port,
    master_process_enabled => ($ENV{TEST_NGINX_MASTER_PROCESS} || '') eq 'on',
    no_shuffle         => $ENV{TEST_NGINX_NO_SHUFFLE},
    check_accum_error_log => $ENV{TEST_NGINX_CHECK_ACCUM_ERR_LOG},
    binary             => $ENV{TEST_NGINX_BINARY} || 'nginx',
    no_clean           => $ENV{TEST_NGINX_NO_CLEAN},
    config_preamble    => '',
    nginx_environment  => [],
    preprocessors      => [],
    cleanup_handlers   => [],
);

# The root named by the environment is used as it is. Without one each test
# process has its own, which is removed when all its tests pass.
sub choose_server_root {
    my $project = abs_path(dirname(__FILE__) . '/../../../..');
    my $base = "$project/build/t/servroot";
    if ($ENV{TEST_NGINX_RANDOMIZE}) {
        return ("${base}_$port", 1);
    }
    if ($ENV{TEST_NGINX_SERVROOT}) {
        return (File::Spec->rel2abs($ENV{TEST_NGINX_SERVROOT}), 0);
    }
    return ("$base-" . basename($0, '.t') . "-$$", 1);
}

@setting{qw(server_root own_server_root)} = choose_server_root();
$ENV{TEST_NGINX_SERVER_ROOT} = $setting{server_root};

for my $name (qw(repeat_each workers worker_connections log_level timeout
                 server_name server_addr server_port server_port_for_client
                 master_process_enabled config_preamble))
{
    no strict 'refs';
    *$name = sub {
        $setting{$name} = shift if @_;
        return $setting{$name};
    };
}

for my $name (qw(no_shuffle no_long_string no_root_location
                 check_accum_error_log))
{
    no strict 'refs';
    *$name = sub () { $setting{$name} = 1 };
}

sub master_on ()   { return $setting{master_process_enabled} = 1 }
sub master_off ()  { return $setting{master_process_enabled} = 0 }
sub server_root () { return $setting{server_root} }
sub html_dir ()    { return "$setting{server_root}/html" }

sub env_to_nginx {
    my (@names) = @_;
    croak 'env_to_nginx: no arguments specified' if !@names;
    for my $name (@names) {
        croak "env_to_nginx: bad argument value: $name"
            if $name !~ /\A[A-Za-z_]/ || $name =~ /\n/;
    }
    push @{ $setting{nginx_environment} }, @names;
    return;
}

# As in the real module the last one added runs first.
sub add_block_preprocessor (&) {
    unshift @{ $setting{preprocessors} }, shift;
    return;
}

sub add_cleanup_handler ($) {
    unshift @{ $setting{cleanup_handlers} }, shift;
    return;
}

sub run_cleanup_handlers {
    while (my $handler = shift @{ $setting{cleanup_handlers} }) {
        $handler->();
    }
    return;
}

sub bail_out {
    my ($reason) = join '', @_;
    run_cleanup_handlers();
    return Test::More::BAIL_OUT($reason);
}

sub verbose {
    my ($line) = @_;
    Test::More::diag($line) if $ENV{TEST_NGINX_VERBOSE};
    return;
}

sub short_pause {
    my $pause = $ENV{TEST_NGINX_SLEEP} || 0.015;
    return select undef, undef, undef, 3 * $pause;
}

# "500ms", "2s" or "2", with or without a newline, in seconds.
sub seconds {
    my ($time) = @_;
    return if !defined $time;
    my ($number, $unit) = $time =~ /\A\s*([\d.]+)\s*(ms|s)?\s*\z/
        or bail_out("\"$time\" is not a time");
    return ($unit || '') eq 'ms' ? $number / 1000 : $number;
}

1;
