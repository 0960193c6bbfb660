/* SPDX-License-Identifier: Apache-2.0 */

#include <stdio.h>

#include "util/version.h"


int
main(void)
{
    printf("egret %s\n", EGRET_VERSION);

    return 0;
}
