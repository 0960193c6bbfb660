# SPDX-License-Identifier: Apache-2.0
package Egret::FreePort;

# A TCP port that nobody listens on and that no other test process was given.
# A port that is only probed can be taken before its user binds it; so each
# one is also held by a lock file until it is released or this process ends.
# The range ends below the ports that Linux gives to outgoing connections.

use strict;
use warnings;
use Carp qw(croak);
use Fcntl qw(:flock O_CREAT O_RDWR);
use File::Spec;
use IO::Socket::INET;

use constant { LOWEST => 20_000, COUNT => 12_000, TRIES => 2_000 };

my %lock_of;

sub take {
    my $lock_dir = File::Spec->catdir(File::Spec->tmpdir,
                                      "egret-test-ports-$>");
    mkdir $lock_dir, 0700;
    for (1 .. TRIES) {
        my $port = LOWEST + int rand COUNT;
        next if $lock_of{$port};
        sysopen my $lock, "$lock_dir/$port", O_CREAT | O_RDWR
            or croak "cannot open $lock_dir/$port: $!";
        next if !flock $lock, LOCK_EX | LOCK_NB;
        IO::Socket::INET->new(LocalAddr => '0.0.0.0', LocalPort => $port,
                              Proto => 'tcp', Listen => 1) or next;
        $lock_of{$port} = $lock;
        return $port;
    }
    croak 'no free port found';
}

sub release {
    my (@ports) = @_;
    delete @lock_of{@ports};
    return;
}

1;
