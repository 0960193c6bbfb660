# SPDX-License-Identifier: Apache-2.0
package Egret::TlsClient;

# One TLS connection to the gateway of Egret::LiveGateway that stays open, made
# by openssl(1): for what curl does not show, such as a connection kept over a
# reload, or a session that is resumed on purpose.
#
#   my $client = Egret::TlsClient->new($gateway, client => 'xiamen');
#   my $answer = $client->http("GET /v1/self HTTP/1.1\r\n...");
#   $answer->{status}, $answer->{headers}, $answer->{body}
#
# Options:
#   client    whose certificate, as in Egret::Gateway; none without it
#   sni       instead of gateway.example; '' for none
#   save      a file that the TLS session is written to
#   resume    a file that a session is read from
#   more      ['-tls1_2', ...] for openssl s_client
#
# An answer is undef when the connection is closed instead. A server that is
# silent for 30 seconds dies.

use strict;
use warnings;
use IO::Select;
use IPC::Open3 qw(open3);
use POSIX ();

use constant SILENCE => 30;

sub new {
    my ($class, $gateway, %option) = @_;
    my $sni = $option{sni} // 'gateway.example';
    my $pki = $ENV{TEST_NGINX_PKI};
    my $port = $gateway->port;
    my @command = ('openssl', 's_client', '-quiet', '-connect',
        "127.0.0.1:$port", '-CAfile', "$pki/server-ca.crt",
        ($sni eq '' ? '-noservername' : ('-servername', $sni)),
        (defined $option{client}
            ? ('-cert', "$pki/$option{client}.crt",
               '-key', "$pki/$option{client}.key") : ()),
        (defined $option{save} ? ('-sess_out', $option{save}) : ()),
        (defined $option{resume} ? ('-sess_in', $option{resume}) : ()),
        @{ $option{more} // [] });

    open my $null, '>', '/dev/null' or die "/dev/null: $!\n";
    my $pid = open3(my $in, my $out, '>&' . fileno $null, @command);
    binmode $_ for $in, $out;
    $in->autoflush(1);
    return bless { pid => $pid, in => $in, out => $out, seen => '',
                   owner => $$ }, $class;
}

sub send {
    my ($self, $bytes) = @_;
    local $SIG{PIPE} = 'IGNORE';
    print { $self->{in} } $bytes;
    return $self;
}

# One whole request, one whole answer.
sub http {
    my ($self, $request) = @_;
    return $self->send($request)->answer;
}

sub post {
    my ($self, $path, $text) = @_;
    return $self->http("POST $path HTTP/1.1\r\nHost: gateway.example\r\n"
        . "Content-Type: application/xml\r\n"
        . 'Content-Length: ' . length($text) . "\r\n\r\n$text");
}

sub get {
    my ($self, $path, $host) = @_;
    $host //= 'gateway.example';
    return $self->http("GET $path HTTP/1.1\r\nHost: $host\r\n\r\n");
}

# The next answer that has a Content-Length.
sub answer {
    my ($self) = @_;
    my $head = $self->until(qr/\r\n\r\n/) // return;
    my ($status) = $head =~ m{\AHTTP/1\.1 (\d+)};
    my %header = map { lc $_->[0] => $_->[1] }
        map { [/\A([^:]+): *(.*)\z/] } grep { /:/ } split /\r\n/, $head;
    my $length = $header{'content-length'} // 0;
    return { status => $status, headers => \%header, head => $head,
             body => $self->bytes($length) };
}

# So many bytes; undef if the connection is closed before.
sub bytes {
    my ($self, $count) = @_;
    while (length $self->{seen} < $count) {
        $self->_read or return;
    }
    return substr $self->{seen}, 0, $count, '';
}

# All up to and with what the pattern finds, taken out; undef likewise.
sub until {
    my ($self, $pattern) = @_;
    for (;;) {
        return substr $self->{seen}, 0, $+[0], ''
            if $self->{seen} =~ $pattern;
        $self->_read or return;
    }
}

# Waits for the server's end of the connection; true if nothing came before.
sub is_closed {
    my ($self) = @_;
    return $self->{seen} eq '' && !$self->_read;
}

sub close {
    my ($self) = @_;
    my $pid = delete $self->{pid} // return;
    close $self->{in};
    close $self->{out};
    kill 'TERM', $pid;
    waitpid $pid, 0;
    return;
}

sub _read {
    my ($self) = @_;
    return 0 if !defined $self->{pid};
    IO::Select->new($self->{out})->can_read(SILENCE)
        or die "the server is silent\n";
    return sysread $self->{out}, $self->{seen}, 65_536, length $self->{seen};
}

sub DESTROY {
    my ($self) = @_;
    local $?;
    $self->close if $self->{owner} == $$;
    return;
}

1;
