import { listZones, zonesWith } from "../../../core/db/ipam/prefixes.ts";
import { findNameNow } from "../../../core/db/names/names.ts";
import type { Db } from "../../../core/db/tables.ts";
import type { Answers, Field } from "../../../core/domain/form/field.ts";
import { isBelow } from "../../../core/domain/names/domain-name.ts";
import { targetFields } from "../../../core/domain/names/name-fields.ts";
import { parseTarget } from "../../../core/domain/names/target.ts";
import type { FieldWords } from "../../replies/procedure-words.ts";

const [target, elsewhere] = targetFields;

/**
 * Where a name leads; then in which zone, where an address is in several, and why elsewhere, where it leads out of the register.
 *
 * @param mayWait a name that is given may lead nowhere yet
 */
export async function targetQuestions(
  db: Db,
  answers: Answers,
  { domain, mayWait }: { domain: string; mayWait: boolean },
): Promise<{ fields: Field[]; words: Record<string, FieldWords> }> {
  const { zoneIds, isOutside } = await lookAt(db, answers.target, domain);
  const zones = (await listZones(db)).filter(({ id }) => zoneIds.includes(id));
  const skipped = mayWait ? " Boleh dilewati bila belum ada." : "";
  return {
    fields: [
      mayWait ? { ...target, optional: true } : target,
      ...(zones.length > 1
        ? [
            {
              name: "zone",
              kind: "choice" as const,
              choices: zones.map(({ id }) => `zona-${id}`),
              dependsOn: ["target"],
            },
          ]
        : []),
      ...(isOutside ? [{ name: elsewhere.name, kind: elsewhere.kind, maxLength: elsewhere.maxLength }] : []),
    ],
    words: {
      target: {
        label: "Tujuan",
        ask: `Menunjuk ke mana? Tulis alamat IP, beberapa dengan koma, atau nama lain (contoh: 10.10.5.20 atau simpeg.${domain}).${skipped}`,
      },
      zone: {
        label: "Zona",
        ask: "Alamat itu ada di beberapa zona. Zona yang mana?",
        choices: Object.fromEntries(zones.map(({ id, name }) => [`zona-${id}`, name])),
      },
      elsewhere: {
        label: "Alasan di luar",
        ask: "Tujuan itu di luar tempat Dinas. Apa alasannya? (contoh: Aplikasi umum Kementerian Dalam Negeri)",
      },
    },
  };
}

/** @param key "zona-3" */
export function zoneOfKey(key: string | undefined): number | undefined {
  return key === undefined ? undefined : Number(key.replace("zona-", ""));
}

async function lookAt(db: Db, entered: string | undefined, domain: string) {
  const nothing = { zoneIds: [] as number[], isOutside: false };
  const parsed = entered === undefined ? undefined : parseTarget(entered);
  if (!parsed?.ok) return nothing;
  const { aliasOf, addresses } = parsed.value;
  if (aliasOf !== null) {
    const isKnown = isBelow(aliasOf, domain) || (await findNameNow(db, aliasOf)) !== undefined;
    return { ...nothing, isOutside: !isKnown };
  }
  const zones = await Promise.all(addresses.map((address) => zonesWith(db, address)));
  const several = zones.find((each) => each.length > 1);
  return { zoneIds: several ?? [], isOutside: zones.some((each) => each.length === 0) };
}
