import type { Logger } from "pino";
import type { ZodError } from "zod";
import type { Events } from "../core/db/events/events.ts";
import { describeFault, framesOf, isServerAway } from "../core/db/fault.ts";
import { type InboxRow, markFailed, markHandled, markParked, type TakenRow, takeNext } from "../core/db/inbox.ts";
import type { Db, Tx } from "../core/db/tables.ts";
import { settledWithin } from "../core/db/wait.ts";
import type { AtCrashPoint } from "./crash-points.ts";
import { Alarm } from "./telegram/alarm.ts";
import type { Client } from "./telegram/client.ts";
import { type Update, update as updateSchema } from "./telegram/update.ts";

const atOnce = 8;
const backstopMs = 1000;
const finishWithinMs = 20_000;
const markTries = 3;

/** What is said at the button, at once and beside the messages; may be lost. */
export type CallbackAnswer = { id: string; text?: string; showAlert?: boolean };

export type HandleUpdate = (
  tx: Tx,
  update: Update,
  context: { inboxId: number; now: Date },
) => Promise<{ callbackAnswer?: CallbackAnswer }>;

export type InboxOptions = {
  db: Db;
  events: Pick<Events, "subscribe">;
  /** There may be something to send. */
  wakeSender: () => Promise<void>;
  client: Pick<Client, "answerCallbackQuery">;
  /** Runs in the transaction that marks the update as handled; a throw takes all of it back. */
  handle: HandleUpdate;
  /** An update was given up; runs in the transaction that says so. */
  onParked: (tx: Tx, row: InboxRow) => Promise<void>;
  log: Logger;
  now?: () => Date;
  at?: AtCrashPoint;
  /** Updates at once, each of another chat. */
  atOnce?: number;
  backstopMs?: number;
};

/** Handles what is in the inbox: in order within a chat, side by side over chats, each in one transaction. */
export class InboxHandler {
  readonly #options: InboxOptions;
  readonly #now: () => Date;
  readonly #alarm = new Alarm();
  readonly #stop = new AbortController();
  readonly #workers = new Set<Promise<void>>();
  readonly #answers = new Set<Promise<void>>();
  #running = Promise.resolve();
  #wasFull = false;
  /** How often it was said that something came. */
  #calls = 0;
  /** Ids of updates that failed and are not marked yet. */
  readonly #failed = new Set<number>();

  constructor(options: InboxOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
  }

  start(): void {
    const unsubscribe = this.#options.events.subscribe("inbox", () => {
      this.#calls++;
      this.#alarm.ring();
    });
    this.#running = this.#run().finally(unsubscribe);
  }

  /** Takes nothing more and finishes what runs. @returns whether all of it was finished in time */
  async stop(): Promise<boolean> {
    this.#stop.abort();
    await this.#running;
    return settledWithin(finishWithinMs, [...this.#workers, ...this.#answers]);
  }

  /** Each ring starts a worker; a worker that finds something rings when there is more. */
  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      this.#wasFull = this.#workers.size >= (this.#options.atOnce ?? atOnce);
      if (!this.#wasFull) this.#startWorker();
      await this.#alarm.sleep(this.#options.backstopMs ?? backstopMs, this.#stop.signal);
    }
  }

  #startWorker(): void {
    const worker = this.#work().finally(() => {
      this.#workers.delete(worker);
      if (this.#wasFull) this.#alarm.ring();
    });
    this.#workers.add(worker);
  }

  async #work(): Promise<void> {
    while (!this.#stop.signal.aborted && (await this.#handleNext()));
  }

  /** @returns false when there is nothing more to do, or no way to do it */
  async #handleNext(): Promise<boolean> {
    const taken: { row?: TakenRow } = {};
    const calls = this.#calls;
    try {
      const result = await this.#options.db.transaction().execute(async (tx) => {
        const row = await takeNext(tx, this.#now(), [...this.#failed]);
        if (!row || this.#stop.signal.aborted) return undefined;
        taken.row = row;
        if (!row.isLast) this.#alarm.ring();
        return this.#handle(tx, row);
      });
      if (!result) return false;
      if (result.callbackAnswer) this.#answer(result.callbackAnswer);
    } catch (fault) {
      if (!taken.row) {
        this.#logFault("reading the inbox failed", fault);
        return false;
      }
      this.#logFault("handling an update failed", fault, taken.row);
      if (isServerAway(fault)) {
        // As if the process had ended: nothing of it is stored, and it is no try of the update's.
        this.#failed.delete(taken.row.id);
        return false;
      }
      this.#failed.add(taken.row.id);
      if (!(await this.#markFailed(taken.row, describeFault(fault)))) return false;
    }
    await this.#options.wakeSender();
    // What came meanwhile may be of this chat: who looked for it then did not get it.
    return !taken.row?.isLast || calls !== this.#calls;
  }

  async #handle(tx: Tx, row: InboxRow): Promise<{ callbackAnswer?: CallbackAnswer }> {
    const update = updateSchema.safeParse(row.payload);
    if (!update.success) {
      await this.#park(tx, row, unfitBecause(update.error));
      return {};
    }
    await this.#options.at?.("inbox-to-action");
    try {
      const result = await this.#options.handle(tx, update.data, { inboxId: row.id, now: this.#now() });
      await markHandled(tx, row.id, this.#now());
      return result;
    } catch (fault) {
      // Before its lock is let go: until it is marked, no other worker tries it again.
      this.#failed.add(row.id);
      throw fault;
    }
  }

  async #park(tx: Tx, row: InboxRow, error: string): Promise<void> {
    this.#options.log.error({ inboxId: row.id, error }, "an update that cannot be read was parked");
    if (await markParked(tx, row, error)) await this.#options.onParked(tx, row);
  }

  /** All that was done was taken back. The last try leaves out to tell of it. @returns whether it could be marked */
  async #markFailed(row: InboxRow, error: string): Promise<boolean> {
    const { db, onParked } = this.#options;
    try {
      for (let tries = 1; tries <= markTries; tries++) {
        try {
          await db.transaction().execute(async (tx) => {
            const isParked = (await markFailed(tx, row, error, this.#now())) === "parked";
            if (isParked && tries < markTries) await onParked(tx, row);
          });
          return true;
        } catch (fault) {
          this.#logFault("marking a failed update failed", fault, row);
        }
      }
      return false;
    } finally {
      this.#failed.delete(row.id);
    }
  }

  #logFault(message: string, fault: unknown, row?: InboxRow): void {
    const which = row && { inboxId: row.id, attempts: row.attempts + 1 };
    this.#options.log.error({ ...which, fault: describeFault(fault), frames: framesOf(fault) }, message);
  }

  #answer(answer: CallbackAnswer): void {
    const { client, log } = this.#options;
    const answered = client
      .answerCallbackQuery(answer)
      .catch((fault: unknown) => log.debug({ fault: describeFault(fault) }, "answering a button press failed"))
      .finally(() => this.#answers.delete(answered));
    this.#answers.add(answered);
  }
}

/** Where it does not fit, without what stands there. */
function unfitBecause(error: ZodError): string {
  const places = error.issues.slice(0, 5).map(({ path, code }) => `${path.join(".")} (${code})`);
  return `does not fit the schema of updates: ${places.join(", ")}`;
}
