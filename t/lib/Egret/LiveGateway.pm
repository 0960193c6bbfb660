# SPDX-License-Identifier: Apache-2.0
package Egret::LiveGateway;

# The gateway of Egret::Gateway for test files that are not written in blocks:
# those that need curl, for HTTP/2 or for many messages.
#
#   my $gateway = Egret::LiveGateway->start(location => '...');
#   my $answer = $gateway->curl('/v1/messages', '--http2', ...);
#   $answer->{status}, $answer->{version}, $answer->{headers}, $answer->{body}
#
# The sections are those of Egret::Gateway; besides, `main` stands outside of
# http {}, `bare` leaves out all that is Egret's, and `process` stands instead
# of `master_process off;`. With a master and one worker,
#   $gateway->reload(%section);
# takes a new configuration. The gateway stops with
# the object.

use strict;
use warnings;
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use POSIX qw(WNOHANG);
use Time::HiRes qw(sleep);
use Egret::FreePort;
use Egret::Gateway ();

sub start {
    my ($class, %section) = @_;
    Egret::Gateway::make_pki();
    my $self = bless { root => tempdir(CLEANUP => 1), ports => {},
                       owner => $$ }, $class;
    make_path("$self->{root}/logs");
    $self->_write_configuration(%section);
    $self->_spawn;
    return $self;
}

# Returns when the old worker takes no connections any more.
sub reload {
    my ($self, %section) = @_;
    my $leaving = qr/gracefully shutting down/;
    my $before = () = $self->log('error.log') =~ /$leaving/g;
    $self->begin_reload(%section);
    $self->wait_for(sub { (() = $_[0] =~ /$leaving/g) > $before });
    return;
}

# Returns when the new worker is there; the old one may be, too.
sub begin_reload {
    my ($self, %section) = @_;
    my $before = $self->workers;
    $self->_write_configuration(%section);
    kill 'HUP', $self->{pid};
    $self->wait_for(sub { $self->workers > $before });
    return;
}

# Returns when nginx has refused the configuration.
sub fail_to_reload {
    my ($self, %section) = @_;
    $self->_write_configuration(%section);
    kill 'HUP', $self->{pid};
    $self->wait_for(sub { $_[0] =~ /\[emerg\]/ });
    return;
}

# The ids of all worker processes that were started, the newest last.
sub workers {
    my ($self) = @_;
    return my @ids = $self->log('error.log')
        =~ /start worker process (\d+)$/mg;
}

# Until the error log satisfies the condition.
sub wait_for {
    my ($self, $condition) = @_;
    for (1 .. 3_000) {
        return if $condition->($self->log('error.log'));
        sleep 0.01;
    }
    die "nginx does not say it:\n" . $self->log('error.log');
}

sub port { return $_[0]->_port('TEST_NGINX_RAND_PORT_1') }

# What comes back; more arguments go to curl as they are.
sub curl {
    my ($self, $path, @arguments) = @_;
    my $pki = $ENV{TEST_NGINX_PKI};
    my ($text) = _output('curl', '-s', '-i', '--max-time', 20,
        '--cacert', "$pki/server-ca.crt", '--cert', "$pki/xiamen.crt",
        '--key', "$pki/xiamen.key", '--resolve',
        'gateway.example:' . $self->port . ':127.0.0.1', @arguments,
        'https://gateway.example:' . $self->port . $path);
    return _answer($text);
}

# Posts the text to the path.
sub post {
    my ($self, $path, $text, @arguments) = @_;
    my $file = "$self->{root}/body";
    write_file($file, $text);
    return $self->curl($path, '-H', 'Content-Type: application/xml',
                       '--data-binary', "\@$file", @arguments);
}

# All verdicts of the error log, in their order.
sub verdicts {
    my ($self) = @_;
    return $self->log('error.log') =~ /egret: judged "[^"]*": (\w+)/g;
}

