# SPDX-License-Identifier: Apache-2.0
#
# Messages over egret_offload_threshold are judged in nginx's thread pool: with
# the same verdict, beside small ones, and with nothing lost whatever happens
# meanwhile. What happens in which order is read from the log, never from a
# clock.

use strict;
use warnings;

use File::Temp qw(tempdir);
use Test::More;

use Egret::Gateway qw(green_line message reply);
use Egret::Http2;
use Egret::LiveGateway;
use Egret::TlsClient;

# A rule that works long on each transaction and loops on the last of twenty,
# until its budget is spent.
my $loop = 'local n = 0 return { receive = function(m) n = n + 1'
    . ' for i = 1, 900000 do end while n == 20 do end end }';
my $warn = 'return { send = function(m) m:warn{ code = "S", reason = "s" } end,'
    . ' receive = function(m) m:warn{ code = "R", reason = "r" } end }';

my $good  = message();
my $bad   = message('Ccy="CNY"' => 'Ccy="CNH"');
my $green = green_line();

my $slow = $good =~ s{(<CdtTrfTxInf>.*</CdtTrfTxInf>)}{$1 x 20}ser;

# One thread, and a log that says what it does when.
my $one = "thread_pool default threads=1;\nerror_log logs/debug.log debug;\n";

my $home = tempdir(CLEANUP => 1);
my $count = 0;

sub named {
    my ($text, $id) = @_;
    return $text =~ s/XMB-20261123-0001</$id</gr;
}

sub large {
    my ($text, $bytes) = @_;
    my $more = ($bytes // 100_000) - length($text) - length '<!---->';
    return $text =~ s{(</Envelope>)}{'<!--' . 'x' x $more . "-->$1"}er;
}

sub rules {
    my ($text) = @_;
    my $file = "$home/" . ++$count . '.lua';
    Egret::LiveGateway::write_file($file, $text);
    return "rules $file;";
}

sub gateway {
    my (%section) = @_;
    return Egret::LiveGateway->start(
        server => 'client_max_body_size 1m;'
            . ' location = /v1/validate { egret validate; }', %section);
}

sub client {
    my ($gateway) = @_;
    return Egret::TlsClient->new($gateway, client => 'xiamen');
}

sub request {
    my ($text) = @_;
    return "POST /v1/messages HTTP/1.1\r\nHost: gateway.example\r\n"
        . "Content-Type: application/xml\r\nContent-Length: "
        . length($text) . "\r\n\r\n$text";
}

# Judged in the order of the log: their ids.
sub judged {
    my ($gateway) = @_;
    return $gateway->log('error.log') =~ /egret: judged "([^"]*)"/g;
}

sub tasks {
    my ($gateway, $what) = @_;
    return scalar(() = $gateway->log('debug.log')
        =~ /^.*\[debug\].*: $what .*thread pool/mg);
}

# Lets the clients send while the worker stands still, and something else happen;
# when it goes on it finds all at once.
sub send_and {
    my ($gateway, $clients, $text, $meanwhile) = @_;
    $_->post('/v1/messages', $bad) for @$clients;
    $gateway->pause_worker(sub {
        $_->send(request($text)) for @$clients;
        $meanwhile->();
    });
    return;
}

# Returns when the old worker was told to leave: the master sleeps after that.
sub reload {
    my ($gateway, %section) = @_;
    $gateway->begin_reload(%section);
    my $new = ($gateway->workers)[-1];
    $gateway->wait_for(sub {
        $gateway->log('debug.log') =~ /start worker process $new\b.*sigsuspend/s;
    });
    return;
}

# Waits until so many tasks were given to the pool.
sub wait_for_tasks {
    my ($gateway, $wanted) = @_;
    $gateway->wait_for(sub { tasks($gateway, 'task #\d+ added to') >= $wanted });
    return;
}

sub leaves_in_peace {
    my ($gateway) = @_;
    is($gateway->stop, 0, 'nginx leaves in peace');
    unlike($gateway->log('error.log'), qr/\[(?:alert|crit|emerg)\]/,
           'without an alert');
    return;
}

# Ids and times differ from answer to answer.
sub normal {
    my ($answer) = @_;
    my %header = %{ $answer->{headers} };
    delete @header{qw(date)};
    return plain(join "\n", $answer->{status},
        (map { "$_: $header{$_}" } sort keys %header), $answer->{body});
}

sub plain {
    my ($text) = @_;
    $text =~ s/EG[0-9a-f]{32}/ID/g;
    $text =~ s/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?/TIME/g;
    return $text;
}

