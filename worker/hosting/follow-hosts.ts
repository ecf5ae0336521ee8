import type { Logger } from "pino";
import { noteMachinePart } from "../../core/actions/hosting/machine-progress.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { describeFault } from "../../core/db/fault.ts";
import type { Db } from "../../core/db/tables.ts";
import type { MachinePart } from "../../core/domain/hosting/machine-parts.ts";
import type { Progress } from "../../infra/stacks/progress.ts";
import { HostFailed, type Hosts } from "./hosts.ts";
import type { UpdateLog } from "./update-log.ts";

type Options = { db: Db; setting: (now: Date) => Setting; log: Logger };

/**
 * Hosts that say of a ticket's work which part is under way and which is done, and whose output is kept. What cannot be told
 * hinders no work.
 */
export function followedHosts(hosts: Hosts, ticketId: number, printed: UpdateLog, options: Options): Hosts {
  const follow = openFollower(ticketId, options);
  const parted =
    <Args extends unknown[], Done>(part: MachinePart, work: (...args: Args) => Promise<Done>) =>
    async (...args: Args): Promise<Done> => {
      await follow.note(part, false);
      try {
        const done = await work(...args);
        await follow.note(part, true);
        return done;
      } catch (fault) {
        if (fault instanceof HostFailed) printed.add(fault.message);
        throw fault;
      }
    };
  const following = {
    onLine: (line: string) => printed.add(line),
    onProgress: (progress: Progress) => follow.followPulumi(progress),
  };
  return {
    ...hosts,
    loadImage: parted("image", hosts.loadImage),
    makeImage: parted("image", hosts.makeImage),
    needImage: parted("image", hosts.needImage),
    preview: parted("preview", hosts.preview),
    previewRemoval: parted("preview", hosts.previewRemoval),
    recover: parted("recovery", hosts.recover),
    update: parted("update", async (stack, input, signal) => {
      printed.add(`--- ${stack}`);
      await hosts.update(stack, input, signal, following);
      await follow.settled();
    }),
    remove: parted("removal", (stack, images, signal) => hosts.remove(stack, images, signal, following)),
    drain: parted("drain", hosts.drain),
    fillDatabase: parted("filling", hosts.fillDatabase),
    askDatabase: parted("database-asked", hosts.askDatabase),
    route: parted("routes", hosts.route),
    ask: parted("name-asked", hosts.ask),
  };
}

/** One note after the other, in their order. */
function openFollower(ticketId: number, { db, setting, log }: Options) {
  let last: Promise<void> = Promise.resolve();
  const noteNow = async (part: MachinePart, isDone: boolean) => {
    try {
      const note = { ticketId, part, isDone };
      await db.transaction().execute((tx) => noteMachinePart(tx, setting(new Date()), note));
    } catch (fault) {
      log.warn({ ticketId, part, fault: describeFault(fault) }, "telling how far a machine has come failed");
    }
  };
  const note = (part: MachinePart, isDone: boolean): Promise<void> => {
    last = last.then(() => noteNow(part, isDone));
    return last;
  };
  return {
    note,
    settled: () => last,
    followPulumi: (progress: Progress) => {
      const part = partOf(progress);
      if (part !== undefined) void note(part, !progress.what.endsWith("ing"));
    },
  };
}

/** Looking at what is there is no part of the work. */
function partOf({ kind, name, what }: Progress): MachinePart | undefined {
  if (kind === "other" || what.startsWith("refresh")) return undefined;
  return kind === "container" && name === "database" ? "database" : kind;
}