# The bodies that a counterpart was sent that has `rewrite ^ /reads;`, once there
# are so many: nginx logs a request when its answer is gone, so a line may come
# late.
sub delivered {
    my ($self, $count) = @_;
    for (1 .. 1000) {
        my @bodies = $self->log('access.log') =~ /^body=(.*?)=$/msg;
        return @bodies if @bodies >= ($count // 0);
        sleep 0.01;
    }
    die "there are no $count deliveries\n";
}

sub log {
    my ($self, $name) = @_;
    open my $file, '<:raw', "$self->{root}/logs/$name" or return '';
    local $/;
    return scalar <$file> // '';
}

# By that signal; QUIT, which waits for what is in flight, without one. Gives the
# exit code; of a server that a signal ended, 128 and the signal, as a shell.
sub stop {
    my ($self, $signal) = @_;
    my $pid = delete $self->{pid} // return;
    kill $signal // 'QUIT', $pid;
    kill 'CONT', $_ for delete $self->{paused} // ();
    waitpid $pid, 0;
    return $? & 127 ? 128 + ($? & 127) : $? >> 8;
}

# Stops the newest worker by a signal, while the code runs.
sub pause_worker {
    my ($self, $code) = @_;
    $self->{paused} = ($self->workers)[-1];
    kill 'STOP', $self->{paused};
    $code->();
    kill 'CONT', delete $self->{paused};
    return;
}

sub DESTROY {
    my ($self) = @_;
    local $?;
    $self->stop if $self->{owner} == $$;
    return;
}

sub _answer {
    my ($text) = @_;
    my ($head, $body) = ('', $text);
    while ($body =~ s{\A(HTTP/.*?\r\n)\r\n}{}s) {
        $head = $1;
        last if $head !~ m{\AHTTP/\S+ 100\b};
    }
    my ($version, $status) = $head =~ m{\AHTTP/(\S+) (\d+)};
    my %header = map { lc $_->[0] => $_->[1] }
        map { [/\A([^:]+): *(.*)\z/] } grep { /:/ } split /\r\n/, $head;
    return { status => $status, version => $version, headers => \%header,
             body => $body };
}

sub _port {
    my ($self, $name) = @_;
    return $self->{ports}{$name} //= Egret::FreePort::take();
}

sub _write_configuration {
    my ($self, %section) = @_;
    my $main = delete $section{main} // '';
    my $process = delete $section{process} // 'master_process off;';
    my $is_bare = delete $section{bare};
    my $http = $is_bare ? '' : Egret::Gateway::configuration(%section);
    $http =~ s/\$(TEST_NGINX_(?:RAND|SERVER)_PORT\w*)/$self->_port($1)/eg;
    $http =~ s/\$(TEST_NGINX_\w+)/$ENV{$1} \/\/ die "no $1\n"/eg;
    my $modules = join '', map { "load_module $_;\n" }
        split ' ', $ENV{TEST_NGINX_LOAD_MODULES};
    my $user = $> == 0 ? 'user root;' : '';
    my $plain = $self->_port('TEST_NGINX_SERVER_PORT');
    my $reply = $is_bare ? '' : Egret::Gateway::reply_to_any();
    write_file("$self->{root}/nginx.conf", <<"END");
$user
daemon off;
$process
pid logs/nginx.pid;
error_log logs/error.log info;
$main
$modules
events { }
http {
    default_type text/plain;
$http
    server {
        listen 127.0.0.1:$plain;
        location / { return 200 '$reply'; }
    }
}
END
    return;
}

sub _spawn {
    my ($self) = @_;
    my $root = $self->{root};
    my $pid = fork // die "cannot fork: $!\n";
    if (!$pid) {
        open STDOUT, '>', '/dev/null';
        open STDERR, '>', "$root/logs/stderr";
        exec $ENV{TEST_NGINX_BINARY} // '/usr/sbin/nginx', '-p', "$root/",
            '-e', "$root/logs/error.log", '-c', "$root/nginx.conf"
            or POSIX::_exit(127);
    }
    $self->{pid} = $pid;
    while (!-s "$root/logs/nginx.pid") {
        sleep 0.01;
        next if waitpid($pid, WNOHANG) != $pid;
        delete $self->{pid};
        die "nginx does not start:\n" . $self->log('stderr')
            . $self->log('error.log');
    }
    return;
}

sub _output {
    my (@command) = @_;
    open my $output, '-|', @command or die "$command[0]: $!\n";
    local $/;
    my $text = <$output> // '';
    close $output;
    return $text;
}

sub write_file {
    my ($path, $text) = @_;
    open my $file, '>:raw', $path or die "$path: $!\n";
    print {$file} $text;
    close $file or die "$path: $!\n";
    return;
}

1;
