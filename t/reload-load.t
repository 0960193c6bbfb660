# SPDX-License-Identifier: Apache-2.0
#
# Reloads, and the death of a worker, while 16 connections post: what was begun
# is ended, and who connects anew is served.

use strict;
use warnings;

use POSIX ();
use Test::More;
use Time::HiRes qw(sleep);

use Egret::Counterpart;
use Egret::LiveGateway;
use Egret::TlsClient;
use Egret::Gateway;

use constant { CLIENTS => 16, RELOADS => 20, WORKERS => 2 };

my $good = message();
my $whole = reply();

# The counterpart is no worker of this nginx: it outlives them.
my $counterpart = Egret::Counterpart->start(sub {
    $_[0]->read_request;
    $_[0]->answer(200, $whole);
});
my $port = $counterpart->port;
my %section = (
    process   => 'worker_processes ' . WORKERS . ';',
    partners  => $Egret::Gateway::default{partners}
        =~ s{https://taipei_bank}{http://taipei_bank}r,
    upstreams => "upstream taipei_bank { server 127.0.0.1:$port; }"
        . ' upstream xiamen_bank { server 127.0.0.1:1; }'
        . ' upstream joburg_bank { server 127.0.0.1:1; }',
);
my $gateway = Egret::LiveGateway->start(%section);
my (@clients, $hear, $orders, $tell);

pipe $hear, $tell or die "pipe: $!\n";
$tell->autoflush(1);

# Posts on one connection as long as the gateway keeps it, then on the next.
# Tells a letter for each: a for an answer, c for a connection that was closed
# without a byte after answers on it, f for one that was closed at once, b for
# an answer that broke off, w for a wrong one.
sub post_on {
    my ($order) = @_;
    my ($client, $answered);
    while (!-e $order) {
        $client //= Egret::TlsClient->new($gateway, client => 'xiamen');
        my $answer = $client->post('/v1/messages', $good);
        if (defined $answer && defined $answer->{body}) {
            $answered++;
            my $is_whole = $answer->{status} == 200
                && $answer->{body} eq $whole;
            print {$tell} $is_whole ? 'a' : 'w';
            next if ($answer->{headers}{connection} // '') ne 'close';
        } else {
            print {$tell} defined $answer || $client->{seen} ne '' ? 'b'
                : $answered ? 'c' : 'f';
        }
        $client->close;
        ($client, $answered) = (undef, 0);
    }
    $client->close if $client;
    return;
}

sub begin {
    my ($order) = @_;
    unlink $order;
    for (1 .. CLIENTS) {
        my $pid = fork // die "fork: $!\n";
        if (!$pid) {
            post_on($order);
            POSIX::_exit(0);
        }
        push @clients, $pid;
    }
    return;
}

my %count;

# Until so many answers came.
sub hear_answers {
    my ($wanted) = @_;
    my $until = ($count{a} // 0) + $wanted;
    while (($count{a} // 0) < $until) {
        sysread $hear, my $letter, 1 or die "nobody posts\n";
        $count{$letter}++;
    }
    return;
}

# The clients end, and all that they told is counted.
sub end {
    my ($order) = @_;
    open my $file, '>', $order or die "$order: $!\n";
    close $file;
    waitpid $_, 0 for splice @clients;
    print {$tell} '.';
    for (;;) {
        sysread $hear, my $letter, 1 or die "nobody tells\n";
        last if $letter eq '.';
        $count{$letter}++;
    }
    return;
}

# How many workers of those that were ever started are still there.
sub alive { return scalar grep { kill 0, $_ } $gateway->workers }

my $order = "$gateway->{root}/stop";

begin($order);
hear_answers(2 * CLIENTS);
for my $reload (1 .. RELOADS) {
    $gateway->begin_reload(%section);
    $gateway->wait_for(sub {
        $gateway->workers == ($reload + 1) * WORKERS });
    hear_answers(CLIENTS);
}
end($order);

cmp_ok($count{a}, '>=', RELOADS * CLIENTS, 'messages went on over '
    . RELOADS . ' reloads');
is($count{b} // 0, 0, 'no answer that was begun broke off');
is($count{w} // 0, 0, 'no answer was another');
is($count{f} // 0, 0, 'who connected anew was served');
$gateway->wait_for(sub { alive() == WORKERS });
is(alive(), WORKERS, 'the old workers left');

# Nobody is told that a worker is killed: whom it served connects anew.

%count = ();
begin($order);
hear_answers(2 * CLIENTS);
my ($killed) = ($gateway->workers)[-1];
kill 'KILL', $killed;
$gateway->wait_for(sub {
    $_[0] =~ /worker process $killed exited on signal 9/ });
$gateway->wait_for(sub { alive() == WORKERS });
hear_answers(4 * CLIENTS);
end($order);

is($count{w} // 0, 0, 'after kill -9 no answer was another');
cmp_ok(($count{b} // 0) + ($count{c} // 0) + ($count{f} // 0), '<=', CLIENTS,
    'each connection broke once at most');
is($gateway->stop, 0, 'the gateway stops');

my @said = grep { !/exited on signal 9/ }
    $gateway->log('error.log') =~ /^.*\[(?:alert|crit|emerg)\].*$/mg;
is_deeply(\@said, [], 'and nothing is left open');

# The other worker's connections do not notice it.
{
    my $two = Egret::LiveGateway->start(%section,
        listen => 'listen 127.0.0.1:$TEST_NGINX_RAND_PORT_1 ssl reuseport;',
        server => 'add_header X-Worker $pid always;');
    my %of;
    for (1 .. 200) {
        my $client = Egret::TlsClient->new($two, client => 'xiamen');
        my $worker = $client->post('/v1/messages', $good)
            ->{headers}{'x-worker'};
        $of{$worker} //= $client;
        last if keys %of == WORKERS;
    }
    my ($gone, $left) = sort keys %of;
    kill 'KILL', $gone;
    $two->wait_for(sub {
        $_[0] =~ /worker process $gone exited on signal 9/ });
    for my $turn (1 .. 3) {
        my $answer = $of{$left}->post('/v1/messages', $good);
        is($answer->{status}, 200, "after kill -9 the other goes on: $turn");
        is($answer->{headers}{'x-worker'}, $left, 'on the same connection');
    }
    ok($of{$gone}->is_closed, 'while connections of the killed one end');
    is($two->stop, 0, 'and the gateway stops');
}

done_testing;
