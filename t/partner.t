# SPDX-License-Identifier: Apache-2.0
#
# docs/partner.md: each status, header and problem that a partner can meet has
# an example there, and each example is what the gateway answers.

use strict;
use warnings;

use Cwd qw(abs_path);
use File::Basename qw(dirname);
use JSON::PP qw(decode_json);
use Test::More;

use Egret::Counterpart;
use Egret::FreePort;
use Egret::LiveGateway;
use Egret::TlsClient;
use Egret::Gateway;

my $root = abs_path(dirname(__FILE__) . '/..');
my $good = message();

# The examples, by the words after the status in their first line.
sub examples {
    open my $file, '<', "$root/docs/partner.md" or die "partner.md: $!\n";
    my $text = do { local $/; <$file> };
    my %example;
    while ($text =~ m{^```http\n\#\ (.*?)\nHTTP/1\.1\ (\d+)[^\n]*\n
                      (.*?)\n\n(.*?)```$}msgx)
    {
        die "two examples of \"$1\"\n" if $example{$1};
        my ($name, $status, $head, $body) = ($1, $2, $3, $4);
        $example{$name} = { status => $status, body => $body, headers => {
            map { lc $_->[0] => $_->[1] } map { [split /: /, $_, 2] }
                split /\n/, $head } };
    }
    return \%example;
}

my $example = examples();
my %met;

# The answer is the example: status, all headers but nginx's own, and the body,
# of which "..." leaves something out.
sub shown {
    my ($name, $answer) = @_;
    my $is = $example->{$name};
    $met{$name}++;
    print_example($name, $answer) if $ENV{EGRET_SHOW_EXAMPLES};
    return fail("$name: no example") if !$is;
    is($answer->{status}, $is->{status}, "$name: the status");
    is_deeply(headers($answer->{headers}), headers($is->{headers}),
        "$name: the headers");
    return is_deeply(decode_json($answer->{body}), decode_json($is->{body}),
        "$name: the body") if $is->{headers}{'content-type'} =~ /json/;
    my @parts = map { quotemeta } split /\.\.\./, squeezed($is->{body}), -1;
    my $pattern = CORE::join '.*', @parts;
    return like(squeezed($answer->{body}), qr/\A$pattern\z/s,
        "$name: the body");
}

sub squeezed {
    return $_[0] =~ s/\s*(\.\.\.)\s*/$1/gr =~ s/>\s+</></gr
        =~ s/\A\s+|\s+\z//gr;
}

