// Kernel interfaces that Swift's Glibc module leaves out, and calls that the C library hides without _GNU_SOURCE.
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/memfd.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>

enum { TORBOX_CLONE_NEWNET = 0x40000000 };

/// Moves the calling thread into the namespace behind a descriptor (setns(2)).
int setns(int descriptor, int kind);

/// A file in memory, without a name in any folder (memfd_create(2)); -1 and errno where there is none.
int memfd_create(const char *name, unsigned int flags);

#include <sys/prctl.h>

/// Neither this process nor its children gain privileges by a program that they start (prctl(2)); 0, or -1 and errno.
static inline int torbox_no_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }
