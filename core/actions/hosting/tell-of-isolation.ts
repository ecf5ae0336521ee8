import { listOpenIsolations } from "../../db/hosting/isolations.ts";
import { listLinkedWithRole, listPeopleWithRole } from "../../db/people/people.ts";
import type { Db, Tx } from "../../db/tables.ts";
import { findActing, listActing } from "../../db/ticket/approvals.ts";
import { findTicket } from "../../db/ticket/tickets.ts";
import type { Application } from "../../domain/hosting/application.ts";
import type { Isolation } from "../../domain/hosting/isolation.ts";
import { couldDecideIsolation } from "../../domain/hosting/isolation-rules.ts";
import type { Person } from "../../domain/people/person.ts";
import type { Notice } from "../notice.ts";
import { editSent, tell, tellOnce, tellRole } from "../notices.ts";
import type { Setting } from "../setting.ts";
import { requesterSideOf } from "../ticket/readers-of-ticket.ts";

type Decided = Pick<Isolation, "id" | "begunById" | "decisions" | "endedAt">;

/** Asks those of leadership who can decide; where there is nobody, who isolated it is told, and administrators are. */
export async function askDeciders(tx: Tx, setting: Setting, isolation: Decided, isReminder?: true): Promise<void> {
  const { id: isolationId, begunById } = isolation;
  const deciders = await listDeciders(tx, isolation, setting.now);
  const ids = deciders.map(({ id }) => id);
  const asked = { kind: "isolation-asked", isolationId } as const;
  await tell(tx, ids, isReminder ? { ...asked, isReminder } : asked, setting);
  if (ids.length > 0) return;
  const notice = { kind: "no-isolation-decider", isolationId } as const;
  await tell(tx, [begunById], notice, setting);
  await tellRole(tx, "administrator", notice, setting, begunById);
}

/** Who can decide now: active, linked, and allowed to on this very isolation. */
async function listDeciders(db: Db, isolation: Decided, now: Date): Promise<Person[]> {
  const substitutes = await listActing(db, "leadership");
  const holders = await listLinkedWithRole(db, "leadership");
  return holders.filter((person) => {
    const acting = substitutes.find(({ personId }) => personId === person.id);
    return couldDecideIsolation(person, isolation, "lifted", { acting, now });
  });
}

/** Somebody can decide from now on, or be reached again: they are asked about what waits, unless they were already. */
export async function askWaitingIsolations(tx: Tx, setting: Setting, person: Person): Promise<void> {
  const facts = { acting: await findActing(tx, "leadership", person.id), now: setting.now };
  for (const isolation of await listOpenIsolations(tx)) {
    if (isolation.decisions.length > 0 || !couldDecideIsolation(person, isolation, "lifted", facts)) continue;
    await tellOnce(tx, person.id, { kind: "isolation-asked", isolationId: isolation.id }, setting);
  }
}

/** Whose application it is learns that it is off the net, or back, and not why: the reason is of those who look into it. */
export async function tellOwners(
  tx: Tx,
  setting: Setting,
  { ticketId }: Pick<Application, "ticketId">,
  told: Omit<Extract<Notice, { kind: "isolation-told" }>, "kind">,
): Promise<void> {
  const ticket = await findTicket(tx, ticketId);
  if (ticket === undefined) return;
  await tell(tx, await requesterSideOf(tx, ticket), { kind: "isolation-told", ...told }, setting);
}

/** Who isolated it, and the data center. @param others who are told as well */
export async function tellOperators(
  tx: Tx,
  setting: Setting,
  { begunById }: Pick<Isolation, "begunById">,
  notice: Notice,
  others: readonly number[] = [],
): Promise<void> {
  const ofDataCenter = (await listPeopleWithRole(tx, "data-center")).map(({ id }) => id);
  await tell(tx, [...new Set([begunById, ...ofDataCenter, ...others])], notice, setting);
}

/** What was sent of it says how it stands now, and loses the buttons of what was decided. */
export async function refreshMessages(tx: Tx, setting: Setting, isolationId: number): Promise<void> {
  for (const kind of ["isolation-asked", "isolation-progress"] as const) {
    await editSent(tx, { kind, isolationId }, { kind, isolationId }, setting);
  }
}
