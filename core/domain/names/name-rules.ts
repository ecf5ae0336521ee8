import { accept, type Outcome, refuse } from "../outcome.ts";
import { isBelow, parentOfName, parseNameBelow } from "./domain-name.ts";
import type { NameKind, NameState, PresentName } from "./name.ts";
import { refusalOfReserved } from "./reserved-labels.ts";
import { type VillageNames, villageNames } from "./village-name.ts";

/** What somebody wishes. */
export type NameWish = {
  name: string;
  kind: NameKind;
  officeId: number | null;
  /** Of a village's name. */
  village: { id: number; name: string } | null;
  /** It was asked whether it may look like another, and it may. */
  acceptsLookAlikes: boolean;
};

/** What is there already, as far as a wish is checked against it. */
export type NameSurroundings = {
  /** The same name, as it is now. */
  present: PresentName | undefined;
  /** The name right above it. */
  parent: PresentName | undefined;
  /** Names that look like it. */
  lookAlikes: readonly string[];
};

/** What the profile says of names. */
export type NameRules = {
  /** The main domain, "labura.go.id". source: L 14 */
  domain: string;
  /** The regency's short name, for villages. source: L V */
  villageSuffix: string;
};

/** The name as it is written, where its form and its words are right. @param isOfDomainOffice the office that runs the main domain may have its reserved words */
export function readWish(
  wish: Pick<NameWish, "name" | "kind" | "village">,
  { domain, villageSuffix }: NameRules,
  { isOfDomainOffice }: { isOfDomainOffice: boolean },
): Outcome<string> {
  if (wish.kind === "village") return readVillageWish(wish, villageSuffix);
  const name = parseNameBelow(wish.name, domain);
  if (!name.ok) return name;
  return isOfDomainOffice ? name : refusalOfReserved(name.value, domain);
}

function readVillageWish({ name, village }: Pick<NameWish, "name" | "village">, suffix: string): Outcome<string> {
  if (village === null) return refuse("no-such-village");
  const names = villageNames(village.name, suffix);
  if (!names.ok) return names;
  const { plain, fallback } = names.value;
  const wished = name.trim().toLowerCase();
  return [plain, fallback].includes(wished) ? accept(wished) : refuse("village-name-other", { plain, fallback });
}

const takenCodes: Record<NameState, string> = {
  reserved: "domain-reserved-name",
  "in-use": "domain-in-use",
  quarantined: "domain-quarantined",
};

/** Whether nobody and nothing stands in its way. @param name that was read */
export function refusalOfGiving(
  { name, kind, officeId, acceptsLookAlikes }: Omit<NameWish, "village">,
  { present, parent, lookAlikes }: NameSurroundings,
  { domain }: NameRules,
): Outcome {
  if (present !== undefined) return refuse(takenCodes[present.state], { name, nameId: present.id });
  const above = parentOfName(name);
  if (kind !== "village" && above !== domain && isBelow(above, domain)) {
    const isOwn = parent?.state === "in-use" && parent.grounds?.officeId === officeId;
    if (!isOwn) return refuse("domain-parent", { parent: above, domain });
  }
  const [similar] = lookAlikes;
  return similar === undefined || acceptsLookAlikes ? accept() : refuse("domain-looks-alike", { name, similar });
}

/** The name to offer to a village first. @param isTaken in our own register */
export function freeVillageNames({ plain, fallback }: VillageNames, isTaken: (name: string) => boolean): string[] {
  return [plain, fallback].filter((name) => !isTaken(name));
}
