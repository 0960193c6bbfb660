# SPDX-License-Identifier: Apache-2.0
package Test::Nginx::Server;

# The nginx under test: its root, its configuration and its process.
#
# nginx runs in the foreground as our own child in a process group of its own.
# So it is stopped by a pid that cannot be another's, its exit status is seen,
# and no zombie has to be reaped by init. It is ready when its pid file is
# there: nginx writes that after it has bound its sockets.

use strict;
use warnings;
use Exporter qw(import);
use File::Path qw(make_path remove_tree);
use File::Basename qw(dirname);
use POSIX qw(WNOHANG);
use Test::More ();
use Time::HiRes qw(sleep time);
use Egret::FreePort;
use Test::Nginx::Settings qw(:DEFAULT %setting verbose run_cleanup_handlers);

our @EXPORT_OK = qw(start_server stop_server server_is_running
                    write_user_files release_ports
                    new_error_log_lines reset_error_log access_log_lines);

my $owner = $$;
my $nginx;
my $error_log_position = 0;
my %random_port;

sub conf_file  { return "$setting{server_root}/conf/nginx.conf" }
sub error_log  { return "$setting{server_root}/logs/error.log" }
sub access_log { return "$setting{server_root}/logs/access.log" }
sub pid_file   { return "$setting{server_root}/logs/nginx.pid" }
sub stderr_log { return "$setting{server_root}/logs/stderr.log" }

sub slurp {
    my ($path, $position) = @_;
    open my $file, '<', $path or return '';
    seek $file, $position, 0 if $position;
    local $/;
    return scalar <$file> // '';
}

sub write_file {
    my ($path, $content) = @_;
    make_path(dirname($path));
    open my $file, '>:raw', $path or bail_out("cannot write $path: $!");
    print {$file} $content;
    close $file or bail_out("cannot write $path: $!");
    return;
}

# $TEST_NGINX_RAND_PORT_n is a free port, the same one in all of a block.
sub variable_value {
    my ($variable, $block) = @_;
    if ($variable =~ /\ATEST_NGINX_RAND_PORT_\d+\z/) {
        return $random_port{$variable} //= Egret::FreePort::take();
    }
    return $ENV{$variable}
        // bail_out($block->name . " - No environment $variable defined");
}

sub expand_variables {
    my ($text, $block) = @_;
    $text //= '';
    $text =~ s/\$(TEST_NGINX_[_A-Z0-9]+)/variable_value($1, $block)/eg;
    return $text;
}

sub release_ports {
    Egret::FreePort::release(values %random_port);
    %random_port = ();
    return;
}

# User files: [name, content, date] rows, or text with ">>> name [date]" lines.
sub user_file_rows {
    my ($files) = @_;
    return @$files if ref $files eq 'ARRAY';
    my @rows;
    for my $line (split /^/, $files // '') {
        if ($line =~ />>> (\S+)(?:\s+(.+))?/) {
            push @rows, [$1, '', $2];
        } elsif (@rows) {
            $rows[-1][1] .= $line;
        }
    }
    return @rows;
}

sub write_user_files {
    my ($block) = @_;
    for my $row (user_file_rows(scalar $block->user_files)) {
        my ($path, $content, $date) = @$row;
        $path = html_dir() . "/$path" if $path !~ m{\A/};
        write_file($path, expand_variables($content, $block));
        next if !$date;
        local $ENV{TZ} = 'GMT';
        system('touch', '-t', $date, $path) == 0
            or bail_out($block->name . " - cannot set the date of $path");
    }
    return;
}

