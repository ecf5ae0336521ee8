import { allOrNothing } from "../../db/all-or-nothing.ts";
import { listMachineChecks } from "../../db/hosting/machine-checks.ts";
import type { Tx } from "../../db/tables.ts";
import { lockTicket } from "../../db/ticket/tickets.ts";
import { machineCheckKey } from "../../domain/hosting/machine-checks.ts";
import { accept, type Outcome } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import type { Setting } from "../setting.ts";
import { doStep } from "../ticket/do-step.ts";

/**
 * Accepts what a machine has passed, check by check, as it was shown. What has a verdict by now keeps it, so that a press done
 * twice changes nothing.
 *
 * @param input.keys of the checks, as `machineCheckKey` gives them; all or none of them are accepted
 */
export async function acceptPassedChecks(
  tx: Tx,
  person: Person,
  setting: Setting,
  { ticketId, version, keys }: { ticketId: number; version: number; keys: readonly string[] },
): Promise<Outcome> {
  await lockTicket(tx, ticketId);
  const checks = await listMachineChecks(tx, ticketId);
  const judged = new Set(checks.filter(({ verdict }) => verdict !== undefined).map(machineCheckKey));
  const step = "accept-machine-check";
  return allOrNothing(tx, async () => {
    for (const key of keys) {
      if (judged.has(key)) continue;
      const done = await doStep(tx, person, setting, { ticketId, version, step, answers: { "machine-check": key } });
      if (!done.ok) return done;
    }
    return accept();
  });
}
