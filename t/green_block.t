# SPDX-License-Identifier: Apache-2.0
#
# docs/reference/green-block.md against the schema it explains: each element
# has its row, in the schema's order, with its cardinality and its codes, and
# the page has no other.

use strict;
use warnings;
use utf8;

use FindBin;
use Test::More;

my $root = "$FindBin::Bin/..";

sub read_file {
    my ($path) = @_;

    open my $file, '<:encoding(UTF-8)', "$root/$path" or die "$path: $!\n";
    local $/;
    return scalar <$file>;
}

# ---- the schema

my $xsd = join '', map { read_file("schemas/$_") } 'egret.grn.1.xsd',
    map { "common/$_.xsd" } qw(text date amount header);
my %complex = $xsd =~ m{<xs:complexType name="(\w+)">(.*?)</xs:complexType>}gs;
my %simple  = $xsd =~ m{<xs:simpleType name="(\w+)">(.*?)</xs:simpleType>}gs;

sub children {
    my ($type) = @_;

    my @found;
    while ($complex{$type} =~ m{<xs:element ([^>]*)/>}g) {
        my %is = $1 =~ m{(\w+)="([^"]*)"}g;
        my ($least, $most) = ($is{minOccurs} // 1, $is{maxOccurs} // 1);
        $most = 'n' if $most eq 'unbounded';
        push @found, { name => $is{name}, type => $is{type},
            card => "$least$most" eq '11' ? '1' : "$least..$most" };
    }
    return @found;
}

# The codes of a simple type, or of the base of a simple content.
sub codes {
    my ($type) = @_;

    if ($complex{$type} && $complex{$type} =~ m{<xs:extension base="(\w+)"}) {
        $type = $1;
    }
    return join ' ', ($simple{$type} // '') =~ m{<xs:enumeration value="(\w+)"}g;
}

sub walk {
    my ($type, $path) = @_;

    my @rows;
    for my $child (children($type)) {
        my $here = "$path$child->{name}";
        push @rows, { %$child, path => $here, codes => codes($child->{type}) };
        push @rows, walk($child->{type}, "$here/") if $complex{ $child->{type} };
    }
    return @rows;
}

# ---- the page: the rows of the tables, each under its heading

my (@block, @translation, $list, $prefix);
for my $line (split /\n/, read_file('docs/reference/green-block.md')) {
    if ($line =~ /^#+ (\w+)/) {
        my $title = $1;
        ($list, $prefix) = $title eq 'GrnFin' ? (\@block, '')
            : $title eq 'GrnXltn' ? (\@translation, '')
            : $line =~ /^### (\w+):/ ? (\@block, "$1/") : (undef, '');
    }
    next if !$list || $line !~ /^\| [\w\@]/ || $line =~ /^\| element/;
    my ($name, $card, $type) = map { s/^\s+|\s+$//gr }
        (split /\|/, $line)[1 .. 3];
    next if $name =~ /^\@/;
    my ($codes) = $type =~ /^code: ([\w ]+)/;
    push @$list, { path => "$prefix$name", card => $card,
        codes => $codes // '' };
}

sub lines {
    return [map { join ' ', grep { length } @$_{qw(path card codes)} } @_];
}

my @wanted = walk('GreenFinance1', '');
cmp_ok(scalar @wanted, '>', 150, 'the schema is read');

# The page gives the top level first, then what is below each.
my @top   = grep { $_->{path} !~ m{/} } @wanted;
my @below = grep { $_->{path} =~ m{/} && $_->{path} !~ m{^Sgntr/} } @wanted;
is_deeply(lines(@block), lines(@top, @below), 'GrnFin is told as it is');
is_deeply(lines(@translation), lines(walk('GreenTranslation1', '')),
    'GrnXltn is told as it is');

done_testing;
