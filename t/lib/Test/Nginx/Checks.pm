# SPDX-License-Identifier: Apache-2.0
package Test::Nginx::Checks;

# What a block expects, against what came back and what was logged. The number
# of tests is that of the real module: one for the status, one for each header
# named, one for the body, one for each log pattern and request.

use strict;
use warnings;
use Exporter qw(import);
use Test::More ();
use Time::HiRes qw(time);
use Test::Nginx::Settings qw(:DEFAULT %setting short_pause);
use Test::Nginx::Server qw(new_error_log_lines access_log_lines);

our @EXPORT_OK = qw(check_response check_logs check_shutdown_log);

use constant EXCERPT => 300;

# `round` is { block, request => index of the request, is_one_of_many,
# repetition }.
sub check_response {
    my ($round, $response) = @_;
    check_status($round, $response);
    check_raw_headers($round, $response);
    check_headers($round, $response);
    check_body($round, $response);
    return;
}

# With several requests each expectation is an array with one value for each.
sub expected {
    my ($round, $section) = @_;
    my $value = $round->{block}->$section;
    return if !defined $value;
    return $value->[$round->{request}] if ref $value eq 'ARRAY';
    bail_out(name_of($round, "several requests need an array in $section"))
        if $round->{is_one_of_many};
    return $value;
}

sub name_of { return $_[0]{block}->name . " - $_[1]" }

sub with_ports {
    my ($text) = @_;
    return $text if !defined $text || ref $text;
    $text =~ s/\$ServerPortForClient\b/server_port_for_client()/eg;
    $text =~ s/\$ServerPort\b/server_port()/eg;
    return $text;
}

sub check_status {
    my ($round, $response) = @_;
    my $name = name_of($round, 'status code ok');
    if (defined(my $pattern = expected($round, 'error_code_like'))) {
        return Test::More::like($response->{code}, qr/$pattern/sm, $name);
    }
    my $code = defined $round->{block}->error_code
        ? expected($round, 'error_code') : 200;
    return Test::More::is($response->{code}, $code, $name);
}

sub check_raw_headers {
    my ($round, $response) = @_;
    my $raw = $response->{raw_headers};
    if (defined(my $like = expected($round, 'raw_response_headers_like'))) {
        Test::More::like($raw, qr/$like/s, name_of($round, 'raw headers'));
    }
    if (defined(my $unlike = expected($round,
                                      'raw_response_headers_unlike'))) {
        Test::More::unlike($raw, qr/$unlike/s,
                           name_of($round, 'raw headers unlike'));
    }
    return;
}

# [name, value] rows; the value of a "! name" line is undefined.
sub header_lines {
    my ($text) = @_;
    my %value_of;
    for my $line (split /\n/, $text) {
        $line =~ s/\A\s+|\s+\z//g;
        if ($line =~ s/\A!\s*//) {
            $value_of{$line} = undef;
        } elsif (length $line) {
            my ($name, $value) = split /\s*:\s*/, $line, 2;
            $value_of{$name} = $value // '';
        }
    }
    return map { [$_, $value_of{$_}] } sort keys %value_of;
}

