import { Worker } from "node:worker_threads";

/** What takes longer than this hangs. */
const longestMs = 60_000;

/**
 * Runs a module in a thread of its own, beside the process's, which goes on answering people. The module finds its
 * data in `workerData` and posts one result.
 *
 * @param what in words for a fault, e.g. "drawing a poster"
 * @throws Error what the module threw, or that it hung
 */
export function runInThread<Result>(module: URL, data: object, what: string): Promise<Result> {
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  const thread = new Worker(module, { workerData: data });
  const hangs = setTimeout(() => {
    reject(new Error(`${what}: no answer within ${longestMs} ms`));
    void thread.terminate();
  }, longestMs);
  thread.on("message", resolve);
  thread.on("error", (cause) => reject(new Error(what, { cause })));
  thread.on("exit", (code) => reject(new Error(`${what}: the thread ended with code ${code}`)));
  return promise.finally(() => clearTimeout(hangs));
}
