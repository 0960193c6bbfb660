# SPDX-License-Identifier: Apache-2.0
package Egret::Http2;

# Streams of one HTTP/2 connection (RFC 9113) over an Egret::TlsClient, frame
# by frame: for what curl does not show, such as a stream that stays open while
# another one begins.
#
#   my $http2 = Egret::Http2->new($gateway, client => 'xiamen');
#   $http2->begin(1, '/v1/messages');     # POST, its body is to come
#   $http2->body(1, $text);               # the last of it
#   $http2->get(3, '/v1/self');
#   my $answer = $http2->answer(1);       # status, block, body
#   $http2->is_ending                     # GOAWAY was seen

use strict;
use warnings;
use Egret::TlsClient;

use constant {
    DATA => 0, HEADERS => 1, RESET => 3, SETTINGS => 4, PING => 6, GOAWAY => 7,
    END_STREAM => 1, ACKNOWLEDGED => 1, END_HEADERS => 4,
};

sub new {
    my ($class, $gateway, %option) = @_;
    my $client = Egret::TlsClient->new($gateway, %option,
        more => ['-alpn', 'h2', @{ $option{more} // [] }]);
    my $self = bless { client => $client, streams => {} }, $class;
    $client->send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    $self->_send(SETTINGS, 0, 0, '');
    return $self;
}

# A POST whose body is to come.
sub begin {
    my ($self, $stream, $path) = @_;
    $self->_send(HEADERS, END_HEADERS, $stream, _fields(
        ':method' => 'POST', ':scheme' => 'https', ':path' => $path,
        ':authority' => 'gateway.example',
        'content-type' => 'application/xml'));
    return $self;
}

sub get {
    my ($self, $stream, $path, $host) = @_;
    $self->_send(HEADERS, END_HEADERS | END_STREAM, $stream, _fields(
        ':method' => 'GET', ':scheme' => 'https', ':path' => $path,
        ':authority' => $host // 'gateway.example'));
    return $self;
}

sub body {
    my ($self, $stream, $text) = @_;
    my @parts = unpack '(a16000)*', $text;
    while (defined(my $part = shift @parts)) {
        $self->_send(DATA, @parts ? 0 : END_STREAM, $stream, $part);
    }
    return $self;
}

# Ends a stream before its answer.
sub reset {
    my ($self, $stream) = @_;
    $self->_send(RESET, 0, $stream, pack 'N', 8);
    return $self;
}

# Reads until the stream ends; undef when the connection does before.
sub answer {
    my ($self, $stream) = @_;
    my $of = $self->{streams}{$stream} //= { body => '' };
    while (!$of->{is_done}) {
        $self->_read or return;
    }
    return $of;
}

sub is_ending { return $_[0]{goaway} }

# Reads until the server ends the connection.
sub drain {
    my ($self) = @_;
    1 while $self->_read;
    return $self;
}

sub _send {
    my ($self, $type, $flags, $stream, $payload) = @_;
    $self->{client}->send(pack('CnCCN', length($payload) >> 16,
        length($payload) & 0xffff, $type, $flags, $stream) . $payload);
    return;
}

sub _read {
    my ($self) = @_;
    my $head = $self->{client}->bytes(9) // return 0;
    my ($high, $low, $type, $flags, $stream) = unpack 'CnCCN', $head;
    my $payload = $self->{client}->bytes($high << 16 | $low) // return 0;
    my $of = $self->{streams}{$stream} //= { body => '' };
    $self->_send(SETTINGS, ACKNOWLEDGED, 0, '')
        if $type == SETTINGS && !($flags & ACKNOWLEDGED);
    $self->{goaway} = 1 if $type == GOAWAY;
    ($of->{block}, $of->{status}) = ($payload, _status($payload))
        if $type == HEADERS;
    $of->{body} .= $payload if $type == DATA;
    $of->{is_done} = 1 if $type == RESET
        || (($type == HEADERS || $type == DATA) && ($flags & END_STREAM));
    return 1;
}

# nginx begins each header block with the status: indexed, or in three digits.
sub _status {
    my ($block) = @_;
    return 200 if $block =~ /\A\x88/;
    return 404 if $block =~ /\A\x8d/;
    return $block =~ /\A[\x08\x48]\x03(\d{3})/ ? $1
        : die 'a status in another form: ' . unpack('H*', $block) . "\n";
}

# Literal fields, never indexed, without Huffman's code (RFC 7541 6.2.3).
sub _fields {
    my (@pairs) = @_;
    my $block = '';
    while (my ($name, $value) = splice @pairs, 0, 2) {
        $block .= pack 'C C/a* C/a*', 0x10, $name, $value;
    }
    return $block;
}

1;
