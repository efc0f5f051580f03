// libnftables.h uses these types without including their headers.
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include <nftables/libnftables.h>
