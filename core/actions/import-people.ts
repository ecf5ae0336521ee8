import { writeJournalRows } from "../db/journal.ts";
import { type PeopleImport, peopleImports } from "../db/list-imports.ts";
import { addRoleToAll, insertPeopleWithNip, listPeopleByNip } from "../db/people.ts";
import type { Tx } from "../db/tables.ts";
import { accept, type Outcome, refuse } from "../domain/outcome.ts";
import { problemWith, type ReadyLine } from "../domain/people/people-file.ts";
import { hasRole, type Person } from "../domain/people/person.ts";
import { type IncomingFile, receiveFile } from "./keep-files.ts";
import type { Setting } from "./setting.ts";

/** Takes a list of people: it is fetched and read, and what it holds is shown before anybody is added. */
export async function receivePeopleFile(
  tx: Tx,
  administrator: Person,
  setting: Setting,
  input: { file: IncomingFile },
): Promise<Outcome> {
  if (!hasRole(administrator, "administrator")) return refuse("not-administrator");
  if (input.file.kind !== "document") return refuse("document-expected");
  const attachmentId = await receiveFile(tx, administrator, setting, { draftId: null, file: input.file });
  await peopleImports.insert(tx, { personId: administrator.id, attachmentId, now: setting.now });
  return accept();
}

/**
 * Adds all that were ready, each as a user of the office and nothing else. The register may have changed since the
 * list was read: who is in it meanwhile is counted and left out, and a NIP that belongs elsewhere is a problem of its line.
 */
export async function importPeople(
  tx: Tx,
  administrator: Person,
  setting: Setting,
  input: { importId: number },
): Promise<Outcome> {
  const found = await ownList(tx, administrator, input.importId);
  if (!found.ok) return found;
  const list = found.value;
  if (list.ready.length === 0) return refuse("nothing-to-import");

  const { now } = setting;
  const added = await insertPeopleWithNip(tx, list.ready, now);
  const taken = await classify(
    tx,
    list.ready.filter(({ nip }) => !added.has(nip)),
  );
  const personIds = [...added.values()];
  await addRoleToAll(tx, { personIds, role: "user", grantedBy: administrator.id, now });
  const known = [...list.known, ...taken.known];
  const problems = [...list.problems, ...taken.problems].sort((one, other) => one.line - other.line);
  await peopleImports.saveImported(tx, list.id, { imported: added.size, known, problems, now });
  const by = { at: now, actorId: administrator.id };
  await writeJournalRows(tx, [
    {
      ...by,
      event: "people-imported",
      subject: { kind: "import", id: list.id },
      details: { added: added.size, known: known.length, problems: problems.length },
    },
    ...list.ready.flatMap(({ nip, officeId }) => {
      const id = added.get(nip);
      if (id === undefined) return [];
      return [{ ...by, event: "person-added", subject: { kind: "person", id }, details: { officeId } } as const];
    }),
  ]);
  return accept();
}

/** The list is forgotten. */
export async function discardImport(
  tx: Tx,
  administrator: Person,
  setting: Setting,
  input: { importId: number },
): Promise<Outcome> {
  const found = await ownList(tx, administrator, input.importId);
  if (!found.ok) return found;
  await peopleImports.saveDiscarded(tx, found.value.id, setting.now);
  return accept();
}

async function ownList(tx: Tx, administrator: Person, importId: number): Promise<Outcome<PeopleImport>> {
  if (!hasRole(administrator, "administrator")) return refuse("not-administrator");
  const list = await peopleImports.lock(tx, importId);
  if (list === undefined || list.personId !== administrator.id) return refuse("no-such-import");
  if (list.state === "imported") return refuse("imported-already", { count: list.imported ?? 0 });
  return list.state === "checked" ? accept(list) : refuse("no-such-import");
}

/** Lines whose NIP somebody got since the list was read. */
async function classify(tx: Tx, lines: readonly ReadyLine[]): Promise<Pick<PeopleImport, "known" | "problems">> {
  const people = await listPeopleByNip(
    tx,
    lines.map(({ nip }) => nip),
  );
  const byNip = new Map(people.map((person) => [person.nip, person]));
  const result: Pick<PeopleImport, "known" | "problems"> = { known: [], problems: [] };
  for (const line of lines) {
    const present = byNip.get(line.nip);
    const problem = present && problemWith(present, line);
    if (problem === undefined) result.known.push(line.line);
    else result.problems.push(problem);
  }
  return result;
}
