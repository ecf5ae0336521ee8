/** Between two steps of a message's way, in its order. */
export type CrashPoint = "poll-to-inbox" | "inbox-to-action" | "action-to-send" | "send-to-mark";

/** Called at each of them; a crash test kills the process there. */
export type AtCrashPoint = (point: CrashPoint) => Promise<void>;
