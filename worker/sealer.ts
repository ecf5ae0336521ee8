import type pg from "pg";
import type { Logger } from "pino";
import { sealJournal } from "../core/actions/journal/seal-journal.ts";
import type { Db } from "../core/db/tables.ts";
import { wait } from "../core/db/wait.ts";
import { whileLocked } from "../core/db/while-locked.ts";

/** How long a journal row waits for its place in the chain at most, while the database answers. */
const intervalMs = 1000;

/** Seals the journal, each second; one process at a time. What is committed while nobody seals is sealed later. */
export function startSealer(options: { config: pg.ClientConfig; db: Db; log: Logger }): { stop(): Promise<void> } {
  const stop = new AbortController();
  const lock = { config: options.config, name: "sealer", stop: stop.signal, log: options.log };
  const running = whileLocked(lock, async (signal) => {
    while (!signal.aborted) {
      const sealed = await options.db.transaction().execute(sealJournal);
      if (sealed === 0) await wait(intervalMs, signal);
    }
  });
  return {
    async stop() {
      stop.abort();
      await running;
    },
  };
}
