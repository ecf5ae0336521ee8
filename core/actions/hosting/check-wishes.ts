import { findNameNow } from "../../db/names/names.ts";
import type { Db } from "../../db/tables.ts";
import type { Answers } from "../../domain/form/field.ts";
import { chooseOffered } from "../../domain/hosting/choose-offered.ts";
import { refusalOfReference } from "../../domain/hosting/image-reference.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import { hostingOrColocation } from "../../domain/procedures/hosting.ts";
import type { Setting } from "../setting.ts";

/**
 * What somebody wishes of hosting is offered, and its name is free, so that who asks reads at once what cannot be. Another
 * procedure's tickets pass, and what no runtime of the profile fits.
 */
export async function checkWishes(
  db: Db,
  { rules: { hosting } }: Setting,
  { procedure, answers }: { procedure: string; answers: Answers },
): Promise<Outcome> {
  if (procedure !== hostingOrColocation.name || hosting === undefined || answers.runtime === undefined) return accept();
  const chosen = chooseOffered(hosting, answers);
  if (!chosen.ok) return chosen;
  const reference = answers["image-reference"];
  const fits = reference === undefined ? accept() : refusalOfReference(reference, hosting, chosen.value.runtime);
  if (!fits.ok) return fits;
  const { "wished-name": name } = answers;
  const isTaken = name !== undefined && (await findNameNow(db, name)) !== undefined;
  return isTaken ? refuse("wished-name-taken", { name, field: "wished-name" }) : accept();
}
