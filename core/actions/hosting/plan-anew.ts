import { findWanted } from "../../db/hosting/wanted.ts";
import type { Tx } from "../../db/tables.ts";
import { renderWanted } from "../../domain/hosting/wanted.ts";
import type { Refusal } from "../../domain/outcome.ts";
import type { Setting } from "../setting.ts";
import { outdatePlan } from "./outdate-plan.ts";

const mended: readonly string[] = ["plan-changed", "plan-expired"];

/**
 * A plan that can be approved no more is made anew at once, and shown to whom it was shown before. Each time it takes somebody who
 * would have approved it, so that nothing goes round by itself; nor is anything planned of which no plan could be made now.
 *
 * @returns why it is refused; `isMadeAnew`: a new plan comes
 */
export async function planAnew(
  tx: Tx,
  setting: Setting,
  { ticketId, refusal }: { ticketId: number; refusal: Refusal },
): Promise<Refusal> {
  const { hosting } = setting.rules;
  const wanted = await findWanted(tx, ticketId);
  const canBePlanned = wanted !== undefined && hosting !== undefined && renderWanted(wanted, hosting) !== undefined;
  if (!mended.includes(refusal.code) || !canBePlanned) return refusal;
  const planned = await outdatePlan(tx, setting, { ticketId, refusal });
  return planned.ok ? { ...refusal, values: { ...refusal.values, isMadeAnew: 1 } } : refusal;
}
