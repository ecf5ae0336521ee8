import type { Grounds } from "../ipam/address-range.ts";

/** What a name is for: an office's site, an application, another service, a village's site. */
export const nameKinds = ["office", "application", "service", "village"] as const;
export type NameKind = (typeof nameKinds)[number];

/** Who gave a name back gets no other the next day: links, mail and certificates still mean who had it. */
export type NameState = "reserved" | "in-use" | "quarantined";

/** An address of the register, in its zone, or one outside of it. */
export type NameAddress = { zoneId: number | null; address: string };

/** Where a name leads: to addresses, or to another name, or nowhere yet. */
export type Pointing = {
  addresses: readonly NameAddress[];
  /** The other name; then there are no addresses. */
  aliasOf: string | null;
  /** Why it is hosted elsewhere (R56); null: it is not. */
  elsewhere: string | null;
};

export const pointsNowhere: Pointing = { addresses: [], aliasOf: null, elsewhere: null };

/** For whom and on what grounds a name is given. @property officeId null of a village's name */
export type NameGrounds = Grounds & { villageId: number | null };

/** A name as it is now: reserved, in use or resting. Its row ends with each change, and the next one begins. */
export type PresentName = {
  id: number;
  name: string;
  kind: NameKind;
  state: NameState;
  /** null: of a quarantine */
  grounds: NameGrounds | null;
  /** When a reservation or a quarantine ends. */
  until: Date | null;
} & Pointing;
