import { setTimeout as pause } from "node:timers/promises";
import { keptFreeBytes } from "../../core/domain/upload/upload-rules.ts";
import type { DockerHost } from "../../infra/stacks/docker-host.ts";
import { StackFault } from "../../infra/stacks/fault.ts";

const usualIntervalMs = 2_000;

/** A folder within a container, which lies on its host's disk. */
type Place = { container: string; folder: string };

/**
 * Lets work go on as long as the disk on which that folder lies keeps some room: those of others stand there, too. Where nothing says how
 * much is left, nobody is stopped.
 *
 * @throws StackFault disk-full; what `work` throws
 */
export async function whileRoomIsLeft<Done>(
  docker: DockerHost,
  place: Place,
  { signal, intervalMs = usualIntervalMs }: { signal: AbortSignal; intervalMs?: number },
  work: (signal: AbortSignal) => Promise<Done>,
): Promise<Done> {
  const full = new AbortController();
  const over = new AbortController();
  const watching = watch(docker, place, { over: over.signal, intervalMs, onFull: () => full.abort() });
  try {
    return await work(AbortSignal.any([signal, full.signal]));
  } catch (fault) {
    if (!full.signal.aborted) throw fault;
    throw new StackFault("disk-full", `working in ${place.container}`, "it took the room that its host keeps free");
  } finally {
    over.abort();
    await watching;
  }
}

type Watch = { over: AbortSignal; intervalMs: number; onFull: () => void };

async function watch(docker: DockerHost, place: Place, { over, intervalMs, onFull }: Watch): Promise<void> {
  while (!over.aborted) {
    const freeBytes = await freeBytesAt(docker, place, over);
    if (freeBytes !== undefined && freeBytes < keptFreeBytes) return onFull();
    await pause(intervalMs, undefined, { signal: over }).catch(() => undefined);
  }
}

async function freeBytesAt(docker: DockerHost, { container, folder }: Place, signal: AbortSignal) {
  try {
    const printed = await docker.run(["exec", container, "df", "-P", "-k", folder], { signal });
    const free = /\s(\d+)\s+\d+%\s[^\n]*\n?$/.exec(printed)?.[1];
    return free === undefined ? undefined : Number(free) * 1024;
  } catch (fault) {
    if (!(fault instanceof StackFault)) throw fault;
    return undefined;
  }
}
