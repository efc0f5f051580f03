// Kernel interfaces that Swift's Glibc module leaves out, and calls that the C library hides without _GNU_SOURCE.
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>

enum { TORBOX_CLONE_NEWNET = 0x40000000 };

/// Moves the calling thread into the namespace behind a descriptor (setns(2)).
int setns(int descriptor, int kind);
