import { allOrNothing } from "../../db/all-or-nothing.ts";
import type { Tx } from "../../db/tables.ts";
import type { Answers } from "../../domain/form/field.ts";
import { accept, type Outcome } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import type { Step } from "../../domain/procedures/procedure.ts";
import type { Ticket } from "../../domain/ticket/ticket.ts";
import { takeCable } from "../cable/take-cable.ts";
import { takeAccess } from "../hosting/take-access.ts";
import { takeApplication } from "../hosting/take-application.ts";
import { takeChange, takeStanding } from "../hosting/take-change.ts";
import { takePlan } from "../hosting/take-plan.ts";
import { takePlatform } from "../hosting/take-platform.ts";
import { takeAddress } from "../ipam/take-address.ts";
import { takePlace } from "../rack/take-place.ts";
import { takeServer } from "../rack/take-server.ts";
import type { Setting } from "../setting.ts";

/** What a step is done with: its ticket, its answers, and by whom. */
export type Taking = { ticket: Ticket; answers: Answers; person: Person };

/**
 * Takes out of the registers what the step says; of what is refused nothing stays. Whoever may do the step may take it.
 *
 * @returns its answers as they are kept: in words, for what they name may be gone one day
 */
export async function takeForStep(tx: Tx, setting: Setting, step: Step, taking: Taking): Promise<Outcome<Answers>> {
  if (step.takes === undefined) return accept(taking.answers);
  const take = takers[step.takes];
  return allOrNothing(tx, () => take(tx, setting, taking));
}

const takers = {
  place: takePlace,
  server: takeServer,
  cable: takeCable,
  access: takeAccess,
  address: takeAddress,
  application: takeApplication,
  change: takeChange,
  standing: takeStanding,
  plan: takePlan,
  platform: takePlatform,
};
