/* SPDX-License-Identifier: Apache-2.0 */

/* version: the one place that says which Egret this is. */

#ifndef EGRET_UTIL_VERSION_H
#define EGRET_UTIL_VERSION_H

#define EGRET_VERSION "0.1.0"

#endif
