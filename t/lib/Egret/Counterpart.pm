# SPDX-License-Identifier: Apache-2.0
package Egret::Counterpart;

# A counterpart's server that does what a test wants with each connection, over
# plain TCP, one connection after the other, in a process of its own.
#
#   my $counterpart = Egret::Counterpart->start(sub {
#       my ($peer) = @_;
#       $peer->read_request;
#       $peer->answer(200, $body);
#   });
#   $counterpart->port
#
# What the sub does not close is closed after it. $peer->tell_test($word) lets
# the test know, $counterpart->wait_for($word) waits for it.

use strict;
use warnings;
use IO::Handle;
use IO::Socket::INET;
use Socket qw(SOL_SOCKET SO_LINGER SO_RCVBUF);

sub start {
    my ($class, $serve, %option) = @_;
    my $listen = IO::Socket::INET->new(Proto => 'tcp', Listen => 64,
                                       LocalAddr => '127.0.0.1')
        or die "cannot listen: $!\n";
    # A small window makes a large body wait for who reads it.
    setsockopt $listen, SOL_SOCKET, SO_RCVBUF, $option{window}
        if $option{window};
    pipe my $hear, my $tell or die "pipe: $!\n";
    $tell->autoflush;
    my $self = bless { port => $listen->sockport, hear => $hear,
                       owner => $$ }, $class;
    $self->{pid} = fork // die "cannot fork: $!\n";
    return $self if $self->{pid};

    $SIG{PIPE} = 'IGNORE';
    while (my $socket = $listen->accept) {
        $serve->(bless { socket => $socket, tell => $tell },
                 'Egret::Counterpart::Peer');
        close $socket;
    }
    POSIX::_exit(0);
}

sub port { return $_[0]{port} }

# Reads what the peers tell until one of them tells that word.
sub wait_for {
    my ($self, $word) = @_;
    while (defined(my $line = readline $self->{hear})) {
        return if $line eq "$word\n";
    }
    die "the counterpart is gone\n";
}

# The next word that a peer told.
sub next_word {
    my ($self) = @_;
    my $line = readline $self->{hear};
    die "the counterpart is gone\n" if !defined $line;
    chomp $line;
    return $line;
}

sub DESTROY {
    my ($self) = @_;
    return if $self->{owner} != $$;
    local $?;
    kill 'KILL', $self->{pid};
    waitpid $self->{pid}, 0;
    return;
}

package Egret::Counterpart::Peer;

sub tell_test { my ($self, $word) = @_; print { $self->{tell} } "$word\n"; return }

# The head of the request, as text.
sub read_head {
    my ($self) = @_;
    $self->{read} //= '';
    while ($self->{read} !~ /\r\n\r\n/) {
        sysread $self->{socket}, $self->{read}, 65_536, length $self->{read}
            or return $self->{read};
    }
    return $self->{read} =~ s/\r\n\r\n.*/\r\n/sr;
}

# Head and body: returns the body.
sub read_request {
    my ($self) = @_;
    my ($length) = $self->read_head =~ /^Content-Length: (\d+)\r/mi;
    my ($body) = $self->{read} =~ /\r\n\r\n(.*)\z/s;
    $body //= '';
    while (length $body < ($length // 0)) {
        sysread $self->{socket}, $body, 65_536, length $body or last;
    }
    return $body;
}

# True when all of it went out.
sub write {
    my ($self, $text) = @_;
    while (length $text) {
        my $sent = syswrite $self->{socket}, $text;
        return 0 if !defined $sent;
        substr $text, 0, $sent, '';
    }
    return 1;
}

sub answer {
    my ($self, $status, $body, $length) = @_;
    $length //= length $body;
    return $self->write("HTTP/1.1 $status Whatever\r\nConnection: close\r\n"
        . "Content-Type: application/xml\r\nContent-Length: $length\r\n\r\n"
        . $body);
}

# The other side gets a reset, and no end of the stream.
sub reset {
    my ($self) = @_;
    setsockopt $self->{socket}, Socket::SOL_SOCKET, Socket::SO_LINGER,
        pack 'ii', 1, 0;
    close $self->{socket};
    return;
}

# Returns when the other side has closed.
sub wait_for_end {
    my ($self) = @_;
    1 while sysread $self->{socket}, my $rest, 65_536;
    return;
}

1;