sub headers {
    my ($all) = @_;
    my %header = %$all;
    delete @header{qw(server date content-length)};
    delete $header{connection} if ($header{connection} // '') ne 'close';
    return \%header;
}

# With EGRET_SHOW_EXAMPLES=1: how the example would have to be.
sub print_example {
    my ($name, $answer) = @_;
    my $header = headers($answer->{headers});
    my $body = $answer->{body};
    $body = JSON::PP->new->pretty->canonical->encode(decode_json($body))
        if $header->{'content-type'} =~ /json/;
    print "```http\n# $name\nHTTP/1.1 $answer->{status} X\n",
        (map { "$_: $header->{$_}\n" } sort keys %$header), "\n$body```\n\n";
    return;
}

sub section_of {
    my ($port, %more) = @_;
    return (
        partners  => $Egret::Gateway::default{partners}
            =~ s{https://taipei_bank}{http://taipei_bank}r,
        upstreams => "upstream taipei_bank { server 127.0.0.1:$port; }"
            . ' upstream xiamen_bank { server 127.0.0.1:1; }'
            . ' upstream joburg_bank { server 127.0.0.1:1; }',
        %more);
}

# Of the gateway alone.

my @xml = ('-H', 'Content-Type: application/xml');
my $gateway = Egret::LiveGateway->start(
    settings => 'egret_max_message 64k;',
    server   => 'client_max_body_size 64k;'
        . ' location = /v1/self { egret self; }');

shown('not POST', $gateway->curl('/v1/messages', '-X', 'PUT'));
shown('only read', $gateway->curl('/v1/self', '-d', ''));
shown('another Content-Type', $gateway->curl('/v1/messages', '-H',
    'Content-Type: application/json', '-d', '{}'));
shown('too large', $gateway->post('/v1/messages', 'x' x 70_000));
shown('not well-formed', $gateway->post('/v1/messages', '<a>'));
shown('against the schema', $gateway->post('/v1/messages',
    message('<ChrgBr>SHAR' => '<ChrgBr>HALF')));
shown('against a rule', $gateway->post('/v1/messages',
    message('Ccy="CNY"' => 'Ccy="CNH"')));
shown('against a rule, as a problem', $gateway->post('/v1/messages',
    message('Ccy="CNY"' => 'Ccy="CNH"'),
    '-H', 'Accept: application/problem+json'));
shown('a header that is not yours', $gateway->post('/v1/messages',
    message('<BICFI>XMBKCNB0XXX</BICFI><LEI>984500EGRETXMNBK0117</LEI>'
            => '<BICFI>JBBKZAJ0XXX</BICFI>')));
shown('a stranger', $gateway->curl('/v1/messages', '-d', '', '--cert',
    "$ENV{TEST_NGINX_PKI}/unregistered.crt", '--key',
    "$ENV{TEST_NGINX_PKI}/unregistered.key"));
shown('another server name', $gateway->curl('/v1/messages', @xml, '-H',
    'Host: other.example', '-d', ''));
$gateway->stop;

my $holds = Egret::LiveGateway->start(
    taipei_has => 'limit CNY 1000; severity A03 hold;');
shown('held', $holds->post('/v1/messages', $good));
$holds->stop;

# What the counterpart's server did.

sub counterpart_that {
    my ($name, $serve, %section) = @_;
    my $counterpart = Egret::Counterpart->start(sub {
        $_[0]->read_request;
        $serve->($_[0]);
    });
    my $before = Egret::LiveGateway->start(section_of($counterpart->port,
                                                      %section));
    shown($name, $before->post('/v1/messages', $good));
    $before->stop;
    return;
}

sub answering {
    my ($name, $body, $status) = @_;
    return counterpart_that($name,
        sub { $_[0]->answer($status // 200, $body) });
}

answering("the counterpart's answer", reply());
answering('no message in the answer', "thank you\n", 202);

my $down = Egret::LiveGateway->start(section_of(Egret::FreePort::take()));
shown('counterpart-unreachable', $down->post('/v1/messages', $good));
$down->stop;

counterpart_that('counterpart-silent', sub { $_[0]->wait_for_end },
    location => 'proxy_read_timeout 300ms;');
answering('answer-failed', '<html/>', 503);
counterpart_that('answer-cut-off',
    sub { $_[0]->answer(200, reply(), 9_999) });
counterpart_that('answer-too-large', sub { $_[0]->answer(200, 'x' x 2_000) },
    settings => 'egret_max_answer 1k;');
answering('answer-unreadable', substr reply(), 0, 500);
answering('answer-not-iso', '<html><body>log in</body></html>');
answering('answer-wrong-type', $good);
answering('answer-invalid', reply('ACCEPTED'));
answering('answer-other-message', reply('ACSC', 'XMB-20261123-0002'));
answering('answer-other-party', reply() =~ s/TPBKTWT0XXX/JBBKZAJ0XXX/r);
answering('answer-signed', reply() =~ s{head.001.001.02}{head.001.001.03}r
    =~ s{<Rltd>}{<Sgntr><Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>
                 </Sgntr><Rltd>}xr);

# The gateway's own: no room for a body, and a worker of before a reload.
{
    my $broken = Egret::LiveGateway->start(
        settings => 'client_body_temp_path bodies; client_body_buffer_size 1k;');
    rmdir "$broken->{root}/bodies" or die "bodies: $!\n";
    shown('internal', $broken->post('/v1/messages', $good));
    $broken->stop;

    my @worker = (process => 'worker_processes 1;');
    my $reloaded = Egret::LiveGateway->start(@worker);
    my $open = Egret::TlsClient->new($reloaded, client => 'xiamen');
    is($open->post('/v1/messages', $good)->{status}, 200, 'before a reload');
    $reloaded->pause_worker(sub {
        $open->send("POST /v1/messages HTTP/1.1\r\nHost: gateway.example\r\n"
            . "Content-Type: application/xml\r\nContent-Length: "
            . length($good) . "\r\n\r\n$good");
        $reloaded->begin_reload(@worker,
            partners => $Egret::Gateway::default{partners}
                =~ s/bic=XMBKCNB0XXX/bic=XMBKCNB0XXX bic=XMBKCNB0002/r);
    });
    shown('reloaded', $open->answer);
    $reloaded->stop;
}

is_deeply([grep { !$met{$_} } sort keys %$example], [],
    'each example was met');

done_testing;
