import { parentPort, workerData } from "node:worker_threads";
import { drawPoster } from "./poster.ts";

// The whole thread: one poster, and then it ends.
parentPort?.postMessage(await drawPoster(workerData));