subtest 'the threshold decides who judges, and nothing else differs' => sub {
    my %message = (good => $good, bad => $bad, green => $green,
        'no XML' => 'x', 'cut off' => substr($good, 0, 2000));
    my %section = (
        taipei_has => 'taxonomy TPEX/2023;' . rules($warn),
        xiamen_has => rules($warn), counterpart => 'rewrite ^ /reads;',
        main => $one,
        listen => 'listen 127.0.0.1:$TEST_NGINX_RAND_PORT_1 ssl http2;');
    my ($here, $there) = map {
        gateway(%section, settings => "egret_offload_threshold $_;")
    } '256m', '0';
    my ($posts, $delivered) = (0, 0);

    for my $name (sort keys %message) {
        for my $path ('/v1/messages', '/v1/validate',
            '/v1/validate?show=translated')
        {
            for my $version ('--http1.1', '--http2') {
                my ($small, $large) = map {
                    $_->post($path, $message{$name}, $version)
                } $here, $there;
                is(normal($large), normal($small), "$name, $path, $version");
                $posts++;
                $delivered++ if $path eq '/v1/messages'
                    && $small->{status} == 200;
            }
        }
    }

    is(tasks($here, 'run task #\d+ in'), 0, 'no thread below the threshold');
    is(tasks($there, 'run task #\d+ in'), $posts, 'one task each above it');
    is_deeply([map { plain($_) } $there->delivered($delivered)],
        [map { plain($_) } $here->delivered($delivered)],
        'the same bytes are delivered');
    is_deeply([$there->verdicts], [$here->verdicts],
        'and each message is logged once');
    leaves_in_peace($_) for $here, $there;
};

subtest 'a message of just the threshold is none over it' => sub {
    my $gateway = gateway(main => $one);
    is($gateway->post('/v1/messages', large($good, 65_536))->{status}, 200,
        'judged');
    is(tasks($gateway, 'run task #\d+ in'), 0, 'by the worker itself');
    is($gateway->post('/v1/messages', large($good, 65_537))->{status}, 200,
        'a byte more: judged');
    is(tasks($gateway, 'run task #\d+ in'), 1, 'by a thread');
};

