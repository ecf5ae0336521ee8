import { findApplicationOfTicket } from "../../../core/db/hosting/applications.ts";
import { findBuiltInput } from "../../../core/db/hosting/stacks.ts";
import { findSeen } from "../../../core/db/seen.ts";
import type { Db } from "../../../core/db/tables.ts";
import { type Application, addressOfSlot } from "../../../core/domain/hosting/application.ts";
import { asBuilt } from "../../../core/domain/hosting/built-proxy.ts";
import type { SeenFrom } from "../../../core/domain/hosting/hosting-failure.ts";
import type { Seen } from "../../../core/domain/hosting/seen.ts";
import { platformOf } from "../../../core/domain/hosting/stack-names.ts";
import { type Html, html, lines } from "../html.ts";
import type { OfficeWords } from "../office-words.ts";
import { seenWords } from "./machine-words.ts";

/** What somebody of the desk may report as it is: where an application is opened, and from where a machine reached it. */
export async function reportOfMachine(db: Db, ticketId: number, office: OfficeWords): Promise<string | undefined> {
  const reached = await findReached(db, ticketId);
  if (reached === undefined) return undefined;
  const { application, seen } = reached;
  return `Dapat dibuka di ${await pageOf(db, application, office)}. Dari intranet: ${shown(seen.intranet)}; dari internet: ${shown(seen.internet)}.`;
}

/** For who asked for it: name and address, and from where it was reached. Nothing where no machine built it, or it stands still. */
export async function reachedLines(db: Db, ticketId: number, office: OfficeWords): Promise<Html | undefined> {
  const reached = await findReached(db, ticketId);
  if (reached === undefined) return undefined;
  const { application, seen } = reached;
  return lines(
    html`🌐 ${await pageOf(db, application, office)}`,
    html`Alamat kontainer: <code>${addressOfSlot(application, application.revision.slot)}</code>`,
    html`Dari intranet: ${shown(seen.intranet)} · Dari internet: ${shown(seen.internet)}`,
  );
}

async function findReached(db: Db, ticketId: number): Promise<{ application: Application; seen: Seen } | undefined> {
  const application = await findApplicationOfTicket(db, ticketId);
  const seen = await findSeen(db, ticketId);
  const { revision } = application ?? {};
  // An access of a vendor leaves it as it is.
  const isThere = revision?.state === "built" && revision.isRunning && revision.change !== "access";
  return application && seen && isThere ? { application, seen } : undefined;
}

/** As it is opened, with the port where its proxy has another than usual. */
export async function pageOf(
  db: Db,
  { revision, target: name }: Application,
  { hosting }: OfficeWords,
): Promise<string> {
  const target = hosting?.targets.find((each) => each.name === name);
  const port = target && asBuilt(target, await findBuiltInput(db, platformOf(name))).proxy.httpsPort;
  return `https://${revision.domainName}${port === undefined || port === 443 ? "" : `:${port}`}`;
}

function shown(side: SeenFrom): string {
  return (seenWords["seen-from-internet"]?.choices?.[side] ?? side).toLowerCase();
}
