import { parentPort, workerData } from "node:worker_threads";
import { makePng } from "./png.ts";

// The whole thread: one picture, and then it ends.
parentPort?.postMessage(await makePng(workerData.svg));