subtest 'a thread that judges yields to the worker' => sub {
    plan skip_all => 'only Linux has a priority for each thread'
        if $^O ne 'linux';
    my $gateway = gateway(main => $one, process => 'worker_processes 1;');
    is($gateway->post('/v1/messages', large($good))->{status}, 200, 'judged');
    my $worker = ($gateway->workers)[-1];
    my %nice = map { $_ => (split ' ', read_file("/proc/$worker/task/$_/stat")
        =~ s/.*\) //r)[16] } map { m{([0-9]+)$} } glob "/proc/$worker/task/*";
    my $own = delete $nice{$worker};
    is_deeply([values %nice], [$own >= 10 ? $own : 10], 'lower than its own');
};

sub read_file {
    my ($path) = @_;
    open my $file, '<', $path or die "$path: $!\n";
    local $/;
    return scalar <$file>;
}

subtest 'a small message overtakes large ones whose rules loop' => sub {
    my $gateway = gateway(main => $one, taipei_has => rules($loop));
    my @clients = map { client($gateway) } 1 .. 4;
    $clients[$_]->send(request(large(named($slow, "LARGE-$_")))) for 0 .. 3;
    wait_for_tasks($gateway, 4);

    my $small = client($gateway)->post('/v1/messages', named($bad, 'SMALL'));
    is($small->{status}, 422, 'the small one is answered');
    is($_->answer->{headers}{'egret-findings'} =~ /\bU02\b/, 1,
        'a large one, too, with what its rule did') for @clients;

    my @order = judged($gateway);
    is(scalar @order, 5, 'each judged once');
    isnt($order[-1], 'SMALL', 'the small one before the last of the large');
    leaves_in_peace($gateway);
};

subtest 'large and small ones in one connection keep their order' => sub {
    my $gateway = gateway(main => $one);
    my @messages = (large($good), $bad, large($bad), $good, large($good));
    my $client = client($gateway);
    $client->send(join '', map { request($_) } @messages);
    is(join(' ', map { $client->answer->{status} } @messages),
        '200 422 422 200 200', 'five answers');
    is(join(' ', $gateway->verdicts),
        'accepted rejected rejected accepted accepted', 'five verdicts');
    is(tasks($gateway, 'run task #\d+ in'), 3, 'three tasks');
    leaves_in_peace($gateway);
};

subtest 'many at once, with rules of both partners' => sub {
    my $gateway = gateway(main => 'thread_pool default threads=8;',
        taipei_has => rules($warn), xiamen_has => rules($warn));
    my @clients = map { client($gateway) } 1 .. 12;
    for my $round (1 .. 4) {
        $clients[$_]->send(request(large(named($good, "M-$round-$_"))))
            for 0 .. $#clients;
        for my $client (@clients) {
            my $answer = $client->answer;
            is("$answer->{status} $answer->{headers}{'egret-findings'}",
                '200 U01', "round $round");
        }
    }
    is_deeply([sort(judged($gateway))],
        [sort map { my $r = $_; map { "M-$r-$_" } 0 .. 11 } 1 .. 4],
        'each judged once');
    leaves_in_peace($gateway);
};

subtest 'a sender that is gone while a thread judges' => sub {
    my $gateway = gateway(main => $one, taipei_has => rules($loop));
    my @clients = map { client($gateway) } 1 .. 4;
    $clients[$_]->send(request(large(named($slow, "GONE-$_")))) for 0 .. 3;
    wait_for_tasks($gateway, 4);
    $_->close for @clients;
    is(client($gateway)->post('/v1/messages', named($bad, 'NEXT'))->{status},
        422, 'the worker goes on');
    $gateway->wait_for(sub { (() = $_[0] =~ /egret: judged "GONE/g) == 4 });
    leaves_in_peace($gateway);
    unlike($gateway->log('error.log'), qr/open socket/, 'nothing is left open');
};

subtest 'an HTTP/2 stream that is reset while a thread judges' => sub {
    my $gateway = gateway(main => $one, taipei_has => rules($loop),
        listen => 'listen 127.0.0.1:$TEST_NGINX_RAND_PORT_1 ssl http2;');
    my @before = map { client($gateway) } 1 .. 2;
    $_->send(request(large($slow))) for @before;
    wait_for_tasks($gateway, 2);
    my $http2 = Egret::Http2->new($gateway, client => 'xiamen');
    $http2->begin(1, '/v1/messages')->body(1, large(named($good, 'RESET')));
    wait_for_tasks($gateway, 3);
    $http2->reset(1)->get(3, '/v1/nothing');
    is($http2->answer(3)->{status}, 404, 'the connection goes on');
    $_->answer for @before;
    $gateway->wait_for(sub { $_[0] =~ /unanswered "RESET"/ });
    like($gateway->log('error.log'),
        qr/judged "RESET": accepted.*unanswered "RESET": sender-gone, delivered: no/s,
        'it is judged, and not forwarded');
    leaves_in_peace($gateway);
};

subtest 'a reload while a thread judges loses nothing' => sub {
    my %section = (main => $one, process => 'worker_processes 1;',
        taipei_has => rules($loop));
    my $gateway = gateway(%section);
    my @clients = map { client($gateway) } 1 .. 4;
    send_and($gateway, \@clients, large(named($slow, 'OLD')), sub {
        reload($gateway, %section, settings => 'egret_max_message 900k;');
    });
    is($_->answer->{headers}{'egret-findings'} =~ /\bU02\b/, 1,
        'answered by the worker that leaves') for @clients;
    is(scalar(grep { $_ eq 'OLD' } judged($gateway)), 4, 'each judged once');
    is(client($gateway)->post('/v1/messages', $bad)->{status}, 422,
        'the new worker is there');
    leaves_in_peace($gateway);
};

subtest 'a worker that may not wait closes what a thread judges' => sub {
    my %section = (process => 'worker_processes 1;',
        main => $one . 'worker_shutdown_timeout 1ms;',
        taipei_has => rules($loop));
    my $gateway = gateway(%section);
    my @clients = map { client($gateway) } 1 .. 4;
    send_and($gateway, \@clients, large($slow), sub {
        reload($gateway, %section);
    });
    is($_->answer, undef, 'a sender gets no answer') for @clients;
    $gateway->wait_for(sub { $_[0] =~ /worker process \d+ exited with code 0/ });
    leaves_in_peace($gateway);
};

subtest 'nginx is stopped at once while a thread judges' => sub {
    my $gateway = gateway(main => $one, taipei_has => rules($loop));
    my @clients = map { client($gateway) } 1 .. 4;
    $_->send(request(large($slow))) for @clients;
    wait_for_tasks($gateway, 4);
    is($gateway->stop('TERM'), 0, 'it leaves');
    unlike($gateway->log('error.log'), qr/\[(?:crit|emerg)\]|exited on signal/,
        'and does not crash');
};

subtest 'the worker judges itself when the queue is full' => sub {
    my $gateway = gateway(process => 'worker_processes 1;',
        main => $one =~ s/threads=1/threads=1 max_queue=0/r,
        taipei_has => rules($loop));
    my @clients = map { client($gateway) } 1 .. 3;
    send_and($gateway, \@clients, large($slow), sub { });
    is($_->answer->{headers}{'egret-findings'} =~ /\bU02\b/, 1, 'judged')
        for @clients;
    my $full = () = $gateway->log('error.log')
        =~ /thread pool "default" queue overflow/g;
    cmp_ok($full, '>=', 1, 'and nginx says why');
    is(tasks($gateway, 'run task #\d+ in') + $full, 3, 'each once');
    leaves_in_peace($gateway);
};

subtest 'a rule that needs too much memory does so in a thread as well' => sub {
    my $gateway = gateway(main => $one, taipei_has => rules('return { receive ='
            . ' function(m) local t = {} for i = 1, 1e9 do t[i] = i end end }'));
    for my $text (large($good), $good, large($good)) {
        is($gateway->post('/v1/messages', $text)->{headers}{'egret-findings'}
            =~ /\bU02\b/, 1, 'U02');
    }
    leaves_in_peace($gateway);
};

done_testing();
