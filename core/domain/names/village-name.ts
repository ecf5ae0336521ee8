import { cleanLine } from "../form/text.ts";
import { accept, type Outcome, refuse } from "../outcome.ts";
import { longestLabel } from "./domain-name.ts";

/** source: L V */
const villageDomain = "desa.id";

/** A village as it is entered: "Desa" before its name is no part of it. */
export function cleanVillage(entered: string): string {
  return cleanLine(entered).replace(/^(desa|kelurahan|nagari)\s+/i, "");
}

/**
 * The label of a village: its name in small letters, without spaces, hyphens, apostrophes and dots; letters lose their marks.
 *
 * @returns refused where other signs are in it, or nothing is left
 */
export function villageLabel(village: string): Outcome<string> {
  const plain = village
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[\s\p{Pd}.'’‘ʼ`]/gu, "");
  if (!/^[a-z0-9]+$/.test(plain)) return refuse("village-name-unusable", { village: village.slice(0, 80) });
  if (plain.length > longestLabel) {
    return refuse("domain-label-too-long", { length: plain.length, longest: longestLabel });
  }
  return accept(plain);
}

/** Both names that a village may have. The second is for where somebody else has the first. */
export type VillageNames = { plain: string; fallback: string };

/**
 * "aektapa.desa.id", and "aektapa-labura.desa.id".
 *
 * source: L V
 *
 * @param suffix the regency's short name
 */
export function villageNames(village: string, suffix: string): Outcome<VillageNames> {
  const label = villageLabel(village);
  if (!label.ok) return label;
  const long = `${label.value}-${suffix}`;
  if (long.length > longestLabel) {
    return refuse("domain-label-too-long", { length: long.length, longest: longestLabel });
  }
  return accept({ plain: `${label.value}.${villageDomain}`, fallback: `${long}.${villageDomain}` });
}
