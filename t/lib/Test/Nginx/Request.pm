# SPDX-License-Identifier: Apache-2.0
package Test::Nginx::Request;

# From a block's request sections to the bytes that go over the wire.
#
# requests_of returns a list of requests; each is a list of packets
# { value => BYTES, delay_before => SECONDS }. A request is written as
# "METHOD [URI [VERSION]]" with the body from the second line on; headers
# are added here, a body that is neither chunked nor has its own
# Content-Length is trimmed and gets one.

use strict;
use warnings;
use Exporter qw(import);
use Test::Nginx::Settings qw(:DEFAULT);

our @EXPORT_OK = qw(requests_of);

sub requests_of {
    my ($block) = @_;
    my $raw = $block->raw_request;
    if (defined $raw) {
        return [map { { value => $_ } } ref $raw ? @$raw : $raw];
    }
    if (my $pipelined = $block->pipelined_requests) {
        return [{ value => pipeline($block, $pipelined) }];
    }
    my $request = $block->request;
    bail_out($block->name . ' - no request') if !defined $request;
    return packets_of($block, without_comments($request), 0)
        if !ref $request;
    return map { packets_of($block, $request->[$_], $_) } 0 .. $#$request;
}

sub without_comments {
    my ($request) = @_;
    1 while $request =~ s/\A(?:\s*\#[^\n]+\s+|\s+)//;
    return $request;
}

sub pipeline {
    my ($block, $requests) = @_;
    bail_out($block->name . ' - pipelined_requests must be an array')
        if ref $requests ne 'ARRAY';
    return join '', map {
        my $connection = $_ == $#$requests ? 'close' : 'keep-alive';
        my ($head, $body) = head_and_body($block, $requests->[$_], $_,
                                          $connection);
        $head . $body;
    } 0 .. $#$requests;
}

sub more_headers {
    my ($block, $index) = @_;
    my $headers = $block->more_headers // '';
    if (ref $headers eq 'ARRAY') {
        $headers = $headers->[$index] // bail_out($block->name
            . " - more_headers has none for request $index");
    }
    my $lines = '';
    for my $line (grep { !/\A\s*\#/ } split /\n+/, $headers) {
        my ($name, $value) = split /:\s*/, $line, 2;
        $lines .= "$name: " . ($value // '') . "\r\n";
    }
    return $lines;
}

sub head_and_body {
    my ($block, $request, $index, $connection) = @_;
    my ($line, $body) = split /\n/, $request, 2;
    $body //= '';
    my ($method, $uri, $version, $rest) = split ' ', $line // '';
    if (!defined $method || defined $rest) {
        bail_out($block->name . " - not a request line: $request");
    }
    my $more = more_headers($block, $index);
    my $length = '';
    my $is_framed = $more =~ /^Content-Length:/m
        || $more =~ /^Transfer-Encoding: chunked\r$/mi;
    if ($body ne '' && !$is_framed) {
        $body =~ s/\A\s+|\s+\z//g;
        $length = 'Content-Length: ' . length($body) . "\r\n";
    }
    my $head = join ' ', $method, $uri // '/', $version // 'HTTP/1.1';
    $head .= "\r\n";
    $head .= "Host: ${\server_name()}\r\n" if $more !~ /^Host:/mi;
    $head .= "Connection: $connection\r\n" if $more !~ /^Connection/mi;
    return ("$head$more$length\r\n", $body);
}

# A request written as several packets is cut at the same places of its body.
# A cut in the request line moves with the line's text; one at the line's end
# falls behind the headers.
sub packets_of {
    my ($block, $request, $index) = @_;
    my @packets = map { ref $_ ? {%$_} : { value => $_ } }
        ref $request ? @$request : $request;
    my $text = join '', map { $_->{value} } @packets;
    my ($blank) = $text =~ /\A(\s*)/;
    my ($head, $body) = head_and_body($block, substr($text, length $blank),
                                      $index, 'close');
    my ($line) = substr($text, length $blank) =~ /\A([^\n]*\n?)/;
    my ($head_line) = $head =~ /\A([^\r]*)/;
    my ($sent, $written) = (0, 0);
    my $bytes = "$head$body";
    for my $packet (@packets) {
        $written += length $packet->{value};
        my $in_line = $written - length $blank;
        my $end = $in_line < length $line
            ? smaller($in_line, length $head_line)
            : length($head) + $in_line - length $line;
        $end = length $bytes if $packet == $packets[-1];
        $end = smaller($end, length $bytes);
        $end = $sent if $end < $sent;
        $packet->{value} = substr $bytes, $sent, $end - $sent;
        $sent = $end;
    }
    return \@packets;
}

sub smaller {
    my ($one, $other) = @_;
    return $one < $other ? $one : $other;
}

1;