sub configuration {
    my ($block) = @_;
    my %part = map { $_ => expand_variables(scalar $block->$_, $block) }
        qw(main_config http_config config post_main_config);
    my $modules = join '', map { "load_module $_;\n" }
        split ' ', $ENV{TEST_NGINX_LOAD_MODULES} || '';
    my $environment = join '', map { /\s/ ? "env '$_';\n" : "env $_;\n" }
        @{ $setting{nginx_environment} }, qw(ASAN_OPTIONS LSAN_OPTIONS
        UBSAN_OPTIONS LD_PRELOAD LD_LIBRARY_PATH);
    my $user = $ENV{TEST_NGINX_WORKER_USER} || ($> == 0 ? 'root' : '');
    my $user_line = $user ? "user $user;" : '';
    my $master = $setting{master_process_enabled} ? 'on' : 'off';
    my $level = $block->log_level || $setting{log_level};
    my $server_name = $block->server_name // $setting{server_name};
    $server_name =~ s/([\\'])/\\$1/g;
    my $root_location = $setting{no_root_location} ? ''
        : "location / { root ${\html_dir()}; index index.html index.htm; }";

    return <<"END";
worker_processes $setting{workers};
daemon off;
master_process $master;
error_log ${\error_log()} $level;
pid ${\pid_file()};
$user_line
$environment
$part{main_config}
$modules
http {
    access_log ${\access_log()};
    default_type text/plain;
    keepalive_timeout 68;
$part{http_config}
    server {
        listen $setting{server_addr}:$setting{server_port};
        server_name '$server_name';
        client_max_body_size 30M;
$setting{config_preamble}
$part{config}
        $root_location
    }
}
$part{post_main_config}
events {
    accept_mutex off;
    worker_connections $setting{worker_connections};
}
END
}

# Only what a runner makes is removed: TEST_NGINX_SERVROOT may be misused.
sub remove_server_root {
    my $root = $setting{server_root};
    remove_tree(map { "$root/$_" } qw(conf html logs));
    remove_tree(glob "$root/*_temp $root/*_cache");
    return rmdir $root;
}

sub make_server_root {
    my ($block) = @_;
    my $root = $setting{server_root};
    remove_server_root();
    bail_out("$root holds files that are not the runner's") if -d $root;
    make_path(map { "$root/$_" } qw(conf html logs));
    write_file(html_dir() . '/index.html', '<html><head><title>It works!'
               . '</title></head><body>It works!</body></html>');
    write_user_files($block);
    write_file(conf_file(), configuration($block));
    $error_log_position = 0;
    return;
}

sub spawn {
    my @command = ($setting{binary}, '-p', "$setting{server_root}/",
                   '-e', error_log(), '-c', conf_file());
    verbose("starting @command");
    my $pid = fork // bail_out("cannot fork: $!");
    return $pid if $pid;
    setpgrp;
    open STDIN, '<', '/dev/null';
    open STDOUT, '>', '/dev/null';
    open STDERR, '>', stderr_log();
    exec { $command[0] } @command or POSIX::_exit(127);
}

# Makes the root and starts nginx for the block. Returns nothing once nginx
# serves, or its wait status if it exited instead.
sub start_server {
    my ($block) = @_;
    stop_server();
    make_server_root($block);
    $nginx = spawn();
    while (!-s pid_file()) {
        sleep 0.005;
        next if waitpid($nginx, WNOHANG) != $nginx;
        undef $nginx;
        bail_out("cannot run $setting{binary}") if $? >> 8 == 127;
        return $?;
    }
    return;
}

sub server_is_running { return defined $nginx }

sub exits_within {
    my ($seconds) = @_;
    my $deadline = time + $seconds;
    while (waitpid($nginx, WNOHANG) == 0) {
        return 0 if time > $deadline;
        sleep 0.005;
    }
    return 1;
}

# Stops nginx gracefully, by force if it does not go. An exit that is not a
# clean one, or a sanitizer's report, fails the test.
sub stop_server {
    return if !defined $nginx;
    my $patience = $setting{timeout};
    kill QUIT => $nginx;
    my $is_stopped = exits_within($patience);
    if (!$is_stopped) {
        Test::More::diag("nginx $nginx did not stop, it is killed");
        kill KILL => -$nginx;
        waitpid $nginx, 0;
    }
    my $status = $?;
    undef $nginx;
    my $report = slurp(stderr_log());
    if ($is_stopped && $status
        || $report =~ /Sanitizer|runtime error:/)
    {
        Test::More::fail("nginx ended with status $status");
        Test::More::diag($report);
    }
    return;
}

sub reset_error_log {
    $error_log_position = 0;
    return;
}

# The lines since the last call; all of them after check_accum_error_log.
sub new_error_log_lines {
    my $position = $setting{check_accum_error_log} ? 0 : $error_log_position;
    my $text = slurp(error_log(), $position);
    $error_log_position = $position + length $text;
    return split /^/, $text;
}

sub access_log_lines { return split /^/, slurp(access_log()) }

sub leave_server_running {
    Test::More::diag("nginx $nginx still serves on port "
        . "$setting{server_port} from $setting{server_root}");
    undef $nginx;
    return;
}

sub clean_up {
    leave_server_running() if $setting{no_clean} && defined $nginx;
    stop_server();
    my $all_passed = Test::More->builder->is_passing;
    return if $setting{no_clean} || !$setting{own_server_root};
    if ($all_passed) {
        remove_server_root();
    } elsif (-d $setting{server_root}) {
        Test::More::diag("logs and configuration: $setting{server_root}");
    }
    return;
}

for my $signal (qw(INT TERM HUP PIPE)) {
    $SIG{$signal} = sub { exit 130 };
}

END {
    if ($$ == $owner) {
        local $?;
        run_cleanup_handlers();
        clean_up();
    }
}

1;
