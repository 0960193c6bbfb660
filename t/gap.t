# SPDX-License-Identifier: Apache-2.0
#
# `egret gap`: a partner asks what labels lack to be labels elsewhere.

use strict;
use warnings;

use Cwd qw(getcwd);
use JSON::PP qw(decode_json);
use Test::More;

use Egret::LiveGateway;

# Taipei takes back the row for wind power.
my $own = getcwd . '/t/data/labels/no-wind.sssom.tsv';
my $gateway = Egret::LiveGateway->start(taipei_has => "crosswalk $own;",
                                        server => <<'END');
location = /v1/gap { egret gap; }
location = /v1/validate { egret validate; }
END

sub read_file {
    my ($path) = @_;

    open my $in, '<:raw', $path or die "$path: $!\n";
    local $/;

    return scalar <$in>;
}

my $wind    = read_file('t/data/good/green-wind-loan.xml');
my $factory = read_file('t/data/good/green-wind-factory.xml');
my ($block) = $wind =~ m{(<GrnFin.*?</GrnFin>)}s;

my $answer = $gateway->post('/v1/gap?scheme=EU-TAX,ZA-GFT', $factory);
is($answer->{status}, 200, 'a partner is told');
is($answer->{headers}{'content-type'}, 'application/json', 'as JSON');
is($answer->{headers}{'cache-control'}, 'no-store', 'for today alone');
is($answer->{headers}{'x-content-type-options'}, 'nosniff',
   'of that type and no other');
my $told = decode_json($answer->{body})->{blocks}[0];
is_deeply([map { "$_->{to}{scheme}/$_->{to}{version}" } @{ $told->{labels} }],
          ['EU-TAX/2023', 'ZA-GFT/2022'],
          'of each scheme that was asked, in the version in force');
is($told->{labels}[0]{verdict}, 'translated', 'what is proven');
is($told->{labels}[0]{highest}{dnsh}, 'missing', 'and what is not');
my @harm = grep { $_->{kind} eq 'dnsh' } @{ $told->{needs} };
is(scalar @harm, 1, 'one assessment is told once');
is(scalar @{ $harm[0]{serves} }, 2, 'with both schemes that it serves');

is($gateway->post('/v1/gap?scheme=EU-TAX', $_)->{status}, 422,
   'without any namespace there is nothing to answer')
    for '<a/>', '<GrnFin Vrsn="1.0"/>';
$answer = $gateway->post('/v1/gap?scheme=TPEX%2F2023', $block);
is($answer->{status}, 200, 'a block on its own is asked, too');
is(decode_json($answer->{body})->{blocks}[0]{labels}[0]{becomes}, 'TPEX-1',
   'and told what its label is');
is(decode_json($answer->{body})->{counterpart}, undef,
   'by the rows for every partner');
$answer = $gateway->post('/v1/gap?scheme=TPEX&to=TPBKTWT0', $block);
$told = decode_json($answer->{body});
is($told->{counterpart}, 'TPBKTWT0', 'or by those of a counterpart, too');
is($told->{blocks}[0]{labels}[0]{verdict}, 'needs assessment',
   'as its labels would be in production');
is($gateway->post('/v1/validate', $block)->{status}, 422,
   'where nothing is asked it is no message');
$answer = $gateway->post('/v1/gap?scheme=TPEX', $block =~ s/FINL/NONE/r);
is($answer->{status}, 422, 'one that its schema refuses: 422');
is(decode_json($answer->{body})->{findings}[0]{code}, 'X05', 'with the finding');

for my $case (['', '"" is not SCHEME or SCHEME/VERSION'],
              ['?scheme=', '"" is not SCHEME or SCHEME/VERSION'],
              ['?scheme=TPEX,NONE', '"NONE" is in no taxonomy that is loaded'],
              ['?scheme=TPEX/1999',
               '"TPEX/1999" is in no taxonomy that is loaded'],
              ['?scheme=TPEX&scheme=ZA-GFT', '"scheme" is there twice'],
              ['?scheme=TPEX&bic=TPBKTWT0',
               '"bic" is no argument of this question'],
              ['?scheme=TPEX&to=NOBODYXX',
               '"NOBODYXX" is the BIC of no partner'],
              ['?scheme=CN-GBEPC',
               '"CN-GBEPC" has no version in force on the block\'s date'],
              ['?scheme=%3Cb%3E%0d%0a',
               '"<b>%0D%0A" is in no taxonomy that is loaded'],
              ['?scheme=' . join(',', ('TPEX/2023') x 20),
               '"" is not SCHEME or SCHEME/VERSION'])
{
    my ($query, $fault) = @{$case};

    $answer = $gateway->post("/v1/gap$query", $wind);
    is($answer->{status}, 400, "$fault: 400");
    is(decode_json($answer->{body})->{questionFault}, $fault, 'by name');
}

$answer = $gateway->curl('/v1/gap?scheme=TPEX');
is($answer->{status}, 405, 'a gap is not asked with GET');
is($answer->{headers}{allow}, 'POST', 'but with POST');
is($gateway->curl('/v1/gap?scheme=TPEX', '-H', 'Content-Type: text/plain',
                  '--data', 'x')->{status}, 415, 'XML is posted');

# Judged and asked in a thread.
my $large = $factory =~ s{(</Envlp>)}{'<!--' . 'x' x 100_000 . "-->$1"}er;
is($gateway->post('/v1/gap?scheme=EU-TAX,ZA-GFT', $large)->{body},
   $gateway->post('/v1/gap?scheme=EU-TAX,ZA-GFT', $factory)->{body},
   'a large message is told the same');
my $many = $factory =~ s/>\s+</></gr;
$many =~ s{(<Prj>.*?</Prj>)}{$1 x 1300}e;
$answer = $gateway->post('/v1/gap?scheme=EU-TAX,ZA-GFT,TPEX,ICMA-GBP,LMA-GLP,'
                         . 'IN-SEBI,IN-RBI,BR-TSB', $many);
is($answer->{status}, 413, 'one with too many projects is not asked');

my $pki = $ENV{TEST_NGINX_PKI};
for my $name (qw(stranger expired unregistered)) {
    my $refused = $gateway->post('/v1/gap?scheme=TPEX', $wind,
                                 '--cert', "$pki/$name.crt",
                                 '--key', "$pki/$name.key");
    is($refused->{status}, 403, "$name: 403");
    unlike($refused->{body}, qr/TPEX/, "$name: is told nothing");
}

$gateway->stop;
like($gateway->log('error.log'), qr/egret: tried "[^"]+": accepted/,
     'it is logged as a trial');
unlike($gateway->log('error.log'), qr/egret: judged/, 'and not as a message');
unlike($gateway->log('access.log'), qr/^counterpart/m,
       'no counterpart hears of it');
unlike($gateway->log('error.log'), qr/\[(?:alert|crit|emerg)\]/, 'no alert');

done_testing();
