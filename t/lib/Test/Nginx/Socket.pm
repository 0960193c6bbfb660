# SPDX-License-Identifier: Apache-2.0
package Test::Nginx::Socket;

# Runs test files in Test::Nginx::Socket's block format. README.md beside this
# library says which sections there are and where this differs.

use strict;
use warnings;
use Test::Base -base;
use List::Util qw(shuffle);
use Scalar::Util qw(looks_like_number);
use Time::HiRes qw(sleep);
use Test::Nginx::Settings qw(:DEFAULT %setting run_cleanup_handlers);
use Test::Nginx::Server qw(start_server stop_server server_is_running
                           write_user_files release_ports reset_error_log);
use Test::Nginx::Request qw(requests_of);
use Test::Nginx::Client qw(send_request parse_response);
use Test::Nginx::Checks qw(check_response check_logs check_shutdown_log);

our @EXPORT = (qw(plan run_tests), @Test::Nginx::Settings::EXPORT);

my %is_section = map { $_ => 1 } qw(
    main_config http_config config post_main_config user_files server_name
    log_level request more_headers raw_request raw_request_middle_delay
    pipelined_requests server_addr_for_client timeout abort wait shutdown init
    skip_eval must_die ignore_response error_code error_code_like
    response_headers response_headers_like raw_response_headers_like
    raw_response_headers_unlike response_body response_body_like
    response_body_unlike error_log no_error_log grep_error_log
    grep_error_log_out shutdown_error_log no_shutdown_error_log access_log
    no_access_log ONLY SKIP LAST
);

my $served_block;

sub run_tests () {
    $ENV{TEST_NGINX_SERVER_PORT} //= $setting{server_port};
    my @blocks = Test::Base::blocks();
    for my $block ($setting{no_shuffle} ? @blocks : shuffle(@blocks)) {
        refuse_unknown_sections($block) if !@{ $setting{preprocessors} };
        $_->($block) for @{ $setting{preprocessors} };
        $block->set_value(name => "$0 " . $block->name);
        run_block($block);
    }
    end_of_service() if !$setting{no_clean};
    run_cleanup_handlers();
    return;
}

# A preprocessor may give meaning to sections of its own; without one an
# unknown section is a mistake that would silently test nothing.
sub refuse_unknown_sections {
    my ($block) = @_;
    my @unknown = grep { !$is_section{$_} } @{ $block->_section_order };
    bail_out($block->name . " - unknown section: @unknown") if @unknown;
    return;
}

sub run_block {
    my ($block) = @_;
    return if is_skipped($block);
    if (defined $block->must_die) {
        check_refusal($block, $_) for 0 .. $setting{repeat_each} - 1;
        return;
    }
    serve($block);
    if (defined $block->init) {
        eval $block->init;
        bail_out($block->name . " - init failed: $@") if $@;
    }
    for my $repetition (0 .. $setting{repeat_each} - 1) {
        write_user_files($block) if $repetition > 0;
        run_requests($block, $repetition);
    }
    release_ports();
    return;
}

# "--- skip_eval: 3: CODE" skips the block's 3 tests when the code is true.
sub is_skipped {
    my ($block) = @_;
    my $skip = $block->skip_eval // return 0;
    my ($count, $code) = $skip =~ /\A\s*(\d+)\s*:\s*(.*)/s or return 0;
    my $is_true = eval $code;
    bail_out($block->name . " - skip_eval \"$code\": $@") if $@;
    return 0 if !$is_true;
    my $test = Test::More->builder;
    $test->skip($block->name . ' - skip_eval')
        for 1 .. $count * $setting{repeat_each};
    return 1;
}

# A block with a configuration gets a new nginx and an empty log; one without
# goes on with the nginx of the block before.
sub serve {
    my ($block) = @_;
    if (defined $block->config) {
        end_of_service();
        my $status = start_server($block);
        if (defined $status) {
            show_error_log();
            bail_out($block->name . " - nginx exited with status $status");
        }
    } elsif (!server_is_running()) {
        bail_out($block->name . ' - no config, and no block before has one');
    }
    reset_error_log();
    $served_block = $block;
    return;
}

sub end_of_service {
    stop_server();
    if (defined $served_block
        && (defined $served_block->shutdown_error_log
            || defined $served_block->no_shutdown_error_log))
    {
        check_shutdown_log($served_block);
    }
    undef $served_block;
    return;
}

sub show_error_log {
    my @lines = Test::Nginx::Server::new_error_log_lines();
    diag(grep { /\[(?:emerg|alert|crit|error)\]/ } @lines);
    diag(Test::Nginx::Server::slurp(Test::Nginx::Server::stderr_log()));
    return;
}

sub check_refusal {
    my ($block, $repetition) = @_;
    end_of_service();
    my $status = start_server($block);
    my $expected = $block->must_die;
    my $name = $block->name . ' - nginx refuses to start';
    if (!defined $status) {
        fail($name);
    } elsif ($status & 127) {
        fail("$name, by signal $status");
    } elsif (looks_like_number($expected)) {
        is($status >> 8, $expected, $name);
    } else {
        ok($status, $name);
    }
    check_logs({ block => $block, repetition => $repetition });
    stop_server();
    release_ports();
    return;
}

sub run_requests {
    my ($block, $repetition) = @_;
    my @requests = requests_of($block);
    my $pipelined = $block->pipelined_requests;
    my $answers_each = $pipelined ? @$pipelined : 1;
    my $round = { block => $block, request => 0, repetition => $repetition,
                  is_one_of_many => $pipelined || @requests > 1 };
    for my $request (@requests) {
        my $bytes = send_request($block, $request);
        my $is_head = $request->[0]{value} =~ /\A\s*HEAD\s/;
        for my $answer (1 .. $answers_each) {
            $bytes = check_answer($round, $bytes, $is_head);
            sleep $block->wait if $block->wait;
            check_logs($round);
            $round->{request}++;
        }
        diag($block->name . " - unexpected bytes after the answer: $bytes")
            if length $bytes && !defined $block->ignore_response;
    }
    return;
}

# Returns the bytes behind the answer.
sub check_answer {
    my ($round, $bytes, $is_head) = @_;
    return $bytes if defined $round->{block}->ignore_response;
    my $response = parse_response($round->{block}, $bytes, $is_head);
    check_response($round, $response);
    return $response->{left};
}

1;
