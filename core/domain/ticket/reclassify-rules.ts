import { isRequestProcedure } from "../catalogue/catalogue.ts";
import { type Field, findMissingFiles } from "../form/field.ts";
import { type Refusal, refuse } from "../outcome.ts";
import { hasRole, type Person } from "../people/person.ts";
import { findProcedure } from "../procedures/index.ts";
import { asksOfHosted, grantedStates, note, type Procedure } from "../procedures/procedure.ts";
import { maySee, type Ticket } from "./ticket.ts";

/**
 * A ticket that was filed under the wrong procedure begins anew under another one and keeps its number. The help desk
 * sorts what comes in, so it alone does this.
 *
 * source: office practice
 */
export function refusalOfReclassifying(ticket: Ticket, person: Person, to?: Procedure): Refusal | undefined {
  if (!maySee(person, ticket)) return refuse("no-such-ticket").refusal;
  if (!hasRole(person, "help-desk")) return refuse("not-your-role", { role: "help-desk" }).refusal;
  if (ticket.holder === null) return refuse("ticket-ended").refusal;
  // What went to leadership is not taken from it (R37).
  const from = findProcedure(ticket.procedure);
  if (from.menu === "own" || from.menu === "desk") return refuse("not-reclassified").refusal;
  if (grantedStates(from).has(ticket.state)) return refuse("granted-not-reclassified").refusal;
  // What the catalogue offers is asked by its entry's form: the help desk files it anew.
  const isFiledAnew = to !== undefined && (isRequestProcedure(to) || to.menu === "desk" || asksOfHosted(to));
  if (isFiledAnew) return refuse("filed-anew").refusal;
  if (to?.name === ticket.procedure) return refuse("same-procedure").refusal;
  // A letter cannot be asked for afterwards: it is filed with it.
  const needsFiles = to !== undefined && findMissingFiles(to.form, ticket.answers, () => false) !== undefined;
  return needsFiles ? refuse("files-needed-to-reclassify").refusal : undefined;
}

/**
 * What the other procedure asks when it is filed and the ticket does not answer yet; and why it is moved. A day to come is
 * asked always: the one that was named may have passed.
 */
export function fieldsToReclassify(ticket: Ticket, to: Procedure): Field[] {
  const open = to.form.filter((field) => {
    if (field.kind === "files" || ("optional" in field && field.optional)) return false;
    const known = ticket.answers[field.name];
    if (known === undefined || field.kind === "coming-day") return true;
    return field.kind === "choice" && !field.choices.includes(known);
  });
  return [...open, note];
}
