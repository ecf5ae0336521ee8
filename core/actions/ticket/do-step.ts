import { findPerson, lockPerson } from "../../db/people/people.ts";
import type { Tx } from "../../db/tables.ts";
import { holdFreeze } from "../../db/ticket/freeze.ts";
import { findStepFacts } from "../../db/ticket/step-facts.ts";
import { findTicket, lockTicket } from "../../db/ticket/tickets.ts";
import type { Answers } from "../../domain/form/field.ts";
import { whatApplies } from "../../domain/hosting/what-applies.ts";
import { accept, type Outcome, type Refusal, refuse } from "../../domain/outcome.ts";
import { hasRole, type Person } from "../../domain/people/person.ts";
import { findProcedure } from "../../domain/procedures/index.ts";
import { findStep, type Step } from "../../domain/procedures/procedure.ts";
import { refusalOfLateDecision } from "../../domain/ticket/approval-rules.ts";
import { decideStep } from "../../domain/ticket/step-rules.ts";
import type { Ticket } from "../../domain/ticket/ticket.ts";
import { checkNamedImage } from "../hosting/fetch-image.ts";
import { checkVerdict } from "../hosting/machine-checks.ts";
import { planAnew } from "../hosting/plan-anew.ts";
import { confirmDetected } from "../monitoring/confirm-detected.ts";
import type { Setting } from "../setting.ts";
import { refusalOfMissingFiles } from "../upload/keep-files.ts";
import { reportUnreadable } from "./freeze.ts";
import { storeStep } from "./store-step.ts";
import { takeForStep } from "./take-for-step.ts";

/**
 * Does one step of a procedure's table.
 *
 * @param input.version of the ticket that the button was made for; another one is refused, so that a second press or
 *   an old card changes nothing. A step that leaves the state may be done again: its form is used up instead.
 */
export async function doStep(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { ticketId: number; step: string; version: number; answers: Answers; draftId?: number },
): Promise<Outcome<{ step: Step; ticket: Ticket }>> {
  // People before tickets, as everybody locks them.
  const named = await lockNamed(tx, input);
  const ticket = await lockTicket(tx, input.ticketId);
  if (ticket === undefined) return refuse("no-such-ticket");
  const procedure = findProcedure(ticket.procedure);
  const wanted = findStep(procedure, input.step);
  if (wanted?.decides === "approved") await holdFreeze(tx, { alone: false });
  const facts = await findStepFacts(tx, ticket, setting.rules);
  // Rights may have ended while somebody else held the ticket.
  const doer = wanted?.decides === undefined ? person : ((await findPerson(tx, person.id)) ?? person);
  const late = refusalOfLateDecision(wanted, ticket, doer, input.version, facts.approval);
  if (late !== undefined) return { ok: false, refusal: late };
  const decided = decideStep(procedure, input.step, ticket, doer, input.answers, {
    now: setting.now,
    zone: setting.rules.zone,
    domain: setting.rules.names.domain,
    reopenWithinDays: setting.rules.reopenWithinDays,
    maintainers: setting.rules.maintainers,
    ...facts,
  });
  if (!decided.ok) {
    reportUnreadable(facts.freeze, setting);
    return decided;
  }
  if (ticket.version !== input.version) return refuse("ticket-moved-on", { ticketId: ticket.id, state: ticket.state });
  const { draftId } = input;
  const { step, answers } = decided.value;
  const asked = whatApplies(step.asks ?? [], answers, setting.rules.hosting).fields;
  const missing = await refusalOfMissingFiles(tx, asked, answers, draftId);
  if (missing !== undefined) return { ok: false, refusal: missing };
  const image = checkNamedImage(setting, answers);
  if (!image.ok) return image;
  const misplaced = refusalOfAssignee(step, named);
  if (misplaced !== undefined) return { ok: false, refusal: misplaced };

  const judged = await checkVerdict(tx, step, ticket.id, answers);
  if (!judged.ok) return judged;
  const taken = await takeForStep(tx, setting, step, { ticket, answers, person: doer });
  if (!taken.ok && step.takes === "plan") {
    return { ok: false, refusal: await planAnew(tx, setting, { ticketId: ticket.id, refusal: taken.refusal }) };
  }
  if (!taken.ok) return taken;
  const by = { person: doer, ...(draftId === undefined ? {} : { draftId }) };
  const after = await storeStep(tx, setting, ticket, { step, answers: taken.value }, by);
  return accept({ step: decided.value.step, ticket: await confirmDetected(tx, setting, after) });
}

/** Whom a disposition names. */
async function lockNamed(
  tx: Tx,
  { ticketId, step, answers }: { ticketId: number; step: string; answers: Answers },
): Promise<Person | undefined> {
  const seen = await findTicket(tx, ticketId);
  const assigns = seen && findStep(findProcedure(seen.procedure), step)?.assigns;
  const id = assigns === undefined ? Number.NaN : Number(answers[assigns]);
  return Number.isSafeInteger(id) ? lockPerson(tx, id) : undefined;
}

/** Whom a disposition names must hold the role to which it goes. */
function refusalOfAssignee(step: Step, named: Person | undefined): Refusal | undefined {
  const field = step.asks?.find(({ name }) => name === step.assigns);
  if (field?.kind !== "person") return undefined;
  const isThere = named !== undefined && hasRole(named, field.role);
  return isThere ? undefined : refuse("not-a-colleague", { field: field.name }).refusal;
}
