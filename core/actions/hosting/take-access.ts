import { insertRevision, lockApplication } from "../../db/hosting/applications.ts";
import { findUnclosedAccess, insertAccess, listPortsInUse } from "../../db/hosting/vendor-accesses.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import { getPerson } from "../../db/people/people.ts";
import type { Tx } from "../../db/tables.ts";
import type { Answers } from "../../domain/form/field.ts";
import type { Application } from "../../domain/hosting/application.ts";
import { nextRevision } from "../../domain/hosting/change-rules.ts";
import type { AccessRules } from "../../domain/hosting/hosting-rules.ts";
import type { VendorAccess } from "../../domain/hosting/vendor-access.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Setting } from "../setting.ts";
import type { Taking } from "../ticket/take-for-step.ts";
import { checkAccess, readAccess } from "./check-access.ts";
import { findChangeable } from "./check-change.ts";

/** What a vendor is to get becomes the application's next revision: the same, with a way in. A port of its host leads there. */
export async function takeAccess(tx: Tx, setting: Setting, taking: Taking): Promise<Outcome<Answers>> {
  const { ticket } = taking;
  const requester = await getPerson(tx, ticket.requesterId);
  const asked = { change: "access", answers: ticket.answers } as const;
  const seen = await findChangeable(tx, setting, requester, asked);
  if (!seen.ok) return seen;
  await lockApplication(tx, seen.value.id);
  const found = await findChangeable(tx, setting, requester, asked);
  if (!found.ok) return found;
  const application = found.value;
  const rules = checkAccess(setting, application, ticket.answers);
  if (!rules.ok) return rules;
  if ((await findUnclosedAccess(tx, application.id)) !== undefined) return refuse("access-there-already");
  const port = await reservePort(tx, setting, application, rules.value, taking);
  return port.ok ? accept({ ...taking.answers, "access-port": String(port.value) }) : port;
}

/** The lowest that is free; somebody else may take one at the same moment. */
async function reservePort(
  tx: Tx,
  setting: Setting,
  application: Application,
  { ports: { first, last } }: AccessRules,
  taking: Taking,
): Promise<Outcome<number>> {
  const { target, id: applicationId } = application;
  const { ticket } = taking;
  const inUse = new Set(await listPortsInUse(tx, target));
  const wanted = { ...readAccess(setting, ticket.answers), applicationId, ticketId: ticket.id, target };
  for (let port = first; port <= last; port++) {
    if (inUse.has(port)) continue;
    const accessId = await insertAccess(tx, { ...wanted, port }, setting.now);
    if (accessId === undefined) continue;
    await keep(tx, setting, application, { ...wanted, port, id: accessId }, taking);
    return accept(port);
  }
  return refuse("no-free-access-port", { first, last });
}

async function keep(
  tx: Tx,
  { now }: Setting,
  { id: applicationId, stack, revision }: Application,
  { id: accessId, kind, until, port }: Pick<VendorAccess, "id" | "kind" | "until" | "port">,
  { ticket, person }: Taking,
): Promise<void> {
  const next = nextRevision(revision, { change: "access" });
  const revisionId = await insertRevision(tx, applicationId, { ...next, ticketId: ticket.id, state: "planned" }, now);
  await writeJournal(tx, {
    at: now,
    actorId: person.id,
    event: "access-planned",
    subject: { kind: "application", id: applicationId },
    details: { stack, ticketId: ticket.id, revisionId, accessId, kind, port, until: until.toISOString() },
  });
}
