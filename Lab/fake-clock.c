/*
 * A clock of its own for the programs of one host in the lab, by LD_PRELOAD.
 *
 * Whoever asks for the time of day gets the machine's, moved by an offset; whoever sets it sets the offset, and never
 * the machine's clock. The offset lies in the file that FAKE_CLOCK names, mapped by every process, so that all threads
 * and children see a change at once. Setting needs CAP_SYS_TIME, as it does with the kernel's own clock.
 *
 * Not moved: monotonic clocks, the times of files, the kernel's timestamps of packets, and waits until a time of day.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

#define SECOND 1000000000LL
/* The kernel slews by half a thousandth. */
#define SLEW_DIVISOR 2000

/* Nanoseconds. What is still to be slewed is added from `since`, on the monotonic clock, little by little. */
struct setting {
	int64_t offset, slew, since;
};

/* A writer fills the next place and then points to it, so that a reader meets no half-written one and never waits. */
struct state {
	_Atomic uint32_t current;
	uint32_t unused;
	struct setting settings[64];
};

static struct state unmoved;
static struct state *state = &unmoved;

static int ask_kernel(clockid_t id, struct timespec *now)
{
	return syscall(SYS_clock_gettime, id, now);
}

/* The C library's own, once it is found: it needs no system call, so that what is measured here stays as fast. */
static int (*true_clock)(clockid_t, struct timespec *) = ask_kernel;

__attribute__((constructor)) static void open_state(void)
{
	void *found = dlsym(RTLD_NEXT, "clock_gettime");
	if (found != NULL)
		true_clock = (int (*)(clockid_t, struct timespec *))found;
	const char *path = getenv("FAKE_CLOCK");
	if (path == NULL)
		return;
	int file = open(path, O_RDWR | O_CLOEXEC);
	void *mapped = file < 0 ? MAP_FAILED
		: mmap(NULL, sizeof(struct state), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
	if (mapped == MAP_FAILED) {
		/* Going on with the true clock would let a test pass that tests nothing. */
		static const char complaint[] = "fake-clock: cannot map the file that FAKE_CLOCK names\n";
		if (write(STDERR_FILENO, complaint, sizeof complaint - 1) < 0)
			abort();
		_exit(70);
	}
	close(file);
	state = mapped;
}

static int64_t machine_clock(clockid_t id)
{
	struct timespec now;
	true_clock(id, &now);
	return now.tv_sec * SECOND + now.tv_nsec;
}

static struct setting setting(void)
{
	return state->settings[atomic_load(&state->current) % 64];
}

static int64_t slewed(struct setting now)
{
	int64_t size = llabs(now.slew), most = (machine_clock(CLOCK_MONOTONIC) - now.since) / SLEW_DIVISOR;
	if (size > most)
		size = most;
	return now.slew < 0 ? -size : size;
}

static int64_t offset(void)
{
	struct setting now = setting();
	return now.offset + (now.slew == 0 ? 0 : slewed(now));
}

static int may_set(void)
{
	struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct sets[2];
	if (syscall(SYS_capget, &header, sets) == 0 && (sets[0].effective >> CAP_SYS_TIME & 1))
		return 1;
	errno = EPERM;
	return 0;
}

static int set(int64_t new_offset, int64_t slew)
{
	if (!may_set())
		return -1;
	uint32_t next = atomic_load(&state->current) + 1;
	state->settings[next % 64] = (struct setting){ new_offset, slew, machine_clock(CLOCK_MONOTONIC) };
	atomic_store(&state->current, next);
	return 0;
}

static int is_moved(clockid_t id)
{
	return id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE || id == CLOCK_REALTIME_ALARM || id == CLOCK_TAI;
}

/* Rounds down before 1970 too. */
static struct timespec spread(int64_t nanoseconds)
{
	struct timespec time = { nanoseconds / SECOND, nanoseconds % SECOND };
	if (time.tv_nsec < 0) {
		time.tv_sec -= 1;
		time.tv_nsec += SECOND;
	}
	return time;
}

int clock_gettime(clockid_t id, struct timespec *now)
{
	int result = true_clock(id, now);
	if (result == 0 && is_moved(id))
		*now = spread(now->tv_sec * SECOND + now->tv_nsec + offset());
	return result;
}

int timespec_get(struct timespec *now, int base)
{
	return base == TIME_UTC && clock_gettime(CLOCK_REALTIME, now) == 0 ? base : 0;
}

time_t time(time_t *result)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	if (result != NULL)
		*result = now.tv_sec;
	return now.tv_sec;
}

int gettimeofday(struct timeval *restrict result, void *restrict zone)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	*result = (struct timeval){ now.tv_sec, now.tv_nsec / 1000 };
	if (zone != NULL)
		memset(zone, 0, sizeof(struct timezone));
	return 0;
}

int clock_settime(clockid_t id, const struct timespec *new)
{
	if (id != CLOCK_REALTIME || new->tv_nsec < 0 || new->tv_nsec >= SECOND) {
		errno = EINVAL;
		return -1;
	}
	return set(new->tv_sec * SECOND + new->tv_nsec - machine_clock(CLOCK_REALTIME), 0);
}

int settimeofday(const struct timeval *new, const struct timezone *zone)
{
	(void)zone;
	if (new == NULL)
		return may_set() ? 0 : -1;
	struct timespec time = { new->tv_sec, new->tv_usec * 1000 };
	return clock_settime(CLOCK_REALTIME, &time);
}

static int64_t still_to_slew(void)
{
	struct setting now = setting();
	return now.slew == 0 ? 0 : now.slew - slewed(now);
}

int adjtime(const struct timeval *delta, struct timeval *rest)
{
	int64_t left = still_to_slew();
	if (delta != NULL && set(offset(), delta->tv_sec * SECOND + delta->tv_usec * 1000LL) != 0)
		return -1;
	if (rest != NULL)
		*rest = (struct timeval){ left / SECOND, left % SECOND / 1000 };
	return 0;
}

/* Of adjtimex(2): a step, a slew, and looking. The rest tunes a clock that this one is not, and is only taken note of. */
int clock_adjtime(clockid_t id, struct timex *change)
{
	int64_t unit = change->modes & ADJ_NANO ? 1 : 1000;
	int result = 0;
	if (id != CLOCK_REALTIME) {
		errno = EINVAL;
		return -1;
	}
	if (change->modes == ADJ_OFFSET_SINGLESHOT || change->modes == ADJ_OFFSET_SS_READ) {
		int64_t left = still_to_slew() / 1000;
		if (change->modes == ADJ_OFFSET_SINGLESHOT)
			result = set(offset(), change->offset * 1000LL);
		change->offset = left;
	} else if (change->modes & ADJ_SETOFFSET) {
		result = set(offset() + change->time.tv_sec * SECOND + change->time.tv_usec * unit, 0);
	} else if (change->modes & ADJ_OFFSET) {
		result = set(offset(), change->offset * unit);
	} else if (change->modes != 0 && !may_set()) {
		result = -1;
	}
	if (result != 0)
		return -1;
	gettimeofday(&change->time, NULL);
	return TIME_OK;
}

int adjtimex(struct timex *change)
{
	return clock_adjtime(CLOCK_REALTIME, change);
}

int ntp_adjtime(struct timex *change)
{
	return clock_adjtime(CLOCK_REALTIME, change);
}
