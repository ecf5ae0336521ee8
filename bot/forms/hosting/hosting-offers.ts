import { listVersions } from "../../../core/db/hosting/application-revisions.ts";
import { findApplicationByStack, listHosted } from "../../../core/db/hosting/applications.ts";
import { getPerson } from "../../../core/db/people/people.ts";
import type { Db } from "../../../core/db/tables.ts";
import type { Answers, Field } from "../../../core/domain/form/field.ts";
import type { Application } from "../../../core/domain/hosting/application.ts";
import { mayAskToChange } from "../../../core/domain/hosting/change-rules.ts";
import { hostsApplications } from "../../../core/domain/hosting/hosting-access.ts";
import { type HostingRules, noDatabase } from "../../../core/domain/hosting/hosting-rules.ts";
import { accessKindsFor } from "../../../core/domain/hosting/vendor-access.ts";
import { showState } from "../../replies/hosting/application-plan.ts";
import { accessKindTitles, showSize, withoutDatabase } from "../../replies/hosting/hosting-titles.ts";
import { type OfficeWords, showShortTime } from "../../replies/office-words.ts";
import type { Offer } from "../offered-fields.ts";

const mostOffered = 200;

type Asking = { db: Db; personId: number; answers: Answers; office: OfficeWords };

/** What is offered to questions of a form that is filed: applications of the person's office, and what belongs to them. */
export async function offersOfHosting(fields: readonly Field[], asking: Asking): Promise<Record<string, Offer>> {
  const all: Record<string, Offer> = {};
  for (const field of fields) {
    if (field.kind === "register") all[field.name] = await (offers[field.register]?.(asking) ?? {});
  }
  return all;
}

const offers: Partial<Record<string, (asking: Asking) => Promise<Offer>>> = {
  "hosted-applications": (asking) => offerApplications(asking, "standing"),
  "deleted-applications": (asking) => offerApplications(asking, "released"),
  "hosting-runtimes": async ({ office: { hosting } }) => offerRuntimes(hosting),
  "hosting-databases": async ({ office: { hosting }, answers }) => offerDatabases(answers.runtime, hosting),
  "hosting-sizes": async ({ office: { hosting } }) => offerSizes(hosting),
  "former-versions": offerVersions,
  "access-kinds": offerAccessKinds,
};

export function offerRuntimes(hosting: HostingRules | undefined): Offer {
  return titlesOf(hosting?.runtimes);
}

/** Those that go with the runtime, or none at all. */
export function offerDatabases(runtime: string | undefined, hosting: HostingRules | undefined): Offer {
  const fitting = hosting?.runtimes.find(({ name }) => name === runtime)?.databases ?? [];
  const offered = titlesOf(hosting?.databases.filter(({ name }) => fitting.includes(name)));
  return { ...offered, [noDatabase]: withoutDatabase };
}

export function offerSizes(hosting: HostingRules | undefined): Offer {
  return Object.fromEntries((hosting?.sizes ?? []).map((size) => [size.name, showSize(size)]));
}

/** Of the profile, in its order. */
export function titlesOf(choices: readonly { name: string; title: string }[] = []): Offer {
  return Object.fromEntries(choices.map(({ name, title }) => [name, title]));
}

async function offerApplications({ db, personId }: Asking, only: "standing" | "released"): Promise<Offer> {
  const person = await getPerson(db, personId);
  const officeId = hostsApplications(person) ? undefined : person.officeId;
  const offered = await listHosted(db, { offset: 0, limit: mostOffered, officeId, only });
  return Object.fromEntries(
    offered.map((each) => [each.stack, `${each.title} (${each.revision.domainName}, ${showState(each)})`]),
  );
}

/** The application that was named before, if it is theirs to ask for. */
async function findNamed({ db, personId, answers }: Asking): Promise<Application | undefined> {
  const application = await findApplicationByStack(db, answers["hosted-application"] ?? "");
  const isTheirs = application !== undefined && mayAskToChange(await getPerson(db, personId), application);
  return isTheirs ? application : undefined;
}

/** Those for which the application has something. */
async function offerAccessKinds(asking: Asking): Promise<Offer> {
  const application = await findNamed(asking);
  const runtime = asking.office.hosting?.runtimes.find(({ name }) => name === application?.runtime);
  if (application === undefined || runtime === undefined) return {};
  return Object.fromEntries(accessKindsFor(application, runtime).map((kind) => [kind, accessKindTitles[kind]]));
}

/** Others than the one that stands. */
async function offerVersions(asking: Asking): Promise<Offer> {
  const application = await findNamed(asking);
  if (application === undefined) return {};
  const { db, office } = asking;
  const versions = await listVersions(db, application.id);
  const former = versions.filter(({ imageId }) => imageId !== application.revision.imageId);
  return Object.fromEntries(
    former.map(({ number, builtAt, fileName }) => [
      String(number),
      `Versi ${number}, ${showShortTime(builtAt, office)}${fileName === "" ? "" : ` (${fileName})`}`,
    ]),
  );
}
