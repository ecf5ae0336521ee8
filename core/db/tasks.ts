import type { Pool } from "pg";
import { type Db as Connection, fromKysely, PgBoss } from "pg-boss";
import type { Answers } from "../domain/form/field.ts";
import { applicationRole } from "./database.ts";
import type { Tx } from "./tables.ts";

/** What a task is given, by the name of its queue. */
export type TaskData = {
  /** Fetch what somebody sent from Telegram, before its file id dies. */
  "fetch-file": { attachmentId: number };
  /** Every try to fetch it failed. */
  "give-up-file": { attachmentId: number };
  /** Have a host fetch an image of a registry into a file. */
  "fetch-image": { attachmentId: number };
  /** Every try to fetch it failed. */
  "give-up-image": { attachmentId: number };
  /** Check a file of an application that is to be hosted. */
  "check-file": { attachmentId: number };
  /** Every try to check it failed. */
  "give-up-check": { attachmentId: number };
  /** Make the plan of an application, by which it is approved. */
  "plan-application": { ticketId: number };
  /** Every try to make it failed. */
  "give-up-plan": { ticketId: number };
  /** Build an application that was approved. */
  "build-application": { ticketId: number };
  /** Every try to build it failed. */
  "give-up-build": { ticketId: number };
  /** Take the file of a stack back whose plan, or an address of it, was given up. */
  "withdraw-plan": { stack: string };
  /** Remove what stands of an application whose first build did not come to its end. */
  "clear-application": { ticketId: number };
  /** Every try to remove it failed. */
  "give-up-clearing": { ticketId: number };
  /** Offer who asked for an application what its database is opened by. `accessId`: by a vendor, who has an account of their own. */
  "offer-database-account": { applicationId: number; accessId?: number };
  /** Every try to offer it failed. */
  "give-up-account": { applicationId: number; accessId?: number };
  /** Compare each stack that stands with its host. */
  "compare-stacks": Record<string, never>;
  /** Compare a stack with its host, and see who wrote its state. `personId`: who asked for it. */
  "compare-stack": { stack: string; personId?: number };
  /** Every try to compare it failed. */
  "give-up-compare": { stack: string; personId?: number };
  /** Make what was changed by hand as it was approved. */
  "put-back-stack": { stack: string; personId: number };
  /** Take an application off the net: its route, its containers, and what is kept of them as evidence. */
  "isolate-application": { isolationId: number };
  /** Give an application back to the net. */
  "end-isolation": { isolationId: number };
  /** See that isolated applications stay so, and remind leadership of those that wait for them. */
  "keep-isolations": Record<string, never>;
  /** Give each proxy its routes again, which one that was made anew does not know. */
  "keep-routes": Record<string, never>;
  /** End accesses whose time is over, and shut those that ended. */
  "keep-accesses": Record<string, never>;
  /** Let nobody in any more by an access that ended, and take it out of its stack. */
  "close-access": { accessId: number };
  /** Every try to put it back failed. */
  "give-up-put-back": { stack: string; personId: number };
  /** Put an uploaded file into the store. */
  "store-upload": { uploadId: number };
  /** Every try to put it there failed. */
  "give-up-upload": { uploadId: number };
  /** Read a list of people that was fetched, and check it. */
  "read-people-file": { importId: number };
  /** Every try to read it failed. */
  "give-up-people-file": { importId: number };
  /** Read a list of addresses that was fetched, and check it. */
  "read-address-file": { importId: number };
  /** Every try to read it failed. */
  "give-up-address-file": { importId: number };
  /** Read a list of names that was fetched, and check it. */
  "read-name-file": { importId: number };
  /** Every try to read it failed. */
  "give-up-name-file": { importId: number };
  /** Write the zone files that are not as the register is. */
  "write-zones": Record<string, never>;
  /** Look up every name in use. */
  "check-names": Record<string, never>;
  /** Scan each prefix that is to be scanned. */
  "scan-prefixes": Record<string, never>;
  /** Ask the addresses of a prefix whether they are there. */
  "scan-prefix": { prefixId: number };
  /** Ask the checks of a target now, for somebody who waits for it. */
  "ask-target": { targetId: number; personId: number };
  /** Every try to ask it failed. */
  "give-up-asking": { targetId: number; personId: number };
  /** Ask where the name leads by which somebody wishes a target to be watched. */
  "ask-name": { targetId: number; personId: number; answers: Answers };
  /** Every try to ask it failed. */
  "give-up-asking-name": { targetId: number; personId: number; answers: Answers };
  /** Roll up what was found by the checks, and watch what is hosted by machine. */
  "roll-up-samples": Record<string, never>;
  /** Tell of certificates that end soon. */
  "tell-of-certificates": Record<string, never>;
  /** Drop what was kept of samples for long enough. */
  "keep-sample-days": Record<string, never>;
  /** Read a list of assets that was fetched, and check it. */
  "read-asset-file": { importId: number };
  /** Every try to read it failed. */
  "give-up-asset-file": { importId: number };
  /** Read a list of what is to be watched that was fetched, and check it. */
  "read-target-file": { importId: number };
  /** Every try to read it failed. */
  "give-up-target-file": { importId: number };
  /** Make a paper, and send it to who asked for it. */
  "make-paper": { paperId: number };
  /** Every try to make it failed. */
  "give-up-paper": { paperId: number };
  /** Forget what is kept for days only. */
  "clean-up": Record<string, never>;
  /** Look at the tickets whose time has come. */
  "wake-tickets": Record<string, never>;
  /** Send the reports of the morning, where they are due. */
  "send-reports": Record<string, never>;
  /** Tell whose day it is by the duty roster. */
  "tell-of-roster": Record<string, never>;
  /** Publish the head of the journal's chain. */
  "pin-journal-head": Record<string, never>;
  /** See whether the staff group can be used, and make the topics that it lacks. */
  "look-after-staff-group": Record<string, never>;
};
export type TaskName = keyof TaskData;

