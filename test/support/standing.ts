import { addPrefix } from "../../core/actions/ipam/prefixes.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { fileTicket } from "../../core/actions/ticket/file-ticket.ts";
import { insertApplication, insertRevision, updateApplication } from "../../core/db/hosting/applications.ts";
import { insertPlan } from "../../core/db/hosting/stack-plans.ts";
import { insertStack, markAsApproved, markBegun } from "../../core/db/hosting/stacks.ts";
import { getPerson } from "../../core/db/people/people.ts";
import type { Db, Tx } from "../../core/db/tables.ts";
import { insertAttachment } from "../../core/db/ticket/attachments.ts";
import { hourInMilliseconds } from "../../core/domain/durations.ts";
import type { Person } from "../../core/domain/people/person.ts";
import { hashesOf, testImage } from "./hosting.ts";
import { accepted } from "./ipam.ts";

const stack = "app-simpeg";

/** An application that stands, "app-simpeg", where the ticket by which it came does not matter. @returns its id */
export function standInTests(
  db: Db,
  setting: Setting,
  names: { user: string; infrastructure: string },
): Promise<number> {
  const { now } = setting;
  return db.transaction().execute(async (tx) => {
    const [user, infrastructure] = [await personOf(tx, names.user), await personOf(tx, names.infrastructure)];
    const complaint = { application: "SIMPEG", description: "Dibangun untuk tes.", "occurred-at": "00.00" };
    const wish = { procedure: "application-trouble", answers: complaint, draftId: 0 };
    const ticketId = accepted(await fileTicket(tx, user, setting, wish));
    const network = { zone: "Utama", network: "10.40.0.0/29", name: "SIMPEG" };
    const prefixId = accepted(await addPrefix(tx, infrastructure, setting, { answers: network }));
    const file = { kind: "document", name: "simpeg.tar", mimeType: "application/x-tar", telegramFileId: null } as const;
    const attachment = { ...file, personId: user.id, ticketId, draftId: null, field: null, now };
    const attachmentId = await insertAttachment(tx, attachment);
    await insertStack(tx, { name: stack, target: "dc" });
    const of = { stack, ticketId, officeId: user.officeId, title: "SIMPEG", target: "dc", runtime: "image" };
    const at = {
      prefixId,
      subnet: "10.40.0.0/29",
      gateway: "10.40.0.1",
      address: "10.40.0.2",
      nextAddress: "10.40.0.3",
    };
    const rest = {
      database: null,
      databaseAddress: null,
      reach: "intranet",
      port: 8080,
      healthPath: null,
      state: "planned",
    } as const;
    const id = await insertApplication(tx, { ...of, ...at, ...rest }, now);
    const revision = { ticketId, change: "new", domainName: "simpeg.labura.go.id", size: "small", slot: "a" } as const;
    const made = {
      attachmentId,
      dumpId: null,
      imageId: testImage,
      isRunning: true,
      state: "built",
    } as const;
    const revisionId = await insertRevision(tx, id, { ...revision, ...made }, now);
    await updateApplication(tx, id, { state: "built", revisionId }, now);
    const plan = { stack, ticketId, input: "{}", imageId: testImage, hashes: hashesOf("{}"), changes: [], steps: [] };
    const planId = await insertPlan(tx, {
      ...plan,
      madeAt: now,
      expiresAt: new Date(now.getTime() + hourInMilliseconds),
    });
    await markBegun(tx, stack, planId);
    await markAsApproved(tx, stack, planId, now);
    return id;
  });
}

async function personOf(tx: Tx, name: string): Promise<Person> {
  const { id } = await tx.selectFrom("person").select("id").where("name", "=", name).executeTakeFirstOrThrow();
  return getPerson(tx, id);
}
