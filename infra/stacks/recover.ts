import { rm } from "node:fs/promises";
import { accept, type Outcome } from "../../core/domain/outcome.ts";
import { openInput, type StackContext } from "./context.ts";
import type { DockerHost } from "./docker-host.ts";
import { isDead, type Machine, thisMachine } from "./lock.ts";
import { removeNeverRun, removeUnknown } from "./remove-unknown.ts";
import { listSessions, runPulumi } from "./run-pulumi.ts";
import { endSession } from "./session.ts";

/** @property signal of who works on the stack alone: nothing is begun after it @property machine by default this one */
type Recovering = { signal?: AbortSignal | undefined; machine?: Machine };

/**
 * Makes a stack ready for an update after a crash in the middle of one: ends what the crash left running, clears the lock of
 * a holder that is dead, and removes what stands on the host while the state does not know it, and what never ran. Volumes
 * stay: an update takes over what has their name. It can be done again at any time, and changes nothing where nothing was left.
 *
 * @returns refused where the holder lives, or may live on another machine
 */
export async function recoverStack(
  context: StackContext,
  stack: string,
  options: Recovering = {},
): Promise<Outcome<undefined, "stack-locked">> {
  await endLeftover(context, stack);
  const refreshed = await refreshStack(context, stack, options);
  if (!refreshed.ok) return refreshed;
  const { docker } = await openInput(context, stack);
  await removeUnknown(context, docker, stack, { names: [], ...options });
  return forgetNeverRun(context, docker, stack, options);
}

/** What never ran is removed, and the state forgets it. */
export async function forgetNeverRun(
  context: StackContext,
  docker: DockerHost,
  stack: string,
  options: Recovering = {},
): Promise<Outcome<undefined, "stack-locked">> {
  if (!(await removeNeverRun(docker, stack, options))) return accept();
  const forgotten = await refreshStack(context, stack, options);
  return forgotten.ok ? accept() : forgotten;
}

/**
 * The state becomes what the host has; what was begun and never ended is forgotten.
 *
 * @param options.targets URNs of all that is asked about; none: the whole stack
 */
export async function refreshStack(
  context: StackContext,
  stack: string,
  { signal, machine = thisMachine, targets = [] }: Recovering & { targets?: readonly string[] } = {},
): Promise<Outcome<string, "stack-locked">> {
  const { secrets } = await openInput(context, stack);
  const doing = `refreshing stack ${stack}`;
  const of = targets.flatMap((urn) => ["--target", urn]);
  const args = ["refresh", "--yes", "--skip-preview", "--clear-pending-creates", "--suppress-progress", ...of];
  const refreshed = await runPulumi(context, stack, args, { doing, secrets, signal });
  if (refreshed.ok) return refreshed;
  const { user, host, pid, since } = refreshed.refusal.values;
  const holder = { user: String(user), host: String(host), pid: Number(pid), since: String(since) };
  if (!isDead(holder, machine)) return refreshed;
  await runPulumi(context, stack, ["cancel", "--yes"], { doing: `clearing the lock of stack ${stack}`, signal });
  return runPulumi(context, stack, args, { doing, secrets, signal });
}

/** Ends what another process of ours began on a stack and cannot end any more; for who alone works on the stack. */
export async function endLeftover({ home }: Pick<StackContext, "home">, stack: string): Promise<void> {
  for (const [file, session] of await listSessions(home, stack)) {
    await endSession(session);
    await rm(file, { force: true });
  }
}
