# SPDX-License-Identifier: Apache-2.0
#
# What goes wrong after a message was judged: what the sender is told of it,
# and the one line with the message's id that the log has.

use strict;
use warnings;

use POSIX ();
use Test::More;
use Time::HiRes qw(sleep);

use Egret::Counterpart;
use Egret::FreePort;
use Egret::LiveGateway;
use Egret::TlsClient;
use Egret::Gateway;

my $good = message();

# A message that no socket buffer takes whole.
my $large = $good =~ s{(</Envelope>)}{'<!--' . 'x' x 900_000 . "-->$1"}er;

# A gateway whose partner in Taipei is that counterpart, without TLS.
sub gateway_before {
    my ($counterpart, %section) = @_;
    my $port = ref $counterpart ? $counterpart->port : $counterpart;
    my $outcome = 'log_format outcome \'outcome=$egret_outcome '
        . 'delivered=$egret_delivered status=$status\';'
        . (delete $section{settings} // '');
    my $server = 'client_max_body_size 1m; access_log logs/outcome.log'
        . ' outcome;' . (delete $section{server} // '');
    my $scheme = delete $section{scheme} // 'http';
    my $partners = $Egret::Gateway::default{partners}
        =~ s{https://taipei_bank}{$scheme://taipei_bank}r;
    my $gateway = Egret::LiveGateway->start(
        partners  => $partners,
        upstreams => "upstream taipei_bank { server 127.0.0.1:$port; }"
            . ' upstream xiamen_bank { server 127.0.0.1:1; }'
            . ' upstream joburg_bank { server 127.0.0.1:1; }',
        settings  => $outcome,
        server    => $server,
        %section);
    $gateway->{counterpart} = $counterpart; # lives as long
    return $gateway;
}

sub lines_of {
    my ($gateway) = @_;
    return $gateway->log('error.log') =~ /\[error\].*?(egret: .*?), client:/g;
}

# What a sender is told, what the log says, and that nothing stays behind.
sub failure {
    my ($what, $gateway, $answer, %is) = @_;
    subtest $what => sub {
        my $status = $is{status} // 502;
        is($answer->{status}, $status, 'the status');
        is($answer->{headers}{'content-type'}, 'application/problem+json',
            'a problem');
        is($answer->{headers}{'egret-verdict'}, 'accepted', 'the verdict');
        like($answer->{body},
            qr/"type":"urn:x-egret:problem:\Q$is{type}\E"/, 'its type');
        like($answer->{body},
            qr/"delivered":"$is{delivered}","messageId":"XMB-20261123-0001"/,
            'what is known of the delivery');
        stays_whole($gateway, "$is{type}, delivered: $is{delivered}",
            "outcome=$is{type} delivered=$is{delivered} status=$status\n");
    };
    return;
}

sub stays_whole {
    my ($gateway, $logged, $outcome) = @_;
    is($gateway->stop, 0, 'the gateway stops');
    my @lines = lines_of($gateway);
    is(scalar @lines, 1, 'one line in the error log');
    like($lines[0] // '',
        qr/\Aegret: unanswered "XMB-20261123-0001": \Q$logged\E/,
        'it has the id and what is wrong');
    is($gateway->log('outcome.log'), $outcome, 'one line in the access log');
    unlike($gateway->log('error.log'), qr/\[(?:alert|crit|emerg)\]/,
        'nothing is left open');
    return;
}

sub serve(&;@) {
    my ($sub, @option) = @_;
    return Egret::Counterpart->start($sub, @option);
}

# Before the message went out.

{
    my $port = Egret::FreePort::take();
    my $gateway = gateway_before($port);
    failure('nobody listens', $gateway, $gateway->post('/v1/messages', $good),
        type => 'counterpart-unreachable', delivered => 'no');
}

{
    my $counterpart = serve { $_[0]->reset };
    my $gateway = gateway_before($counterpart, scheme => 'https');
    failure('a reset in the TLS handshake', $gateway,
        $gateway->post('/v1/messages', $good),
        type => 'counterpart-unreachable', delivered => 'no');
}

{
    my $counterpart = serve { $_[0]->wait_for_end };
    my $gateway = gateway_before($counterpart, scheme => 'https',
        location => 'proxy_connect_timeout 300ms;');
    failure('silence in the TLS handshake', $gateway,
        $gateway->post('/v1/messages', $good), status => 504,
        type => 'counterpart-silent', delivered => 'no');
}

{
    my $gateway = gateway_before(0, scheme => 'https',
        upstreams => $Egret::Gateway::default{upstreams},
        proxy     => $Egret::Gateway::default{proxy}
            =~ s{server-ca}{xiamen-ca}r);
    failure('a certificate of a CA that is not for servers', $gateway,
        $gateway->post('/v1/messages', $good),
        type => 'counterpart-unreachable', delivered => 'no');
}

# While it went out.

{
    my $counterpart = serve { $_[0]->read_head; $_[0]->reset }
        window => 4_096;
    my $gateway = gateway_before($counterpart);
    failure('a reset before the body was read', $gateway,
        $gateway->post('/v1/messages', $large),
        type => 'counterpart-unreachable', delivered => 'unknown');
}

{
    my $counterpart = serve { $_[0]->read_head; $_[0]->tell_test('head');
                              sleep 600 } window => 4_096;
    my $gateway = gateway_before($counterpart,
        location => 'proxy_send_timeout 300ms; proxy_read_timeout 300ms;');
    failure('a body that is not read', $gateway,
        $gateway->post('/v1/messages', $large), status => 504,
        type => 'counterpart-silent', delivered => 'unknown');
}

# After it.

{
    my $counterpart = serve { $_[0]->read_request; $_[0]->reset };
    my $gateway = gateway_before($counterpart);
    failure('a reset after the body', $gateway,
        $gateway->post('/v1/messages', $good),
        type => 'counterpart-unreachable', delivered => 'unknown');
}

{
    my $counterpart = serve { $_[0]->read_request };
    my $gateway = gateway_before($counterpart);
    failure('an end after the body', $gateway,
        $gateway->post('/v1/messages', $good),
        type => 'counterpart-unreachable', delivered => 'unknown');
}

{
    my $counterpart = serve { $_[0]->read_request; $_[0]->wait_for_end };
    my $gateway = gateway_before($counterpart,
        location => 'proxy_read_timeout 300ms;');
    failure('silence after the body', $gateway,
        $gateway->post('/v1/messages', $good), status => 504,
        type => 'counterpart-silent', delivered => 'unknown');
}

# The answer.

for my $buffering (qw(on off)) {
    my $location = "proxy_buffering $buffering;";
    my $before = sub { gateway_before($_[0], location => $location,
                                      @_[1 .. $#_]) };

    my $short = serve {
        $_[0]->read_request;
        $_[0]->answer(200, reply(), 10 + length reply());
    };
    my $gateway = $before->($short);
    failure("an answer shorter than its length, buffering $buffering",
        $gateway, $gateway->post('/v1/messages', $good),
        type => 'answer-cut-off', delivered => 'yes');

    my $reset = serve {
        $_[0]->read_request;
        $_[0]->answer(200, reply(), 10 + length reply());
        $_[0]->reset;
    };
    $gateway = $before->($reset);
    failure("an answer and then a reset, buffering $buffering", $gateway,
        $gateway->post('/v1/messages', $good), type => 'answer-cut-off',
        delivered => 'yes');

    my $chunked = serve {
        $_[0]->read_request;
        $_[0]->write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            . sprintf "%x\r\n%s\r\n", length reply(), reply());
    };
    $gateway = $before->($chunked,
        location => "$location proxy_http_version 1.1;");
    failure("an answer without its last chunk, buffering $buffering",
        $gateway, $gateway->post('/v1/messages', $good),
        type => 'answer-cut-off', delivered => 'yes');

    # A body that is not framed as its header says; the last comes in pieces.
    my $chunk = sprintf "%x\r\n%s\r\n", length reply(), reply();
    my $coded = "Transfer-Encoding: chunked\r\n\r\n";
    for my $case (["${coded}zz\r\n"], ["${coded}$chunk", "zz\r\n"],
                  [$coded . $chunk =~ s/\A\S+/3/r],
                  [$coded . $chunk =~ s/\r\n\z//r . "0\r\n\r\n"],
                  ["Transfer-Encoding: gzip\r\n\r\nabc"],
                  ["Content-Length: 99999999999999999999\r\n\r\n"],
                  ["Content-Length: -1\r\n\r\n"],
                  [$coded, 'f', 'f' x 40, "\r\n"]) {
        my @pieces = @$case;
        my $misframed = serve {
            $_[0]->read_request;
            $_[0]->write("HTTP/1.1 200 OK\r\n");
            for my $piece (@pieces) {
                $_[0]->write($piece);
                sleep 0.05;
            }
        };
        $gateway = $before->($misframed,
            location => "$location proxy_http_version 1.1;");
        my $title = join '|', @pieces;
        $title =~ s/\s+/ /g;
        failure("misframed, buffering $buffering: " . substr($title, 0, 60),
            $gateway, $gateway->post('/v1/messages', $good),
            type => 'answer-unreadable', delivered => 'yes');
    }

    my $endless = serve {
        $_[0]->read_request;
        $_[0]->write("HTTP/1.1 200 OK\r\n\r\n<!--");
        1 while $_[0]->write('x' x 10_000);
        $_[0]->tell_test('closed');
    };
    $gateway = $before->($endless, settings => 'egret_max_answer 100k;');
    my $answer = $gateway->post('/v1/messages', $good);
    $endless->wait_for('closed');
    failure("an answer without an end, buffering $buffering", $gateway,
        $answer, type => 'answer-too-large', delivered => 'yes');

    # Each byte comes in time, and the last one never.
    my $dribble = serve {
        $_[0]->read_request;
        $_[0]->write("HTTP/1.1 200 OK\r\n\r\n");
        sleep 0.02 while $_[0]->write('<');
        $_[0]->tell_test('closed');
    };
    $gateway = $before->($dribble, settings => 'egret_answer_timeout 500ms;');
    $answer = $gateway->post('/v1/messages', $good);
    $dribble->wait_for('closed');
    failure("an answer that comes for ever, buffering $buffering", $gateway,
        $answer, type => 'answer-cut-off', delivered => 'yes');

    my $slow = serve {
        $_[0]->read_request;
        my $whole = reply();
        $_[0]->write("HTTP/1.1 200 OK\r\nContent-Length: " . length($whole)
            . "\r\n\r\n");
        while (length $whole) {
            $_[0]->write(substr $whole, 0, 100, '');
            sleep 0.01;
        }
    };
    $gateway = $before->($slow);
    $answer = $gateway->post('/v1/messages', $good);
    is("$answer->{status} $answer->{body}", '200 ' . reply(),
        "an answer in many pieces comes back whole, buffering $buffering");
    $gateway->stop;
    is($gateway->log('outcome.log'),
        "outcome=passed delivered=yes status=200\n", 'and is logged so');
}

{
    my $dribble = serve {
        $_[0]->read_request;
        $_[0]->write("HTTP/1.1 200 OK\r\n");
        sleep 0.02 while $_[0]->write("X: y\r\n");
        $_[0]->tell_test('closed');
    };
    my $gateway = gateway_before($dribble,
        settings => 'egret_answer_timeout 500ms;');
    my $answer = $gateway->post('/v1/messages', $good);
    $dribble->wait_for('closed');
    failure('a header that comes for ever', $gateway, $answer,
        type => 'answer-cut-off', delivered => 'yes');
}

{
    my $half = serve { $_[0]->read_request;
                       $_[0]->write("HTTP/1.1 200 OK\r\nContent-L") };
    my $gateway = gateway_before($half);
    failure('a header that breaks off', $gateway,
        $gateway->post('/v1/messages', $good),
        type => 'answer-unreadable', delivered => 'yes');
}

{
    my $noise = serve { $_[0]->read_request;
                        $_[0]->write("thank you\r\n\r\n") };
    my $gateway = gateway_before($noise);
    failure('noise instead of HTTP', $gateway,
        $gateway->post('/v1/messages', $good),
        type => 'answer-unreadable', delivered => 'unknown');
}

# A page of the operator's is no answer of the counterpart.
{
    my $garbled = serve {
        $_[0]->read_request;
        $_[0]->write("HTTP/1.1 200 OK\r\nX: " . 'x' x 20_000
            . "\r\nContent-Length: 2\r\n\r\nok");
    };
    my $gateway = gateway_before($garbled, server =>
        'location = /sorry { internal; return 200 "sorry"; }',
        location => 'error_page 413 /egret-refused; error_page 495 496 =403'
        . ' /egret-stranger; error_page 502 =200 /sorry;');
    failure('a header that nginx does not take', $gateway,
        $gateway->post('/v1/messages', $good),
        type => 'answer-unreadable', delivered => 'yes');
}

{
    my $gateway = gateway_before(serve { $_[0]->read_request;
                                         $_[0]->answer(503, '<html/>') });
    failure('an error without a message', $gateway,
        $gateway->post('/v1/messages', $good), type => 'answer-failed',
        delivered => 'yes');
}

# The sender goes away.

# A sender whose head was taken, and whose body is waited for.
sub sender_of {
    my ($gateway, $body) = @_;
    my $client = Egret::TlsClient->new($gateway, client => 'xiamen');
    $client->send("POST /v1/messages HTTP/1.1\r\nHost: gateway.example\r\n"
        . "Content-Type: application/xml\r\nExpect: 100-continue\r\n"
        . 'Content-Length: ' . length($body) . "\r\n\r\n");
    $client->until(qr/100 Continue\r\n\r\n/) or die "no 100\n";
    return $client;
}

sub wait_until {
    my ($what, $condition) = @_;
    for (1 .. 3_000) {
        return if $condition->();
        sleep 0.01;
    }
    die "not so: $what\n";
}

# It can still be talked to, and nothing of the one that left is in its way.
sub still_serves {
    my ($gateway) = @_;
    is($gateway->post('/v1/messages', $good =~ s/XMB-20261123-0001/NEXT/gr)
        ->{headers}{'egret-verdict'}, 'accepted', 'the next sender is served');
    return;
}

subtest 'a sender that goes while it is read' => sub {
    my $gateway = gateway_before(serve { $_[0]->read_request;
                                         $_[0]->answer(204, '') });
    my $client = sender_of($gateway, $good);
    $client->send(substr $good, 0, 1_000);
    $client->close;
    wait_until('logged', sub { $gateway->log('outcome.log') ne '' });
    is($gateway->log('outcome.log'), "outcome=- delivered=- status=400\n",
        'a line in the access log');
    is_deeply([$gateway->verdicts], [], 'nothing was judged');
    still_serves($gateway);
    is($gateway->stop, 0, 'the gateway stops');
    unlike($gateway->log('error.log'), qr/\[(?:alert|crit|emerg)\]/,
        'nothing is left open');
};

# Bytes that a listener of this port has not read yet.
sub unread {
    my ($port) = @_;
    open my $table, '<', '/proc/net/tcp' or die "/proc/net/tcp: $!\n";
    my $sum = 0;
    my $local = sprintf '0100007F:%04X', $port;
    while (<$table>) {
        my (undef, $from, undef, $state, $queues) = split;
        $sum += hex +(split /:/, $queues)[1]
            if $from eq $local && $state ne '0A';
    }
    return $sum;
}

my $lua = 'return { receive = function(m) local n = 0'
    . ' for i = 1, 20000 do n = n + i end end }';
my %while = (
    'judged'             => {},
    'judged in a thread' => { settings => 'egret_offload_threshold 0;' },
    'in Lua'             => { rules => $lua },
    'in Lua in a thread' => { rules => $lua,
                              settings => 'egret_offload_threshold 0;' },
);

for my $when (sort keys %while) {
    for my $ignored (qw(off on)) {
        subtest "a sender that is gone when its message is $when,"
            . " proxy_ignore_client_abort $ignored" => sub {
            my $counterpart = serve { $_[0]->tell_test('one')
                                          if $_[0]->read_request ne '';
                                      $_[0]->answer(204, '') };
            my %is = %{ $while{$when} };
            my $rules = File::Temp->new;
            print {$rules} $is{rules} // '';
            close $rules;
            my $gateway = gateway_before($counterpart,
                location   => "proxy_ignore_client_abort $ignored;",
                settings   => $is{settings} // '',
                taipei_has => $is{rules} ? "rules $rules;" : '');
            my $client = sender_of($gateway, $good);

            # The worker stands still while the body arrives and the end of
            # the connection after it.
            kill 'STOP', $gateway->{pid};
            $client->send($good);
            wait_until('arrived', sub { unread($gateway->port)
                                            >= length $good });
            $client->close;
            kill 'CONT', $gateway->{pid};
            wait_until('logged', sub { $gateway->log('outcome.log') ne '' });
            my $outcome = $gateway->log('outcome.log');
            my @lines = lines_of($gateway);

            is_deeply([$gateway->verdicts], ['accepted'], 'it is judged');
            if ($ignored eq 'on') {
                is($outcome, "outcome=receipt delivered=yes status=200\n",
                    'the message is sent on and its outcome logged');
                is(scalar @lines, 0, 'nothing failed');
            } else {
                like($outcome, qr/\Aoutcome=sender-gone[ ]delivered=(?:no|unknown)
                         [ ]status=499\n\z/x, 'the access log says it');
                is(scalar @lines, 1, 'one line in the error log');
                like($lines[0], qr/unanswered "XMB-20261123-0001": sender-gone/,
                    'it has the id');
            }
            still_serves($gateway);
            is($gateway->stop, 0, 'the gateway stops');
            unlike($gateway->log('error.log'), qr/\[(?:alert|crit|emerg)\]/,
                'nothing is left open');
        };
    }
}

for my $ignored (qw(off on)) {
    subtest "a sender that goes while the counterpart thinks,"
        . " proxy_ignore_client_abort $ignored" => sub {
        my $counterpart = serve {
            my $body = $_[0]->read_request;
            if ($body !~ /XMB-20261123-0001/) {
                $_[0]->answer(204, '');
                return;
            }
            $_[0]->tell_test('read');
            if ($ignored eq 'on') {
                sleep 0.01 while !-e "$ENV{TEST_NGINX_PKI}/gone";
                $_[0]->answer(200, reply());
            } else {
                $_[0]->wait_for_end;
            }
        };
        unlink "$ENV{TEST_NGINX_PKI}/gone";
        my $gateway = gateway_before($counterpart,
            location => "proxy_ignore_client_abort $ignored;");
        my $client = sender_of($gateway, $good);
        $client->send($good);
        $counterpart->wait_for('read');
        $client->close;
        open my $gone, '>', "$ENV{TEST_NGINX_PKI}/gone" or die "gone: $!\n";
        wait_until('logged', sub { $gateway->log('outcome.log') ne '' });
        my @lines = lines_of($gateway);
        if ($ignored eq 'on') {
            is($gateway->log('outcome.log'),
                "outcome=passed delivered=yes status=200\n",
                'the answer is awaited and its outcome logged');
            is(scalar @lines, 0, 'nothing failed');
        } else {
            is($gateway->log('outcome.log'),
                "outcome=sender-gone delivered=unknown status=499\n",
                'the access log says that nothing is known');
            is(scalar @lines, 1, 'one line in the error log');
            like($lines[0], qr/unanswered[ ]"XMB-20261123-0001":[ ]
                               sender-gone,[ ]delivered:[ ]unknown/x,
                'it has the id');
        }
        still_serves($gateway);
        is($gateway->stop, 0, 'the gateway stops');
        unlike($gateway->log('error.log'), qr/\[(?:alert|crit|emerg)\]/,
            'nothing is left open');
    };
}

subtest 'a sender on HTTP/2 that goes while the counterpart thinks' => sub {
    my $counterpart = serve {
        my $body = $_[0]->read_request;
        return $_[0]->answer(204, '') if $body !~ /XMB-20261123-0001/;
        $_[0]->tell_test('read');
        $_[0]->wait_for_end;
    };
    my $gateway = gateway_before($counterpart,
        listen => 'listen 127.0.0.1:$TEST_NGINX_RAND_PORT_1 ssl http2;');
    my $sender = fork // die "fork: $!\n";
    if (!$sender) {
        my $pki = $ENV{TEST_NGINX_PKI};
        my $port = $gateway->port;
        my $file = "$gateway->{root}/sent";
        Egret::LiveGateway::write_file($file, $good);
        exec 'curl', '-s', '-o', "$file.answer", '--http2',
            '--cacert', "$pki/server-ca.crt", '--cert', "$pki/xiamen.crt",
            '--key', "$pki/xiamen.key",
            '--resolve', "gateway.example:$port:127.0.0.1",
            '-H', 'Content-Type: application/xml', '--data-binary', "\@$file",
            "https://gateway.example:$port/v1/messages"
            or POSIX::_exit(127);
    }
    $counterpart->wait_for('read');
    kill 'KILL', $sender;
    waitpid $sender, 0;
    wait_until('logged', sub { $gateway->log('outcome.log') ne '' });
    is($gateway->log('outcome.log'),
        "outcome=sender-gone delivered=unknown status=499\n",
        'the access log says that nothing is known');
    is(scalar(my @lines = lines_of($gateway)), 1,
        'one line in the error log');
    still_serves($gateway);
    is($gateway->stop, 0, 'the gateway stops');
    unlike($gateway->log('error.log'), qr/\[(?:alert|crit|emerg)\]/,
        'nothing is left open');
};

done_testing;
