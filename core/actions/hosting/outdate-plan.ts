import { findLatestPlan } from "../../db/hosting/stack-plans.ts";
import { findWanted } from "../../db/hosting/wanted.ts";
import type { Tx } from "../../db/tables.ts";
import { findApproval } from "../../db/ticket/approvals.ts";
import { findArrival } from "../../db/ticket/done-steps.ts";
import { findTicket } from "../../db/ticket/tickets.ts";
import { whyOutdated } from "../../domain/hosting/outdated-plan.ts";
import type { Outcome, Refusal } from "../../domain/outcome.ts";
import { refuse } from "../../domain/outcome.ts";
import type { Approval } from "../../domain/ticket/approval-rules.ts";
import type { Ticket } from "../../domain/ticket/ticket.ts";
import { tell } from "../notices.ts";
import type { Setting } from "../setting.ts";
import { doStepByMachine } from "./do-step-by-machine.ts";

/**
 * A plan counts no more, nor does an approval of it: it is planned and shown anew. Who approved it, or asked for that, is told why.
 *
 * @param refusal why it cannot be approved, or built
 */
export async function outdatePlan(
  tx: Tx,
  setting: Setting,
  { ticketId, refusal }: { ticketId: number; refusal: Refusal },
): Promise<Outcome<Ticket>> {
  const ticket = await findTicket(tx, ticketId);
  const wanted = await findWanted(tx, ticketId);
  const plan = wanted && (await findLatestPlan(tx, wanted));
  const approval = ticket && (await findApproval(tx, ticket, setting.rules));
  if (plan === undefined || approval === undefined) return refuse("no-such-application");
  const answers = { plan: String(plan.id), "why-outdated": whyOutdated(refusal) };
  const planned = await doStepByMachine(tx, setting, { ticketId, step: "plan-outdated", answers });
  const entryId = planned.ok ? await findArrival(tx, ticketId, planned.value.state) : undefined;
  if (entryId === undefined) return planned;
  await tell(tx, peopleOf(approval), { kind: "plan-outdated", ticketId, entryId }, setting);
  return planned;
}

/** Who asked for it, and who has decided on it. */
function peopleOf({ askedBy, decisions }: Approval): number[] {
  const ids = [askedBy, ...decisions.map(({ personId }) => personId)];
  return [...new Set(ids)].filter((id) => id !== null);
}
