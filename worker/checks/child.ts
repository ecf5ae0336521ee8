import { type Job, look } from "./look.ts";

// The whole process: one file, which was opened for it. Its parent ends it.

/** Behind the standard ones and that to the parent. */
const descriptor = 4;

process.once("message", async (job: Job) => process.send?.(await look(descriptor, job)));
process.once("disconnect", () => process.exit(1));
