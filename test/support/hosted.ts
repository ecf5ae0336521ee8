import { releaseDeleted } from "../../core/actions/hosting/release-application.ts";
import { insertSecrets, markFilled } from "../../core/db/hosting/application-databases.ts";
import {
  findApplication,
  findApplicationByStack,
  findApplicationOfTicket,
} from "../../core/db/hosting/applications.ts";
import type { Answers } from "../../core/domain/form/field.ts";
import type { Application } from "../../core/domain/hosting/application.ts";
import { sealSecret } from "../../core/domain/hosting/sealed-secret.ts";
import { pathsOfApplicationChange, usualAnswers } from "../core/domain/procedures/application-change.paths.ts";
import { pathsOfHosting, usualAnswers as usualInHosting } from "../core/domain/procedures/hosting.paths.ts";
import type { TestOffice } from "./office.ts";

type Office = Pick<TestOffice, "act" | "db" | "file" | "setting" | "walk">;

const hostingPath =
  pathsOfHosting["an application is planned by a machine, accepted, approved, built, reported and told"] ?? [];
const changePath = pathsOfApplicationChange["a change is planned, accepted, approved, built and reported"] ?? [];

/** An application that stands, of the requester's office, without a host; its ticket has come to its end, or right behind that step. */
export async function hostApplication(office: Office, { upTo }: { upTo?: string } = {}): Promise<Application> {
  const ticketId = await office.file({ procedure: "hosting" });
  const last = upTo === undefined ? hostingPath.length : hostingPath.findIndex(([name]) => name === upTo) + 1;
  await office.walk(
    ticketId,
    hostingPath
      .slice(0, last)
      .map(([name, role, , , , answers]) => [name, role, answers ?? usualInHosting[name] ?? {}]),
  );
  const application = await findApplicationOfTicket(office.db, ticketId);
  if (application === undefined) throw new Error(`ticket ${ticketId} has no application`);
  return application;
}

/** A change that has come to right before that step; to its end without one. @returns its ticket */
export async function changeIt(
  office: Office,
  { stack }: Pick<Application, "stack">,
  answers: Answers,
  { before }: { before?: string } = {},
): Promise<number> {
  const ticketId = await office.file({
    procedure: "application-change",
    answers: { "hosted-application": stack, ...answers },
  });
  await walkChange(office, ticketId, answers.change === "version", before);
  return ticketId;
}

/** A change of it has failed in the middle. @returns its ticket */
export async function failChange(office: Office, application: Pick<Application, "stack">): Promise<number> {
  const ticketId = await changeIt(
    office,
    application,
    { change: "size", size: "large" },
    { before: "application-built" },
  );
  await office.walk(ticketId, [["building-failed", "machine", {}]]);
  return ticketId;
}

async function walkChange(office: Office, ticketId: number, hasFiles: boolean, before?: string): Promise<void> {
  if (hasFiles) {
    await office.walk(ticketId, [
      ["accept-machine-check", "data-center", usualAnswers["accept-machine-check"] ?? {}],
      ["overrule-machine-check", "data-center", usualAnswers["overrule-machine-check"] ?? {}],
    ]);
  }
  for (const [name, role] of changePath) {
    if (name === before) return;
    await office.walk(ticketId, [[name, role, usualAnswers[name] ?? {}]]);
  }
}

/** One by whose runtime folders are kept beside its versions. */
export async function hostKeepingFiles(office: Office): Promise<Application> {
  const { id } = await hostApplication(office);
  await office.db.updateTable("application").set({ runtime: "php" }).where("id", "=", id).execute();
  const application = await findApplication(office.db, id);
  if (application === undefined) throw new Error(`there is no application ${id}`);
  return application;
}

/** It has a database of MariaDB from now on, which was filled. @param password of its own account */
export async function giveDatabase(
  office: Office,
  { id }: Pick<Application, "id">,
  password = "of-the-application",
): Promise<Application> {
  const sealed = sealSecret("only-for-this-test", password, Buffer.alloc(12));
  await office.db.updateTable("application").set({ database: "mariadb" }).where("id", "=", id).execute();
  await office.act(async (tx) => {
    await insertSecrets(tx, id, { adminPassword: sealed, password: sealed, url: sealed, isFilled: true });
    await markFilled(tx, id, office.setting().now);
  });
  const found = await findApplication(office.db, id);
  if (found === undefined) throw new Error(`there is no application ${id}`);
  return found;
}

/** One that was deleted, and kept for its time. */
export async function keptApplication(office: Office): Promise<Application> {
  const application = await hostApplication(office);
  await changeIt(office, application, { change: "delete" });
  const { keptUntil } = (await findApplicationByStack(office.db, application.stack)) ?? {};
  const setting = office.setting(keptUntil ?? undefined);
  await office.act((tx) => releaseDeleted(tx, setting, { id: application.id }));
  return (await findApplication(office.db, application.id)) ?? application;
}
