import { findOpenRevision, listVersions } from "../../db/hosting/application-revisions.ts";
import { findApplicationByStack } from "../../db/hosting/applications.ts";
import { findUnclosedAccess, listPortsInUse } from "../../db/hosting/vendor-accesses.ts";
import { findNameNow } from "../../db/names/names.ts";
import type { Db } from "../../db/tables.ts";
import type { Answers } from "../../domain/form/field.ts";
import type { Application } from "../../domain/hosting/application.ts";
import {
  isLaterChange,
  type LaterChange,
  mayAskToChange,
  refusalOfChange,
  refusalOfSame,
  type WantedChange,
} from "../../domain/hosting/change-rules.ts";
import { refusalOfReference } from "../../domain/hosting/image-reference.ts";
import { refusalOfPorts } from "../../domain/hosting/vendor-access.ts";
import { accept, type Outcome, refuse, refuseAbout } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { applicationChange } from "../../domain/procedures/application-change.ts";
import { applicationPurge } from "../../domain/procedures/application-purge.ts";
import { vendorAccess } from "../../domain/procedures/vendor-access.ts";
import type { Setting } from "../setting.ts";
import { checkAccess } from "./check-access.ts";

/** The field of the form that names the application, by its stack. */
const named = "hosted-application";

/** What a ticket wants to be done with an application; undefined: nothing, it is of another procedure. */
export function changeOf(procedure: string, { change }: Answers): LaterChange | undefined {
  if (procedure === applicationPurge.name) return "purge";
  if (procedure === vendorAccess.name) return "access";
  return procedure === applicationChange.name && isLaterChange(change) ? change : undefined;
}

/**
 * When it is filed, and at each answer before, so that who asks reads at once what cannot be: of the application alone, while
 * the change is not answered yet. Another procedure's tickets pass.
 */
export async function checkAsked(
  db: Db,
  setting: Setting,
  requester: Person,
  { procedure, answers }: { procedure: string; answers: Answers },
): Promise<Outcome> {
  const change = changeOf(procedure, answers);
  if (change === undefined) {
    const isNamed = procedure === applicationChange.name && answers[named] !== undefined;
    const free = isNamed ? await findFree(db, requester, answers) : accept();
    return free.ok ? accept() : free;
  }
  const found = await findChangeable(db, setting, requester, { change, answers });
  if (!found.ok) return found;
  if (change === "version") return refusalOfVersion(setting, found.value, answers);
  if (change === "access") return refusalOfAccess(db, setting, found.value, answers);
  const wanted = await readWanted(db, setting, found.value, { change, answers });
  if (!wanted.ok) return wanted;
  const isTaken = wanted.value.change === "name" && (await findNameNow(db, wanted.value.domainName)) !== undefined;
  return isTaken ? refuse("new-name-taken", { field: "new-name" }) : accept();
}

/** Its files are looked at when they are there; what is named can be fetched, or not. */
function refusalOfVersion({ rules: { hosting } }: Setting, { runtime }: Application, answers: Answers): Outcome {
  const reference = answers["image-reference"];
  if (reference === undefined) return accept();
  const known = hosting?.runtimes.find(({ name }) => name === runtime);
  return refusalOfReference(reference, hosting, known);
}

/** What is known of the application alone comes first, so that nobody answers the rest in vain. */
async function refusalOfAccess(db: Db, setting: Setting, application: Application, answers: Answers): Promise<Outcome> {
  const other = await findUnclosedAccess(db, application.id);
  if (other !== undefined) return refuse("access-there-already", { field: named });
  const ports = setting.rules.hosting?.access?.ports;
  const free = ports === undefined ? accept() : refusalOfPorts(ports, await listPortsInUse(db, application.target));
  if (!free.ok) return refuseAbout(named, free.refusal);
  const possible = checkAccess(setting, application, answers);
  return possible.ok ? accept() : possible;
}

/** The application that somebody asks to change, if that can be done with it. A lock of it is the caller's. */
export async function findChangeable(
  db: Db,
  { now }: Setting,
  requester: Person,
  { change, answers }: { change: LaterChange; answers: Answers },
): Promise<Outcome<Application>> {
  const free = await findFree(db, requester, answers);
  if (!free.ok) return free;
  const may = refusalOfChange(free.value, change, now);
  return may.ok ? free : refuseAbout(change === "purge" || change === "access" ? named : "change", may.refusal);
}

/** The application that is named, if this person may ask to change it and no other change of it is open. */
async function findFree(db: Db, requester: Person, answers: Answers): Promise<Outcome<Application>> {
  const application = await findApplicationByStack(db, answers[named] ?? "");
  if (application === undefined) return refuse("no-such-application", { field: named });
  if (!mayAskToChange(requester, application)) return refuse("application-of-other-office", { field: named });
  const open = await findOpenRevision(db, application.id);
  if (open !== undefined) return refuse("change-under-way", { ticketId: open.ticketId, field: named });
  return accept(application);
}

type NoVersion = Exclude<LaterChange, "version" | "access">;

/** What the form names, looked up; another version is its files. */
export async function readWanted(
  db: Db,
  { rules }: Setting,
  application: Application,
  { change, answers }: { change: NoVersion; answers: Answers },
): Promise<Outcome<WantedChange>> {
  const wanted = await lookUp(db, application, { change, answers });
  if (wanted.change === "size" && !rules.hosting?.sizes.some(({ name }) => name === wanted.size)) {
    return refuse("not-offered", { field: "size" });
  }
  const same = refusalOfSame(application.revision, wanted);
  return same.ok ? accept(wanted) : refuseAbout(fields[change] ?? "change", same.refusal);
}

const fields: Partial<Record<NoVersion, string>> = { size: "size", name: "new-name", "roll-back": "former-version" };

async function lookUp(
  db: Db,
  { id }: Application,
  { change, answers }: { change: NoVersion; answers: Answers },
): Promise<WantedChange> {
  if (change === "size") return { change, size: answers.size ?? "" };
  if (change === "name") return { change, domainName: answers["new-name"] ?? "" };
  if (change !== "roll-back") return { change };
  const versions = await listVersions(db, id);
  return { change, former: versions.find(({ number }) => String(number) === answers["former-version"]) };
}
