import { recordReading } from "../../core/actions/read-list-file.ts";
import { peopleImports } from "../../core/db/list-imports.ts";
import { listOffices } from "../../core/db/people/offices.ts";
import { listPeopleByNip } from "../../core/db/people/people.ts";
import type { Db } from "../../core/db/tables.ts";
import type { FileLine } from "../../core/domain/form/csv.ts";
import type { Outcome } from "../../core/domain/outcome.ts";
import { type CheckedFile, nipsOf } from "../../core/domain/people/people-file.ts";
import { checkInThread } from "../people-file/jobs.ts";
import { listTasks } from "./list-tasks.ts";

export const peopleFile = listTasks({ imports: peopleImports, check, record: recordReading });

async function check(db: Db, lines: readonly FileLine[]): Promise<Outcome<CheckedFile>> {
  const people = await listPeopleByNip(db, nipsOf(lines));
  const byNip = new Map(people.flatMap((person) => (person.nip === null ? [] : [[person.nip, person] as const])));
  return checkInThread(lines, { offices: await listOffices(db), people: byNip });
}
