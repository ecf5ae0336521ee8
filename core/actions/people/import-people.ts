import { writeJournalRows } from "../../db/journal/journal.ts";
import { type PeopleImport, peopleImports } from "../../db/list-imports.ts";
import { addRoleToAll, insertPeopleWithNip, listPeopleByNip } from "../../db/people/people.ts";
import type { Tx } from "../../db/tables.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import { problemWith, type ReadyLine } from "../../domain/people/people-file.ts";
import { hasRole, type Person } from "../../domain/people/person.ts";
import { keepLists } from "../keep-lists.ts";
import type { Setting } from "../setting.ts";

const lists = keepLists({
  imports: peopleImports,
  maySend: (person) => (hasRole(person, "administrator") ? accept() : refuse("not-administrator")),
  importedAlready: (values) => refuse("imported-already", values),
  event: "people-imported",
});

export const { receive: receivePeopleFile, discard: discardImport } = lists;

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
  const found = await lists.lockReady(tx, administrator, input.importId);
  if (!found.ok) return found;
  const list = found.value;
  const { now } = setting;
  const added = await insertPeopleWithNip(tx, list.ready, now);
  const taken = await classify(
    tx,
    list.ready.filter(({ nip }) => !added.has(nip)),
  );
  const personIds = [...added.values()];
  await addRoleToAll(tx, { personIds, role: "user", grantedBy: administrator.id, now });
  await lists.saveImported(tx, administrator, setting, list, { imported: added.size, ...taken });
  await writeJournalRows(
    tx,
    list.ready.flatMap(({ nip, officeId }) => {
      const id = added.get(nip);
      if (id === undefined) return [];
      const by = { at: now, actorId: administrator.id };
      return [{ ...by, event: "person-added", subject: { kind: "person", id }, details: { officeId } } as const];
    }),
  );
  return accept();
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