sub check_headers {
    my ($round, $response) = @_;
    my ($section) = grep { defined $round->{block}->$_ }
        qw(response_headers response_headers_like) or return;
    for my $row (header_lines(expected($round, $section) // '')) {
        my ($name, $value) = @$row;
        my $got = join ', ', @{ $response->{fields}{lc $name} // [] };
        my $title = name_of($round, "header $name");
        if (!defined $value) {
            Test::More::unlike($response->{raw_headers},
                               qr/^\s*\Q$name\E\s*:/mi, "$title is absent");
        } elsif ($section eq 'response_headers_like') {
            Test::More::like($got, qr/^$value$/, "$title matches");
        } else {
            Test::More::is($got, with_ports($value), "$title ok");
        }
    }
    return;
}

sub check_body {
    my ($round, $response) = @_;
    my $block = $round->{block};
    my $body = $response->{body};
    my $name = name_of($round, "response_body (repeated req "
                       . "$round->{repetition}, req $round->{request})");
    if (defined $block->response_body) {
        my $wanted = with_ports(expected($round, 'response_body'));
        return Test::More::like($body, $wanted, $name)
            if ref $wanted eq 'Regexp';
        return is_text($body, $wanted, $name);
    }
    if (defined $block->response_body_like) {
        my $like = with_ports(expected($round, 'response_body_like'));
        return Test::More::like($body, qr/$like/s, "$name like");
    }
    if (defined $block->response_body_unlike) {
        my $unlike = with_ports(expected($round, 'response_body_unlike'));
        return Test::More::unlike($body, qr/$unlike/s, "$name unlike");
    }
    return;
}

# Long texts that differ are shown around the first difference.
sub is_text {
    my ($got, $wanted, $name) = @_;
    if ($setting{no_long_string} || !defined $wanted || $got eq $wanted
        || length($got) + length($wanted) < EXCERPT)
    {
        return Test::More::is($got, $wanted, $name);
    }
    my ($same) = ($got ^ $wanted) =~ /\A(\0*)/;
    my $from = length $same > 60 ? length($same) - 60 : 0;
    Test::More::fail($name);
    return Test::More::diag("differ at ${\length $same} (lengths "
        . length($got) . ' and ' . length($wanted) . ")\n     got: ..."
        . substr($got, $from, EXCERPT) . "\nexpected: ..."
        . substr($wanted, $from, EXCERPT));
}

# A section's patterns: a regexp, or a list of strings and regexps, or lines.
sub patterns {
    my ($value) = @_;
    return if !defined $value;
    return ref $value eq 'ARRAY' ? grep { defined } @$value
        : ref $value ? $value : grep { length } split /\n+/, $value;
}

sub as_regexp { return ref $_[0] ? $_[0] : qr/\Q$_[0]\E/ }

sub matches_a_line {
    my ($pattern, @lines) = @_;
    my $regexp = as_regexp($pattern);
    return scalar grep { /$regexp/ } @lines;
}

sub is_each_matched {
    my ($section, @lines) = @_;
    return !grep { !matches_a_line($_, @lines) } patterns($section);
}

# nginx logs some lines after it has closed the connection. So what must be
# there is waited for, up to the timeout; what must not be there is looked for
# in the lines that came by then.
sub read_until {
    my ($read, $is_complete) = @_;
    my $deadline = time + $setting{timeout};
    my @lines;
    do {
        short_pause();
        push @lines, $read->();
    } until $is_complete->(@lines) || time > $deadline;
    return @lines;
}

sub check_logs {
    my ($round) = @_;
    my $block = $round->{block};
    my $wanted = $block->error_log;
    my @lines = read_until(\&new_error_log_lines,
                           sub { is_each_matched($wanted, @_) });
    check_grep($round, @lines);
    check_present($round, 'error_log', @lines);
    check_absent($round, 'no_error_log', @lines);
    warn_of_trouble($block, @lines);
    check_access_log($round) if !defined $block->ignore_response;
    return;
}

sub check_access_log {
    my ($round) = @_;
    my ($wanted, $unwanted) = map { scalar $round->{block}->$_ }
        qw(access_log no_access_log);
    return if !defined $wanted && !defined $unwanted;
    my @lines;
    read_until(sub { @lines = access_log_lines(); return },
               sub { is_each_matched($wanted, @lines) });
    check_present($round, 'access_log', @lines);
    check_absent($round, 'no_access_log', @lines);
    return;
}

# What was logged from the block's last check to nginx's end.
sub check_shutdown_log {
    my ($block) = @_;
    my $round = { block => $block, repetition => 0 };
    my @lines = new_error_log_lines();
    check_present($round, 'shutdown_error_log', @lines);
    check_absent($round, 'no_shutdown_error_log', @lines);
    return;
}

sub check_present {
    my ($round, $section, @lines) = @_;
    for my $pattern (patterns(scalar $round->{block}->$section)) {
        Test::More::ok(matches_a_line($pattern, @lines), name_of($round,
            "$section has \"$pattern\" (req $round->{repetition})"));
    }
    return;
}

sub check_absent {
    my ($round, $section, @lines) = @_;
    for my $pattern (patterns(scalar $round->{block}->$section)) {
        my $regexp = as_regexp($pattern);
        my @found = grep { /$regexp/ } @lines;
        Test::More::ok(!@found, name_of($round,
            "$section lacks \"$pattern\" (req $round->{repetition})"));
        Test::More::diag(@found) if @found;
    }
    return;
}

sub of_repetition {
    my ($round, $section) = @_;
    my $value = $round->{block}->$section;
    return ref $value eq 'ARRAY' ? $value->[$round->{repetition}] : $value;
}

# The matched parts of the lines, a line each, are compared as one text.
sub check_grep {
    my ($round, @lines) = @_;
    my $pattern = of_repetition($round, 'grep_error_log');
    my $wanted = of_repetition($round, 'grep_error_log_out');
    if (defined $pattern != defined $wanted) {
        bail_out(name_of($round,
                         'grep_error_log needs grep_error_log_out'));
    }
    return if !defined $pattern;
    my $regexp = as_regexp($pattern);
    my $found = join '', map { "$_\n" } grep { !/\n/ }
        map { /($regexp)/ ? $1 : () } @lines;
    my $name = name_of($round, "grep_error_log_out (req $round->{repetition})");
    return ref $wanted ? Test::More::like($found, $wanted, $name)
        : is_text($found, $wanted, $name);
}

# Lines that no block asked for: a crash fails, other trouble is shown.
sub warn_of_trouble {
    my ($block, @lines) = @_;
    my $asked_for = join "\n", patterns(scalar $block->error_log),
                               patterns(scalar $block->no_error_log);
    for my $level (qw(alert crit emerg)) {
        next if $level eq 'emerg' && defined $block->must_die;
        next if $asked_for =~ /\Q[$level\E/;
        Test::More::diag($block->name . " - $_")
            for grep { /\[$level\]/ } @lines;
    }
    Test::More::fail($block->name . " - $_") for grep {
        /\bAssertion .*?failed\b|exited on signal (?:4|6|7|8|11)\b/ } @lines;
    return;
}

1;
