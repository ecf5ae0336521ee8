import type { Db } from "../../core/db/tables.ts";
import { whileHolding } from "./hold-stack.ts";
import { holds } from "./holds.ts";
import type { Hosts } from "./hosts.ts";

/** The other one loads a large dump, or saves a large image. */
const patienceMs = 10 * 60_000;

/**
 * Hosts on which the same file is made, tried or saved by one worker at a time. What is thrown away afterwards is known by that
 * file, so that what a crash has left is found: each would throw away the other's. Nothing comes of work whose hold was lost.
 */
export function oneAtATime(hosts: Hosts, db: Db): Hosts {
  const alone = <Done>(
    what: string,
    signal: AbortSignal,
    work: (held: AbortSignal) => Promise<Done>,
  ): Promise<Done> => {
    const whole = async (held: AbortSignal) => {
      const done = await work(held);
      held.throwIfAborted();
      return done;
    };
    return whileHolding(db, what, signal, whole, { patienceMs });
  };
  return {
    ...hosts,
    makeImage: (target, image, archive, signal) =>
      alone(holds.making(target.name, archive.sha256), signal, (held) => hosts.makeImage(target, image, archive, held)),
    saveImage: (target, reference, path, limits, signal) =>
      alone(holds.fetching(target.name, reference), signal, (held) =>
        hosts.saveImage(target, reference, path, limits, held),
      ),
    // Saving an image takes one that it had to fetch off its host again, also from whom found it there meanwhile.
    needImage: (target, image, signal) =>
      image.includes("@")
        ? alone(holds.fetching(target.name, image), signal, (held) => hosts.needImage(target, image, held))
        : hosts.needImage(target, image, signal),
    tryDump: (target, database, dump, signal) =>
      alone(holds.trying(target.name, dump.sha256), signal, (held) => hosts.tryDump(target, database, dump, held)),
  };
}
