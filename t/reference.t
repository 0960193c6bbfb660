#!/usr/bin/perl
# SPDX-License-Identifier: Apache-2.0

# Data that ships: figures for plausibility are numbers with a source, and the
# table of crosswalks in docs/labels.md counts what the files hold.

use strict;
use warnings;

use Test::More;

sub rows {
    my ($file, @columns) = @_;

    open my $in, '<:raw', "conf/reference/$file" or die "$file: $!\n";
    my @lines = grep { !/^#/ } <$in>;
    chomp @lines;
    is(shift @lines, join("\t", @columns), "$file has its columns");

    my @rows;
    for my $line (@lines) {
        my @cells = split /\t/, $line, -1;
        my %row;
        @row{@columns} = @cells;
        ok(@cells == @columns && !grep({ $_ eq '' } @cells),
           "$file: each cell of $cells[0] $cells[1] is filled");
        push @rows, \%row;
    }
    return @rows;
}

my %seen;
my @factors = rows('grid_factors.tsv',
    qw(jurisdiction year kind region value source confidence));
for my $row (@factors) {
    my $key = join ' ', @$row{qw(jurisdiction year kind region)};

    ok(!$seen{$key}++, "$key stands once");
    like($row->{value}, qr/^[01]\.\d{1,4}$/, "$key is a number below 2");
    like($row->{kind}, qr/^(?:AVRG|RSDL|FOSL|OPMG|BDMG|CBMG)$/, "$key: a kind");
}

# What a project of 2023 in China may claim is bounded by the fossil factor.
my ($most) = sort { $b <=> $a } map { $_->{value} }
    grep { $_->{jurisdiction} eq 'CN' && $_->{year} eq '2023' } @factors;
is($most, '0.8273', 'the highest of China in 2023 is that of fossil power');

for my $row (rows('capacity_factors.tsv',
                  qw(technology most source confidence))) {
    like($row->{technology}, qr/^[A-Z]{4}$/, 'a technology code');
    like($row->{most}, qr/^0\.\d\d$/, "$row->{technology}: below one");
}

for my $row (rows('avoided_factors.tsv',
                  qw(metric most source confidence))) {
    like($row->{metric}, qr/^[A-Z]{4}$/, 'a metric code');
    like($row->{most}, qr/^\d+(?:\.\d\d)?$/, "$row->{metric}: a number");
}

sub content {
    my ($path) = @_;

    open my $in, '<:raw', $path or die "$path: $!\n";
    local $/;
    return scalar <$in>;
}

my %told = content('docs/labels.md')
    =~ /^\| ([a-z0-9_-]+_[a-z0-9-]+) \| ([\d |]+) \|$/mg;
my @files = glob 'conf/crosswalks/*.sssom.tsv';
is(scalar(keys %told), scalar @files, 'docs/labels.md tells of each crosswalk');
for my $file (@files) {
    my ($name) = $file =~ m{([^/]+)\.sssom\.tsv$};
    my ($header, @lines) = grep { !/^#/ } split /\n/, content($file);
    my @columns = split /\t/, $header;
    my ($carry, $conditional, $none) = (0, 0, 0);

    for my $line (@lines) {
        my %row;
        @row{@columns} = split /\t/, $line, -1;
        if ($row{object_id} eq 'sssom:NoTermFound') {
            $none++;
        } elsif (($row{egret_condition} // '') ne '') {
            $conditional++;
        } elsif ($row{egret_scope} =~ /^(?:exact|broad)$/) {
            $carry++;
        }
    }
    is($told{$name},
       join(' | ', scalar @lines, $carry, $conditional, $none),
       "and counts the rows of $name");
}

done_testing();
