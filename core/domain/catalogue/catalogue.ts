import type { Answers, Field } from "../form/field.ts";
import {
  type Maintained,
  type Maintainers,
  type Maintenance,
  maintenanceOfApplication,
  maintenanceOfConcern,
  maintenanceOfDevice,
} from "../maintenance/maintainer.ts";
import { findProcedure } from "../procedures/index.ts";
import { officialDuty, type Procedure, subjectFor } from "../procedures/procedure.ts";
import type { RequestTeam } from "../procedures/request-table.ts";

/** By which table an entry is worked; in the profile's file `short` and `approval`. */
const requestProcedures = ["short-request", "approved-request"] as const;

/** Until when it is to be done, as the office has published; nothing counts it yet. */
export type Target = { value: number; unit: "minutes" | "hours" | "working days" };

/** What a question says: data of the profile, since adding an entry is editing the profile. */
export type QuestionWords = { label: string; ask: string; choices?: Record<string, string> };

/** One of the small requests of every day. */
export type CatalogueEntry = {
  /** Stored with tickets, so it keeps its meaning. */
  name: string;
  title: string;
  /** One line below the title in the list. */
  hint: string;
  procedure: (typeof requestProcedures)[number];
  /** Which team does it. */
  team: RequestTeam;
  target: Target;
  maintenance: Maintenance;
  form: readonly Field[];
  words: Readonly<Record<string, QuestionWords>>;
};

export type Catalogue = readonly CatalogueEntry[];

/** The question whose answer is a class of devices; who maintains that one, maintains what is asked for. */
export const deviceQuestion = "device";

/** The same of an application. */
const applicationQuestion = "application";

/** What was written before the form was begun lands in its answer, so every entry asks it. */
export const wordsQuestion = "description";

/** Names with a fixed meaning in steps, or in the form of the help desk. */
export const reservedQuestions: readonly string[] = [
  officialDuty.name,
  ...[
    "note",
    "check",
    "result",
    "occurred-at",
    "contact",
    "channel",
    "office",
    "reporter",
    "match",
    "procedure",
    "item",
  ],
];

/** What can be filed: a procedure of the menu, or an entry of the catalogue. */
export type Wanted = { procedure: string } | { item: string };

export type Filing = {
  procedure: Procedure;
  /** Of a catalogue ticket the entry, else null. */
  item: string | null;
  form: readonly Field[];
  /** The ticket's title, which stays when the entry is renamed or taken out of the catalogue. */
  subjectOf: (answers: Answers) => string;
};

/** @returns undefined for an entry that is no longer in the catalogue, and for what is no procedure of the menu */
export function findFiling(wanted: Wanted, catalogue: Catalogue): Filing | undefined {
  if ("item" in wanted) {
    const entry = findEntry(wanted.item, catalogue);
    if (entry === undefined) return undefined;
    const procedure = findProcedure(entry.procedure);
    return { procedure, item: entry.name, form: entry.form, subjectOf: () => entry.title };
  }
  const procedure = findProcedure(wanted.procedure);
  if (isRequestProcedure(procedure)) return undefined;
  return { procedure, item: null, form: procedure.form, subjectOf: (answers) => subjectFor(procedure, answers) };
}

export function findEntry(item: string | null, catalogue: Catalogue): CatalogueEntry | undefined {
  return catalogue.find(({ name }) => name === item);
}

/** One that is filed as an entry of the catalogue only. */
export function isRequestProcedure({ name }: Pick<Procedure, "name">): boolean {
  return requestProcedures.some((each) => each === name);
}

/** What a ticket was asked when it was filed; nothing is known of an entry that was taken out of the catalogue. */
export function formOf(procedure: Procedure, item: string | null, catalogue: Catalogue): readonly Field[] {
  return item === null ? procedure.form : (findEntry(item, catalogue)?.form ?? []);
}

/** Who maintains what a ticket is about (R65); undefined where nobody could. */
export function maintenanceOf(
  ticket: { procedure: string; item: string | null; answers: Answers },
  { catalogue, maintainers }: { catalogue: Catalogue; maintainers: Maintainers },
): Maintained | undefined {
  if (ticket.item === null) return maintenanceOfConcern(findProcedure(ticket.procedure), ticket.answers, maintainers);
  const { [deviceQuestion]: device, [applicationQuestion]: application } = ticket.answers;
  if (device !== undefined) return maintenanceOfDevice(device, maintainers);
  if (application !== undefined) return maintenanceOfApplication(application, maintainers);
  return findEntry(ticket.item, catalogue)?.maintenance;
}