/** Work on hosts takes long. A worker that died holds its stack for some seconds more, so that the first tries find it held. */
const onHosts = { retryLimit: 8, retryDelay: 5, retryBackoff: true, expireInSeconds: 3600 };

const exclusive = "exclusive" as const;
/** Asked for each minute, and slow where a host does not answer: what waits already is not asked for once more. */
const onceEachMinute = { retryLimit: 0, retryDelay: 0, retryBackoff: false, policy: exclusive, expireInSeconds: 1800 };

/** A task is tried again when it fails or when its worker dies; the heartbeat tells a dead worker from a slow one. */
const queues: Record<
  TaskName,
  /** `singleton`: one at a time, of all workers. `exclusive`: one for the same data, whether it waits or is worked on. */
  {
    retryLimit: number;
    retryDelay: number;
    retryBackoff: boolean;
    deadLetter?: TaskName;
    policy?: "singleton" | "exclusive";
    /** After which a task counts as lost; absent: a quarter of an hour. */
    expireInSeconds?: number;
  }
> = {
  // A queue stands below the one to which its failed tasks go.
  "give-up-file": { retryLimit: 8, retryDelay: 2, retryBackoff: true },
  "fetch-file": { retryLimit: 8, retryDelay: 2, retryBackoff: true, deadLetter: "give-up-file" },
  "give-up-image": { retryLimit: 8, retryDelay: 2, retryBackoff: true },
  "fetch-image": { ...onHosts, deadLetter: "give-up-image" },
  "give-up-check": { retryLimit: 8, retryDelay: 2, retryBackoff: true },
  // It ends by itself: what took too long is a result, too.
  // A dump is loaded for half an hour at most, after another worker's.
  "check-file": {
    retryLimit: 2,
    retryDelay: 5,
    retryBackoff: true,
    expireInSeconds: 3600,
    deadLetter: "give-up-check",
  },
  "give-up-plan": { retryLimit: 8, retryDelay: 2, retryBackoff: true },
  "plan-application": { ...onHosts, deadLetter: "give-up-plan" },
  "withdraw-plan": onHosts,
  "give-up-build": { retryLimit: 8, retryDelay: 2, retryBackoff: true },
  "build-application": { ...onHosts, deadLetter: "give-up-build" },
  "give-up-clearing": { retryLimit: 8, retryDelay: 2, retryBackoff: true },
  "clear-application": { ...onHosts, deadLetter: "give-up-clearing" },
  "give-up-account": { retryLimit: 8, retryDelay: 2, retryBackoff: true },
  "offer-database-account": { retryLimit: 5, retryDelay: 2, retryBackoff: true, deadLetter: "give-up-account" },
  "compare-stacks": { retryLimit: 3, retryDelay: 60, retryBackoff: false },
  "give-up-compare": { retryLimit: 8, retryDelay: 2, retryBackoff: true },
  // The next hour tries again.
  "compare-stack": {
    ...{ retryLimit: 2, retryDelay: 30, retryBackoff: false, policy: "singleton", expireInSeconds: 3600 },
    deadLetter: "give-up-compare",
  },
  // The next minute tries again.
  "isolate-application": onceEachMinute,
  "end-isolation": onceEachMinute,
  "keep-isolations": { retryLimit: 0, retryDelay: 0, retryBackoff: false },
  // The next minute tries again.
  "keep-accesses": { retryLimit: 0, retryDelay: 0, retryBackoff: false },
  "close-access": onceEachMinute,
  // The next minutes try again.
  "keep-routes": { retryLimit: 0, retryDelay: 0, retryBackoff: false, policy: "singleton" },
  "give-up-put-back": { retryLimit: 8, retryDelay: 2, retryBackoff: true },
  "put-back-stack": { ...onHosts, deadLetter: "give-up-put-back" },
  "give-up-upload": { retryLimit: 8, retryDelay: 2, retryBackoff: true },
  "store-upload": { retryLimit: 5, retryDelay: 5, retryBackoff: true, deadLetter: "give-up-upload" },
  "give-up-people-file": { retryLimit: 8, retryDelay: 2, retryBackoff: true },
  "read-people-file": { retryLimit: 3, retryDelay: 2, retryBackoff: true, deadLetter: "give-up-people-file" },
  "give-up-address-file": { retryLimit: 8, retryDelay: 2, retryBackoff: true },
  "read-address-file": { retryLimit: 3, retryDelay: 2, retryBackoff: true, deadLetter: "give-up-address-file" },
  "give-up-name-file": { retryLimit: 8, retryDelay: 2, retryBackoff: true },
  "read-name-file": { retryLimit: 3, retryDelay: 2, retryBackoff: true, deadLetter: "give-up-name-file" },
  // The schedule tries again, too.
  "write-zones": { retryLimit: 3, retryDelay: 5, retryBackoff: true, policy: "singleton" },
  "check-names": { retryLimit: 1, retryDelay: 60, retryBackoff: false, policy: "singleton" },
  "give-up-asking": { retryLimit: 8, retryDelay: 2, retryBackoff: true },
  "ask-target": {
    retryLimit: 1,
    retryDelay: 2,
    retryBackoff: false,
    policy: "exclusive",
    deadLetter: "give-up-asking",
  },
  "give-up-asking-name": { retryLimit: 8, retryDelay: 2, retryBackoff: true },
  "ask-name": { retryLimit: 5, retryDelay: 2, retryBackoff: true, deadLetter: "give-up-asking-name" },
  "roll-up-samples": onceEachMinute,
  "keep-sample-days": { retryLimit: 3, retryDelay: 60, retryBackoff: false },
  "tell-of-certificates": { retryLimit: 3, retryDelay: 60, retryBackoff: false },
  "scan-prefixes": { retryLimit: 3, retryDelay: 60, retryBackoff: false },
  // The next day tries again.
  "scan-prefix": { retryLimit: 1, retryDelay: 60, retryBackoff: false, policy: "singleton" },
  "give-up-target-file": { retryLimit: 8, retryDelay: 2, retryBackoff: true },
  "read-target-file": { retryLimit: 3, retryDelay: 2, retryBackoff: true, deadLetter: "give-up-target-file" },
  "give-up-asset-file": { retryLimit: 8, retryDelay: 2, retryBackoff: true },
  "read-asset-file": { retryLimit: 3, retryDelay: 2, retryBackoff: true, deadLetter: "give-up-asset-file" },
  "give-up-paper": { retryLimit: 8, retryDelay: 2, retryBackoff: true },
  "make-paper": { retryLimit: 3, retryDelay: 2, retryBackoff: true, deadLetter: "give-up-paper" },
  "clean-up": { retryLimit: 2, retryDelay: 60, retryBackoff: true },
  // The next minute tries again.
  "wake-tickets": { retryLimit: 0, retryDelay: 0, retryBackoff: false },
  // The next run, some minutes later, tries again.
  "send-reports": { retryLimit: 0, retryDelay: 0, retryBackoff: false },
  "tell-of-roster": { retryLimit: 0, retryDelay: 0, retryBackoff: false },
  "pin-journal-head": { retryLimit: 8, retryDelay: 30, retryBackoff: true },
  // The next minutes try again.
  "look-after-staff-group": { retryLimit: 3, retryDelay: 2, retryBackoff: true },
};
/**
 * How many of a kind one worker does at once; of others one. Each Pulumi takes half a gigabyte, and a processor for some
 * seconds; what isolates mostly waits for a host, and keeps nobody else's waiting.
 */
