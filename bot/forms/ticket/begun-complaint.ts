import { findOfficeByCode } from "../../../core/db/people/offices.ts";
import type { Db } from "../../../core/db/tables.ts";
import type { Draft } from "../../../core/db/ticket/drafts.ts";
import type { Answers } from "../../../core/domain/form/field.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { listNamesakes, somebodyElse } from "./namesakes.ts";

/** What a form that is being filled in complains of. */
export type BegunComplaint = {
  procedure: string;
  answers: Answers;
  /** who has the trouble, maybe nobody of the register */
  complainant: Person;
  /** somebody of the desk writes it down for them */
  isForOther: boolean;
};

/** @returns undefined where the form does not say yet whose complaint it is */
export async function complaintIn(
  db: Db,
  { form, subject, answers }: Pick<Draft, "form" | "subject" | "answers">,
  person: Person,
): Promise<BegunComplaint | undefined> {
  if (form !== "report")
    return { procedure: String(subject.procedure), answers, complainant: person, isForOther: false };
  const complainant = await findReporter(db, answers);
  const { procedure } = answers;
  if (complainant === undefined || procedure === undefined) return undefined;
  return { procedure, answers, complainant, isForOther: true };
}

/** Who phoned, wrote or stands at the counter, once both their office and their name are said. */
async function findReporter(db: Db, answers: Answers): Promise<Person | undefined> {
  const { office, reporter, match } = answers;
  if (office === undefined || reporter === undefined) return undefined;
  const namesakes = await listNamesakes(db, answers);
  if (namesakes.length > 0 && match !== somebodyElse) return namesakes.find(({ id }) => String(id) === match);
  return strangerOf((await findOfficeByCode(db, office)).id);
}

/** Who is not in the register sees of what is watched what each of their office does. */
function strangerOf(officeId: number): Person {
  return { id: nobody, name: "", nip: null, officeId, roles: [], isActive: true, isProvisional: true };
}

/** No person of the register has this id. */
const nobody = 0;

export function isInRegister({ id }: Person): boolean {
  return id !== nobody;
}
