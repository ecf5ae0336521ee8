import { listOffices } from "../../../core/db/people/offices.ts";
import type { Db } from "../../../core/db/tables.ts";
import type { Field } from "../../../core/domain/form/field.ts";
import type { FieldWords } from "../../replies/procedure-words.ts";

/** Which office: by pages of buttons, or by a part of its name or its code that is typed. There may be hundreds. */
export async function officeQuestion(db: Db, ask: string): Promise<{ field: Field; words: FieldWords }> {
  const choices = Object.fromEntries((await listOffices(db)).map(({ code, name }) => [code, name]));
  return {
    field: { name: "office", kind: "choice", choices: Object.keys(choices), findsByPart: true },
    words: {
      label: "Perangkat daerah",
      ask: `${ask} Pilih, atau ketik sebagian nama atau singkatannya (contoh: Dinkes).`,
      choices,
    },
  };
}