const atOnce: Partial<Record<TaskName, number>> = {
  "build-application": 3,
  "isolate-application": 4,
  "end-isolation": 4,
  "close-access": 4,
};
/** Said to each queue, so that one which had another setting has it no more. */
const usualSettings = { deadLetter: null, expireInSeconds: 900 };
const heartbeatSeconds = 10;
/** How often somebody looks for workers that died. The queue's own interval is a minute, which is long for who waits. */
const superviseSeconds = 10;
const sameFaultEveryMs = 60_000;

/** Slow work and the clock. Enqueueing is part of the action's transaction. */
export type Tasks = {
  /**
   * @param how.isUrgent it is worked on before all others of its queue
   * @param how.behind so many of the same person wait already: it comes after those of who has fewer
   */
  enqueue<Name extends TaskName>(
    tx: Tx,
    name: Name,
    data: TaskData[Name],
    how?: { isUrgent?: boolean; behind?: number },
  ): Promise<void>;
  /** @param handle its signal is aborted when the worker stops, or when the queue takes the task for lost */
  work<Name extends TaskName>(
    name: Name,
    handle: (data: TaskData[Name], signal: AbortSignal) => Promise<void>,
  ): Promise<void>;
  /** @param cron local time in `zone` (IANA name) */
  schedule(
    name:
      | ("clean-up" | "wake-tickets" | "send-reports" | "pin-journal-head" | "look-after-staff-group")
      | ("roll-up-samples" | "keep-sample-days" | "tell-of-certificates" | "tell-of-roster")
      | ("write-zones" | "check-names" | "scan-prefixes" | "compare-stacks" | "keep-isolations" | "keep-routes")
      | "keep-accesses",
    cron: string,
    zone: string,
  ): Promise<void>;
  close(): Promise<void>;
};

