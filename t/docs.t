# SPDX-License-Identifier: Apache-2.0
#
# What the documents show is run or parsed: each example, by its language;
# each link; each directive's syntax and default against the table that the core
# reads them by; each package. conf/nginx.conf.example is t/example.t's.

use strict;
use warnings;

use Cwd qw(abs_path);
use File::Basename qw(dirname);
use JSON::PP qw(decode_json);
use Test::More;

use Egret::Example;

my $root = abs_path(dirname(abs_path(__FILE__)) . '/..');
chdir $root or die "$root: $!\n";

my $home   = Egret::Example->new($root);
my $folder = $home->folder;

*read_file  = \&Egret::Example::read_file;
*write_file = \&Egret::Example::write_file;
*run        = \&Egret::Example::run;

sub nginx_takes {
    my ($text, $name) = @_;

    my ($status, $said) = $home->try($text);
    is($status, 0, $name) or diag($said);

    return $said;
}

# An example stands alone: around it goes what nginx and Egret want.
sub whole_configuration {
    my ($example) = @_;

    my $load = "load_module modules/ngx_http_egret_module.so;\n";
    if ($example =~ /^load_module/m) {
        ($load, $example) = ($example, '');
    }
    $example = <<"END" if $example =~ /^location/m;
    server {
        listen                 443 ssl;
        ssl_certificate        egret/gateway.pem;
        ssl_certificate_key    egret/gateway.key;
        ssl_client_certificate egret/client-cas.pem;
        ssl_verify_client      on;
        $example
    }
END

    return <<"END";
$load
events { }
http {
    egret_gateway     bic=EGRTCNB0XXX;
    egret_environment test;
    egret_schemas     /usr/share/egret/schemas;
    egret_reference   /usr/share/egret/reference;

    $example
}
END
}

sub check_xml {
    my ($example, $name) = @_;

    write_file("$folder/example.xml", $example);
    my (undef, $said) = run($home->build . '/egret', 'check', '--schemas',
                            'schemas', "$folder/example.xml");
    unlike($said, qr/\bX0[12]\b/, "$name is well-formed") or diag($said);
}

my %check = (
    sh => sub {
        my ($example, $name) = @_;
        write_file("$folder/example.sh", $example);
        my ($status, $said) = run('sh', '-n', "$folder/example.sh");
        is($status, 0, "$name is a shell's") or diag($said);
    },
    json => sub {
        my ($example, $name) = @_;
        ok(eval { decode_json($example) }, "$name is JSON") or diag($@);
    },
    # What the command line prints: t/demo.t compares it.
    text  => sub { },
    # t/partner.t compares it with what the gateway answers.
    http  => sub { },
    # t/unit/rules_docs_test.c runs each of them.
    lua   => sub { },
    xml   => \&check_xml,
    nginx => sub {
        my ($example, $name) = @_;
        nginx_takes(whole_configuration($example), "nginx takes $name");
    },
);

sub check_examples {
    my ($document) = @_;

    my $text = read_file($document);
    while ($text =~ /^```(\w*)\n(.*?)^```$/msg) {
        my ($language, $example) = ($1, $2);
        my $line = 1 + (substr($text, 0, $-[0]) =~ tr/\n//);

        next if $language eq '';
        ok($check{$language}, "$document:$line: $language is checked here")
            or next if !$check{$language};
        $check{$language}->($example, "$document:$line");
    }
}

# GitHub's way to make an anchor of a heading.
sub anchors_of {
    my ($text) = @_;

    my @anchors = $text =~ /<a id="([^"]+)">/g;
    for my $heading ($text =~ /^#+ (.*)/mg) {
        my $anchor = lc $heading;
        $anchor =~ s/[^\w\- ]//g;
        $anchor =~ tr/ /-/;
        push @anchors, $anchor;
    }

    return @anchors;
}

sub check_links {
    my ($document) = @_;

    my $text = read_file($document);
    (my $prose = $text) =~ s/^```.*?^```$//msg;

    for my $link ($prose =~ /\]\(([^)]+)\)/g) {
        next if $link =~ /^https?:/;
        my ($path, $anchor) = split /#/, $link, 2;
        my $target = $path eq '' ? $document : dirname($document) . "/$path";

        ok(-e $target, "$document: $link is there") or next;
        next if !defined $anchor;
        ok((grep { $_ eq $anchor } anchors_of(read_file($target))),
           "$document: $link has that heading");
    }
}

# The rows of the core's table: name, syntax, default.
sub directives {
    my $text = read_file('src/config/builder.c');
    my @rows;

    while ($text =~ /\{ \s* "(\w+)", \s* EGRET_BLOCK_\w+, .*?
                     ((?:"[^"]*"\s*)+), \s* "([^"]*)" \s* \}/gsx)
    {
        my ($name, $syntax, $default) = ($1, $2, $3);
        $syntax =~ s/"\s*"//g;
        $syntax =~ s/^"|"\s*$//g;
        push @rows, [$name, $syntax, $default];
    }

    return @rows;
}

sub check_directives {
    my $text = read_file('docs/operator.md');
    my $module = read_file('ngx_module/ngx_http_egret_module.c');
    my @rows = directives();

    cmp_ok(scalar @rows, '>=', 20, 'the directives are read from the table');

    for my $row (@rows) {
        my ($name, $syntax, $default) = @$row;
        my ($section) = $text =~ /^### \Q$name\E\n(.*?)(?=^##)/ms;

        $section =~ s/\\\|/|/g if defined $section;
        ok(defined $section, "operator.md has $name") or next;
        like($section, qr/^\| Syntax \| `\Q$syntax\E` \|$/m,
             "operator.md has the syntax of $name");
        like($section, qr/^\| Default \| `\Q$default\E` \|$/m,
             "operator.md has the default of $name")
            if $default ne '';
        like($module, qr/main_command\("\Q$name\E"/, "nginx takes $name")
            if $name =~ /^egret_/;
    }
}

sub check_packages {
    my ($packages) = read_file('scripts/setup') =~ /^packages='(.*?)'/ms;
    my $text = read_file('docs/architecture.md');

    like($text, qr/^\|[^|]*\b\Q$_\E\b/m, "architecture.md says why $_")
        for split ' ', $packages;
}

# Whoever starts at a list finds all of what it lists.
sub check_list {
    my ($list, @documents) = @_;

    my $text = read_file($list);
    for my $document (@documents) {
        my $path = $list =~ m{/} ? $document =~ s{.*/}{}r : $document;

        like($text, qr{\]\(\Q$path\E\)}, "$list names $document");
    }
}

my @documents = sort grep { -f } qw(README.md CONTRIBUTING.md),
    glob('docs/*.md docs/*/*.md schemas/*.md');

check_directives();
check_packages();
check_list('README.md', glob('docs/*.md'),
           'docs/reference/crosswalk-format.md');
check_list('docs/reference/README.md',
           grep { !/README/ } glob('docs/reference/*.md'));
for my $document (@documents) {
    check_examples($document);
    check_links($document);
}

done_testing();
