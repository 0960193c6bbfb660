# SPDX-License-Identifier: Apache-2.0
#
# The access log of the example configuration: one line of JSON a message, with
# ids and codes and nothing of its content. What stands in an id forges no line
# and no header.

use strict;
use warnings;

use Cwd qw(abs_path);
use File::Basename qw(dirname);
use JSON::PP qw(decode_json);
use Test::More;
use Time::HiRes qw(sleep);

use Egret::Counterpart;
use Egret::LiveGateway;
use Egret::Gateway;

my $root = abs_path(dirname(__FILE__) . '/..');
open my $file, '<', "$root/conf/nginx.conf.example" or die "example: $!\n";
my ($format) = do { local $/; <$file> } =~ /(log_format egret .*?;)/s;
$format =~ s/log_format egret/log_format lines/ or die "no log_format\n";
my @keys = sort $format =~ /"(\w+)":/g;

my $counterpart = Egret::Counterpart->start(sub {
    my ($peer) = @_;
    $peer->tell_test(unpack 'H*', $peer->read_head);
    $peer->read_request;
    $peer->answer(204, '');
});
my $port = $counterpart->port;
my $gateway = Egret::LiveGateway->start(
    settings  => $format,
    server    => 'access_log logs/lines.json lines;'
        . ' location = /v1/validate { egret validate; }',
    partners  => $Egret::Gateway::default{partners}
        =~ s{https://taipei_bank}{http://taipei_bank}r,
    upstreams => "upstream taipei_bank { server 127.0.0.1:$port; }"
        . ' upstream xiamen_bank { server 127.0.0.1:1; }'
        . ' upstream joburg_bank { server 127.0.0.1:1; }');

# The names of the header lines of the message that went out last, in their
# order, and what one of them says.
sub forwarded {
    my $head = pack 'H*', $counterpart->next_word;
    my ($first, @lines) = split /\r\n/, $head, -1;
    pop @lines;
    my %value = map { /\A([A-Za-z-]+): (.*)\z/s ? ($1 => $2) : ($_ => '') }
        @lines;
    return { names => [sort keys %value], %value };
}

# The object of the one line that a request adds.
my $seen = 0;

sub one_line {
    my ($what) = @_;
    my @lines;
    for (1 .. 3_000) {
        @lines = split /\n/, $gateway->log('lines.json'), -1;
        last if @lines - 1 > $seen && $lines[-1] eq '';
        sleep 0.01;
    }
    is(scalar @lines, $seen + 2, "$what: one line");
    my $line = $lines[$seen++];
    like($line, qr/\A[\x20-\x7e]+\z/, "$what: of printable characters");
    my $object = eval { decode_json($line) } // {};
    is_deeply([sort keys %$object], \@keys, "$what: with its members alone");
    return $object;
}

my $answer = $gateway->post('/v1/messages', message());
my $line = one_line('a sound message');
is_deeply(
    { map { $_ => $line->{$_} } qw(status partner counterparty definition
                                   message uetr verdict outcome delivered) },
    { status => 200, partner => 'xiamen-bank', counterparty => 'taipei-bank',
      definition => 'pacs.008.001.08', message => 'XMB-20261123-0001',
      uetr => '7a562c67-ca16-48ba-b074-65581be6f001', verdict => 'accepted',
      outcome => 'receipt', delivered => 'yes' },
    'it says who, to whom, what, and what became of it');

my $plain = forwarded();

# What could end a line, a string, a header or a terminal's patience.
my %evil = (
    'a line feed'        => '&#10;',
    'a carriage return'  => '&#13;',
    'both'               => '&#13;&#10;Egret-Verdict: no',
    'a quotation mark'   => '",&quot;status&quot;:"0',
    'a backslash'        => '\\',
    'a tab'              => '&#9;',
    'a delete'           => '&#x7f;',
    'a next line'        => '&#x85;',
    'a line separator'   => '&#x2028;',
    'an escape sequence' => '&#x9b;31m',
    'a right-to-left override' => '&#x202e;',
    'a percent sign'     => '%0d%0a',
    'a dollar sign'      => '$egret_partner',
);

my $sent = 0;
for my $name (sort keys %evil) {
    my $id = "X$evil{$name}Y";

    $answer = $gateway->post('/v1/messages',
        message('XMB-20261123-0001' => $id));
    $line = one_line("a message id with $name");
    like($line->{message}, qr/\AX.+Y\z/, "$name: the id is there");
    unlike($line->{message}, qr/[^\x20-\x7e]/, "$name: and readable");
    is($line->{partner}, 'xiamen-bank', "$name: and nothing else is forged");
    is($line->{status}, $answer->{status}, "$name: nor the status");
    is_deeply([sort keys %{ $answer->{headers} }],
        [sort(qw(server date content-type content-length connection
                 egret-verdict),
              $answer->{headers}{'egret-findings'} ? 'egret-findings' : ())],
        "$name: the answer has its headers alone");

    if ($line->{outcome} eq 'receipt') {
        my $head = forwarded();
        is_deeply($head->{names}, $plain->{names},
            "$name: the counterpart gets the same headers");
        is($head->{'Egret-Message-Id'}, $line->{message},
            "$name: and the id as it is logged");
        $sent++;
    }

    $answer = $gateway->post('/v1/messages', message(
        '<UETR>7a562c67-ca16-48ba-b074-65581be6f001' => "<UETR>$id"));
    $line = one_line("a UETR with $name");
    is($line->{verdict}, 'rejected', "$name: as a UETR it is refused");

    my $to = $evil{$name} =~ s/&quot;/"/gr;
    $to =~ s/&#(x?)(\w+);/my $code = $1 ? hex $2 : $2;
                          my $text = chr $code; utf8::encode($text); $text/ge;
    $to =~ s/([^A-Za-z0-9])/sprintf '%%%02X', ord $1/ge;
    $answer = $gateway->post("/v1/validate?to=$to", message());
    $line = one_line("to= with $name");
    is($answer->{headers}{'egret-findings'}, 'H03',
        "$name: as to= it is refused");
    unlike($answer->{body}, qr/[^\x20-\x7e\n]/, "$name: and readable there");
}

cmp_ok($sent, '>', 5, 'ids of that kind went out');
is($gateway->stop, 0, 'the gateway stops');

my @error = split /\n/, $gateway->log('error.log');
is(scalar(grep { !m{\A\d{4}/\d\d/\d\d \d\d:\d\d:\d\d \[\w+\] \d+#\d+: } }
          @error), 0, 'each line of the error log is nginx\'s');
is(scalar(grep { /[^\x20-\x7e]/ } @error), 0, 'and printable');

# Nothing of a message but its ids.
my $all = $gateway->log('lines.json') . $gateway->log('error.log');
my @content = message() =~ /<(?:Nm|IntrBkSttlmAmt[^>]*|IBAN|Id|Ustrd|LEI)>
                            ([^<]{4,})</gx;
cmp_ok(scalar @content, '>', 5, 'a message has content');
is_deeply([grep { index($all, $_) >= 0 } @content], [],
    'and none of it is in a log');

done_testing;
