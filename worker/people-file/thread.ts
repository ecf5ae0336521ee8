import { parentPort, workerData } from "node:worker_threads";
import { checkPeopleFile } from "../../core/domain/people/people-file.ts";
import { parseCsv } from "../csv.ts";
import type { Job } from "./jobs.ts";

// Thousands of lines take long enough to be noticed in the chat.
const job: Job = workerData;
parentPort?.postMessage(job.do === "parse" ? parseCsv(job.bytes) : checkPeopleFile(job.lines, job.register));
