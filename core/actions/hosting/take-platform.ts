import { askForPlatform, lockPlatform } from "../../db/hosting/stacks.ts";
import type { Tx } from "../../db/tables.ts";
import { findTicket } from "../../db/ticket/tickets.ts";
import type { Answers } from "../../domain/form/field.ts";
import { platformOf } from "../../domain/hosting/stack-names.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Setting } from "../setting.ts";
import type { Taking } from "../ticket/take-for-step.ts";

/** What all applications of a target share, as the profile describes it; one ticket at a time asks for it. */
export async function takePlatform(tx: Tx, { rules }: Setting, { ticket, answers }: Taking): Promise<Outcome<Answers>> {
  if (rules.hosting === undefined) return refuse("hosting-off");
  const target = rules.hosting.targets.find(({ name }) => name === answers.target);
  if (target === undefined) return refuse("not-offered", { field: "target" });
  const stack = platformOf(target.name);
  const other = (await lockPlatform(tx, { name: stack, target: target.name })).ticketId ?? ticket.id;
  const isOpen = other !== ticket.id && (await findTicket(tx, other))?.endedAt === null;
  if (isOpen) return refuse("platform-asked-already", { ticketId: other, field: "target" });
  await askForPlatform(tx, { name: stack, ticketId: ticket.id });
  return accept({ ...answers, target: target.title, stack });
}
