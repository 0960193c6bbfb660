# SPDX-License-Identifier: Apache-2.0
#
# scripts/setup against a pretended dpkg and apt: nothing is installed here.

use strict;
use warnings;

use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use Cwd qw(abs_path);
use Test::More;

my $setup = dirname(abs_path(__FILE__)) . '/../scripts/setup';
my $fakes = tempdir(CLEANUP => 1);

sub fake {
    my ($command, $script) = @_;

    open my $out, '>', "$fakes/$command" or die "$fakes/$command: $!\n";
    print {$out} "#!/bin/sh\n$script\n";
    close $out or die "$fakes/$command: $!\n";
    chmod 0755, "$fakes/$command";
}

# Runs setup on a machine that lacks the packages named, as root or not.
sub run_setup {
    my ($lacking, $user, %environment) = @_;

    fake('dpkg-query',
         "case ' $lacking ' in *\" \$4 \"*) exit 1 ;; esac; echo installed");
    fake('id', "echo $user");
    fake('apt-get', "echo \"apt-get \$*\" | grep -oE 'update|install .*'");
    fake('sudo', 'echo "sudo $1"; exec "$@"');

    local %ENV = (%ENV, %environment, PATH => "$fakes:$ENV{PATH}");
    my $said = qx{$setup 2>&1};

    return ($said, $? >> 8);
}

my ($said, $status) = run_setup('', 0);
is($said, "setup: all packages are there\n",
   'where all is there it says one line');
is($status, 0, 'and succeeds');

($said, $status) = run_setup('libjansson-dev zstd', 0);
is($said, <<'END', 'it installs what is missing, no more');
setup: missing: libjansson-dev zstd
update
install --no-install-recommends libjansson-dev zstd
setup: installed: libjansson-dev zstd
END
is($status, 0, 'and succeeds');

($said) = run_setup('zstd', 1000);
like($said, qr/^sudo env$/m, 'who is not root goes through sudo');

($said, $status) = run_setup('zstd', 0, EGRET_SETUP_DRY => 1);
is($said, "setup: missing: zstd\n", 'a dry run only says what is missing');
is($status, 0, 'and succeeds');

fake('apt-get', 'exit 100');
{
    local %ENV = (%ENV, PATH => "$fakes:$ENV{PATH}");
    $said = qx{$setup 2>&1};
    isnt($?, 0, 'it fails when apt fails');
    like($said, qr/^setup: the package lists could not be read: see above\.$/m,
         'and says so');
}

# What a test file skips itself without must not be missing where it counts.
my $packages = do {
    open my $in, '<', $setup or die "$setup: $!\n";
    local $/;
    scalar <$in>;
};
like($packages, qr/\b\Q$_\E\b/, "it installs $_")
    for qw(libnginx-mod-http-lua libnginx-mod-stream curl);

done_testing();
