import { startOrEndSubstitution } from "../../core/actions/people/substitutions.ts";
import { listSubstitutionsDue } from "../../core/db/people/substitutions.ts";
import { type AloneOptions, eachAlone } from "./each-alone.ts";

/** Begins and ends substitutions whose day has come. */
export async function keepSubstitutions(options: AloneOptions, now = new Date()): Promise<void> {
  await eachAlone(
    options,
    await listSubstitutionsDue(options.db, now),
    (tx, substitutionId) => startOrEndSubstitution(tx, options.setting(now), { substitutionId }),
    { idName: "substitutionId", message: "beginning or ending a substitution failed" },
  );
}
