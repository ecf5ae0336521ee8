import { parentPort, workerData } from "node:worker_threads";
import { drawOutageEvidence } from "./outage-evidence.ts";

// The whole thread: one outage, and then it ends.
parentPort?.postMessage(await drawOutageEvidence(workerData));