/** Makes the queues and lets the application's role use them. Safe when two processes start together. */
export async function installTasks(owner: Pool): Promise<void> {
  const boss = new PgBoss({ db: over(owner), supervise: false, schedule: false });
  // Of its upkeep beside what is asked here, which throws by itself; without a listener it would end the process.
  boss.on("error", () => undefined);
  await boss.start();
  for (const [name, { policy, ...settings }] of Object.entries(queues)) {
    await boss.createQueue(name, policy === undefined ? {} : { policy });
    // One of an earlier version is left as it was until now; its policy it keeps for ever.
    await boss.updateQueue(name, { ...usualSettings, ...settings, heartbeatSeconds });
  }
  await boss.stop({ graceful: false });
  await owner.query(`
    grant usage on schema pgboss to ${applicationRole};
    grant select, insert, update, delete on all tables in schema pgboss to ${applicationRole};
    grant usage, select on all sequences in schema pgboss to ${applicationRole};
    grant execute on all functions in schema pgboss to ${applicationRole};
  `);
}

/**
 * @param onError a task that failed, which is tried again, or the queue itself, e.g. a lost connection; it goes on
 * @param worksTasks false: only enqueues, and leaves the clock and what tasks need to other processes
 */
export async function openTasks(
  application: Pool,
  onError: (error: Error, task?: TaskName) => void,
  { worksTasks = true }: { worksTasks?: boolean } = {},
): Promise<Tasks> {
  const ours = { migrate: false, createSchema: false, reindex: false, supervise: worksTasks, schedule: worksTasks };
  const often = { superviseIntervalSeconds: superviseSeconds, monitorIntervalSeconds: superviseSeconds };
  const boss = new PgBoss({ db: over(application), ...ours, ...often });
  boss.on("error", eachOnce(onError));
  await boss.start();
  const stopping = new AbortController();
  return {
    enqueue: async (tx, name, data, { isUrgent = false, behind = 0 } = {}) => {
      const key = queues[name].policy === "exclusive" ? { singletonKey: JSON.stringify(data) } : {};
      await boss.send(name, data, { db: fromKysely(tx), priority: isUrgent ? 1 : -behind, ...key });
    },
    work: async <Name extends TaskName>(
      name: Name,
      handle: (data: TaskData[Name], signal: AbortSignal) => Promise<void>,
    ) => {
      const options = { pollingIntervalSeconds: 0.5, localConcurrency: atOnce[name] ?? 1 };
      await boss.work<TaskData[Name]>(name, options, async (jobs) => {
        for (const job of jobs) {
          await handle(job.data, AbortSignal.any([job.signal, stopping.signal])).catch((fault: Error) => {
            onError(fault, name);
            throw fault;
          });
        }
      });
    },
    schedule: (name, cron, zone) => boss.schedule(name, cron, {}, { tz: zone }),
    close: () => {
      stopping.abort();
      return boss.stop({ graceful: true, timeout: 20_000 });
    },
  };
}

/**
 * The queue asks twice a second for each kind of task: while the database is away the same fault would fill the log. What
 * it tells is not always an Error.
 */
function eachOnce(onError: (error: Error) => void): (fault: unknown) => void {
  const toldAt = new Map<string, number>();
  return (fault) => {
    const { message: told = String(fault) } = Object(fault) as { message?: string };
    // Without which queue and which worker.
    const message = told.split(" (")[0] ?? told;
    const now = performance.now();
    if (now - (toldAt.get(message) ?? Number.NEGATIVE_INFINITY) < sameFaultEveryMs) return;
    toldAt.set(message, now);
    onError(fault instanceof Error ? fault : new Error(message));
  };
}

function over(pool: Pool): Connection {
  return { executeSql: (text, values) => pool.query(text, values) };
}
