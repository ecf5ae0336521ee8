export const minuteInMilliseconds = 60_000;
export const hourInMilliseconds = 60 * minuteInMilliseconds;
export const dayInMilliseconds = 24 * hourInMilliseconds;

/** The messages of an album come one by one, within about a second: what is said of them waits for the last. */
export const albumMilliseconds = 1000;
