import { parentPort, workerData } from "node:worker_threads";
import { drawCableLabels } from "./cable-labels.ts";

// The whole thread: sheets of labels, and then it ends.
parentPort?.postMessage(await drawCableLabels(workerData));
