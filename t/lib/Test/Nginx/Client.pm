# SPDX-License-Identifier: Apache-2.0
package Test::Nginx::Client;

# A socket that sends a request's packets and collects the answer, and the
# reading of that answer.

use strict;
use warnings;
use Exporter qw(import);
use IO::Select;
use IO::Socket::INET;
use Errno qw(EAGAIN EINTR EWOULDBLOCK);
use Test::More ();
use Time::HiRes qw(sleep);
use Test::Nginx::Settings qw(:DEFAULT verbose seconds);

our @EXPORT_OK = qw(send_request parse_response);

use constant CONNECT_TRIES => 50;

sub connect_to_server {
    my ($block, $patience) = @_;
    my $error;
    for (1 .. CONNECT_TRIES) {
        my $socket = IO::Socket::INET->new(
            PeerAddr => $block->server_addr_for_client // server_addr(),
            PeerPort => server_port_for_client(),
            Proto => 'tcp', Timeout => $patience);
        if ($socket) {
            $socket->blocking(0);
            return $socket;
        }
        $error = $@;
        sleep 0.02;
    }
    return bail_out($block->name . ' - cannot connect to port '
                    . server_port_for_client() . ": $error");
}

# Sends the packets while reading, since a server may answer early. Returns
# all bytes received until the server closes. Silence for the block's timeout
# fails the test, unless the block says `abort`.
sub send_request {
    my ($block, $packets) = @_;
    my $patience = seconds(scalar $block->timeout) // timeout();
    my @unsent = map { {%$_} } @$packets;
    if (grep { $_->{value} =~ /[^\x00-\xff]/ } @unsent) {
        bail_out($block->name . ' - a request is bytes, not wide characters');
    }
    my $socket = connect_to_server($block, $patience);
    my $wait = IO::Select->new($socket);
    my $received = '';
    while (1) {
        my $writers = @unsent ? $wait : undef;
        my ($readable, $writable) =
            IO::Select->select($wait, $writers, undef, $patience);
        if (!defined $readable) {
            next if $! == EINTR;
            report_timeout($block);
            last;
        }
        last if @$readable && !read_more($socket, \$received);
        send_more($block, $socket, \@unsent) if @$writable;
    }
    close $socket;
    verbose("received: [$received]");
    return $received;
}

sub report_timeout {
    my ($block) = @_;
    return sleep 0.005 if defined $block->abort;
    return Test::More::fail($block->name . ' - client socket timed out');
}

sub is_transient { return $! == EAGAIN || $! == EWOULDBLOCK || $! == EINTR }

# False at the end of the answer.
sub read_more {
    my ($socket, $received) = @_;
    my $count = sysread $socket, $$received, 65_536, length $$received;
    return $count || !defined $count && is_transient();
}

sub send_more {
    my ($block, $socket, $unsent) = @_;
    my $packet = $unsent->[0];
    local $SIG{PIPE} = 'IGNORE';
    my $count = syswrite $socket, $packet->{value};
    if (!defined $count) {
        @$unsent = () if !is_transient();
        return;
    }
    substr $packet->{value}, 0, $count, '';
    return if length $packet->{value};
    shift @$unsent;
    if (@$unsent) {
        sleep($unsent->[0]{delay_before}
              // $block->raw_request_middle_delay // 0);
    } elsif (defined(my $how = $block->shutdown)) {
        shutdown $socket, $how =~ /\d/ ? $how : 1;
    }
    return;
}

# { code, raw_headers, fields => { lower case name => [values] }, body, left };
# `left` is what follows the answer on the same connection. Without a status
# line the code is empty.
sub parse_response {
    my ($block, $bytes, $is_head) = @_;
    my ($head, $rest) = $bytes =~ /\A(.*?\r\n)\r\n(.*)\z/s;
    my %response = (code => '', raw_headers => $head // '', fields => {},
                    body => $rest // '', left => '');
    ($response{code}) = $1 if $bytes =~ m{\AHTTP/[\d.]+ +(\d+)\b};
    my @lines = split /\r\n/, $response{raw_headers} =~ s/\r\n[ \t]+/ /gr;
    shift @lines;
    for my $line (@lines) {
        my ($name, $value) = $line =~ /\A([^:]*?)\s*:\s*(.*?)\s*\z/ or next;
        push @{ $response{fields}{lc $name} }, $value;
    }
    return \%response if $response{code} =~ /\A(?:304|101)\z/;
    cut_body($block, \%response, $is_head);
    return \%response;
}

sub cut_body {
    my ($block, $response, $is_head) = @_;
    my $encoding = $response->{fields}{'transfer-encoding'} // [''];
    my $length = ($response->{fields}{'content-length'} // [])->[0];
    if ($encoding->[0] eq 'chunked') {
        @$response{qw(body left)} = decode_chunks($block, $response->{body})
            if !$is_head;
        return;
    }
    return if !defined $length || $length !~ /\A\d+\z/;
    if (length $response->{body} >= $length) {
        @$response{qw(body left)} = (substr($response->{body}, 0, $length),
                                     substr($response->{body}, $length));
    } elsif (!$is_head) {
        Test::More::diag($block->name . ' - response body truncated: '
            . "$length expected, got " . length $response->{body});
    }
    return;
}

sub decode_chunks {
    my ($block, $raw) = @_;
    my $body = '';
    while ($raw =~ /\G[ \t]*([0-9A-Fa-f]+)[ \t]*\r\n/gc) {
        my $size = hex $1;
        if ($size == 0) {
            return ($body, substr $raw, pos $raw)
                if $raw =~ /\G(?:[^\r\n]+\r\n)*\r\n/gc;
            last;
        }
        my $start = pos $raw;
        last if substr($raw, $start + $size, 2) ne "\r\n";
        $body .= substr $raw, $start, $size;
        pos($raw) = $start + $size + 2;
    }
    Test::More::fail($block->name . ' - invalid or incomplete chunked body');
    return ($body, '');
}

1;
