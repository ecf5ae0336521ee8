/** What is waited for comes in a second or two; on a machine that does many other things it may take much longer, and is no failure. */
export const patienceMs = 90_000;

/** Of a test that waits for several things, one after the other. */
export const longTestMs = 4 * patienceMs;
