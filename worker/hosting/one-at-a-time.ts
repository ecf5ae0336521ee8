import type { Db } from "../../core/db/tables.ts";
import { whileHolding } from "./hold-stack.ts";
import { holds } from "./holds.ts";
import type { Hosts } from "./hosts.ts";

/** The other one loads a large dump, or saves a large image. */
const patienceMs = 10 * 60_000;

/**
 * Hosts on which the same file is made, tried or saved by one worker at a time. What is thrown away afterwards is known by that
 * file, so that what a crash has left is found: each would throw away the other's.
 */
export function oneAtATime(hosts: Hosts, db: Db): Hosts {
  const alone = <Done>(what: string, work: () => Promise<Done>): Promise<Done> =>
    whileHolding(db, what, new AbortController().signal, work, { patienceMs });
  return {
    ...hosts,
    makeImage: (target, image, archive) =>
      alone(holds.making(target.name, archive.sha256), () => hosts.makeImage(target, image, archive)),
    saveImage: (target, reference, ...rest) =>
      alone(holds.fetching(target.name, reference), () => hosts.saveImage(target, reference, ...rest)),
    // Saving an image takes one that it had to fetch off its host again, also from whom found it there meanwhile.
    needImage: (target, image) =>
      image.includes("@")
        ? alone(holds.fetching(target.name, image), () => hosts.needImage(target, image))
        : hosts.needImage(target, image),
    tryDump: (target, database, dump) =>
      alone(holds.trying(target.name, dump.sha256), () => hosts.tryDump(target, database, dump)),
  };
}
