// Kernel interfaces that Swift's Glibc module leaves out.
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
