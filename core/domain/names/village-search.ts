import { accept, type Outcome, refuse } from "../outcome.ts";
import { nearest } from "../people/nearest.ts";
import { cleanVillage, villageLabel } from "./village-name.ts";

type Known = { id: number; name: string; district: string };

/**
 * Which village is meant; spaces, hyphens, capitals and marks do not matter.
 *
 * @param known all of the register
 * @returns all of that name, where several sub-districts have one: it is asked which; refused where none has, with the nearest
 */
export function findVillages(entered: string, known: readonly Known[]): Outcome<Known[]> {
  const village = cleanVillage(entered);
  if (village === "") return refuse("text-empty");
  const label = villageLabel(village);
  const same = label.ok ? known.filter(({ name }) => labelOf(name) === label.value) : [];
  if (same.length > 0) return accept(same);
  const near = nearVillages(village, known);
  return refuse("village-unknown", { village: village.slice(0, 80), ...(near === "" ? {} : { meant: near }) });
}

function labelOf(name: string): string {
  const label = villageLabel(name);
  return label.ok ? label.value : name;
}

const mostNear = 3;

/** "Aek Tapa (Marbau), Aek Tapung (Marbau)"; the nearest, and those that begin or go on so. */
function nearVillages(village: string, known: readonly Known[]): string {
  const wanted = village.toLowerCase();
  const has = known.filter(({ name }) => name.toLowerCase().includes(wanted));
  const best = nearest(
    village,
    known.map(({ name }) => name),
  );
  const near = [...known.filter(({ name }) => name === best), ...has];
  return [...new Set(near.map(({ name, district }) => `${name} (${district})`))].slice(0, mostNear).join(", ");
}
