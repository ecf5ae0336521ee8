import { findOfficeByCode } from "../../../core/db/people/offices.ts";
import { listPeopleOfOffice } from "../../../core/db/people/people.ts";
import type { Db } from "../../../core/db/tables.ts";
import type { Answers } from "../../../core/domain/form/field.ts";
import type { Person } from "../../../core/domain/people/person.ts";

const namesakesShown = 6;

/** The answer of `match` for somebody whom the register does not know. */
export const somebodyElse = "new";

/** Whom the register has under such a name in that office; without both answers nobody. */
export async function listNamesakes(db: Db, { office, reporter }: Answers): Promise<Person[]> {
  if (office === undefined || reporter === undefined) return [];
  const { id } = await findOfficeByCode(db, office);
  return listPeopleOfOffice(db, id, reporter, namesakesShown);
}
