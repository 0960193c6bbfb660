# SPDX-License-Identifier: Apache-2.0
#
# nginx's add-module file: how nginx's own make builds the core archive.
# Our Makefile has built it already when it calls nginx's.

if [ "$EGRET_CORE_IS_BUILT" != yes ]; then
    cat << END                                            >> $NGX_MAKEFILE

$egret_build/libegret.a: egret_core

.PHONY: egret_core
egret_core:
	\$(MAKE) -C $ngx_addon_dir BUILD=$egret_build CFLAGS="-O3 -g" core

END
fi
