import { listVillages, type Village } from "../../../core/db/names/villages.ts";
import type { Db } from "../../../core/db/tables.ts";
import type { Field } from "../../../core/domain/form/field.ts";
import type { FieldWords } from "../../replies/procedure-words.ts";

/** By which a village is chosen: a number alone would be found by its digits. */
export function villageKey(villageId: number): string {
  return `desa-${villageId}`;
}

export function villageOfKey(key: string | undefined): number {
  return Number(key?.replace("desa-", ""));
}

/** Which village: by pages of buttons, or by a part of its name. Of villages of one name it is asked in which sub-district. */
export async function villageQuestion(db: Db): Promise<{ field: Field; words: FieldWords; all: Village[] }> {
  const all = await listVillages(db);
  const choices = Object.fromEntries(all.map(({ id, name, district }) => [villageKey(id), `${name} (${district})`]));
  return {
    all,
    field: { name: "village", kind: "choice", choices: Object.keys(choices), findsByPart: true },
    words: {
      label: "Desa",
      ask: "Untuk desa mana? Pilih, atau ketik sebagian namanya (contoh: Aek Tapa). Desa yang belum ada ditambahkan lewat /nama, Daftar desa.",
      choices,
    },
  };
}
