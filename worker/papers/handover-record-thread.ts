import { parentPort, workerData } from "node:worker_threads";
import { drawHandoverRecord } from "./handover-record.ts";

// The whole thread: one record, and then it ends.
parentPort?.postMessage(await drawHandoverRecord(workerData));
