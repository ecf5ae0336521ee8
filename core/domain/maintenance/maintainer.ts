import type { Answers, Field } from "../form/field.ts";
import type { Asset } from "../inventory/asset.ts";
import type { Role } from "../people/roles.ts";
import type { Procedure } from "../procedures/procedure.ts";

/** The IT office, the office that uses it, or a vendor; an application of the central government is a vendor's. */
export const maintainerKinds = ["dinas", "office", "vendor"] as const;

/** Who keeps something going. Source: C 16(1), C 17(1)-(2), L 11 (R65). */
export type Maintenance = {
  maintainer: (typeof maintainerKinds)[number];
  /** Of the IT office, where it is the maintainer. */
  team?: Role | undefined;
  /** Its name, where a vendor is the maintainer. */
  vendor?: string | undefined;
  /** How the vendor or the office is reached; for the desk. */
  contact?: string | undefined;
};

/** The register of who maintains what: applications by their name, devices by their class. */
export type Maintainers = {
  applications: readonly (Maintenance & { name: string })[];
  /** `name` is stored, e.g. "access-point"; `title` is shown. */
  devices: readonly (Maintenance & { name: string; title: string })[];
};

/** What is there and in no register. */
export const unregistered = "unregistered";
export type Maintained = Maintenance | typeof unregistered;

export function maintenanceOfApplication(name: string, { applications }: Maintainers): Maintained {
  const called = (one: string) => one.trim().toLowerCase();
  return applications.find((each) => called(each.name) === called(name)) ?? unregistered;
}

export function maintenanceOfDevice(name: string, { devices }: Maintainers): Maintained {
  return devices.find((each) => each.name === name) ?? unregistered;
}

/** @returns undefined where the procedure is about nothing that somebody maintains */
export function maintenanceOfConcern(
  { concerns }: Pick<Procedure, "concerns">,
  answers: Answers,
  maintainers: Maintainers,
): Maintained | undefined {
  if (concerns === undefined) return undefined;
  if ("device" in concerns) return maintenanceOfDevice(concerns.device, maintainers);
  return maintenanceOfApplication(answers[concerns.applicationIn] ?? "", maintainers);
}

/** What tells who maintains something of the inventory. */
export type MaintainedAsset = Pick<Asset, "kind" | "maintainer" | "provider">;

/** As it says itself, or else as the register says of its kind. */
export function maintenanceOfAsset(
  { kind, maintainer, provider }: MaintainedAsset,
  maintainers: Maintainers,
): Maintained {
  const ofKind = maintenanceOfDevice(kind, maintainers);
  const isOfKind = maintainer === null || (ofKind !== unregistered && ofKind.maintainer === maintainer);
  if (isOfKind) return ofKind;
  return { maintainer, ...(maintainer === "vendor" && provider !== null ? { vendor: provider } : {}) };
}

/**
 * What is known of a ticket's concern; where that is nothing, who maintains what the ticket was tied to, somebody else
 * than the IT office first.
 */
export function maintenanceWithAssets(
  maintained: Maintained | undefined,
  assets: readonly MaintainedAsset[],
  maintainers: Maintainers,
): Maintained | undefined {
  if (maintained !== undefined && maintained !== unregistered) return maintained;
  const known = assets.map((asset) => maintenanceOfAsset(asset, maintainers)).filter((each) => each !== unregistered);
  return known.find(isMaintainedElsewhere) ?? known[0] ?? maintained;
}

/** Somebody else than the IT office, or perhaps somebody else: nothing is known. */
export function isMaintainedElsewhere(maintained: Maintained | undefined): boolean {
  return maintained === undefined || maintained === unregistered || maintained.maintainer !== "dinas";
}

/** Where the register says that somebody else runs it, that place is offered first as the fault's (R65). */
export function likelyPlaceFirst(field: Field, maintained: Maintained | undefined): Field {
  if (field.kind !== "choice" || field.name !== "suspected-place") return field;
  const isElsewhere = maintained !== unregistered && isMaintainedElsewhere(maintained);
  if (maintained === undefined || !isElsewhere) return field;
  const [likely, others] = [
    field.choices.filter((place) => place === "outside-data-center"),
    field.choices.filter((place) => place !== "outside-data-center"),
  ];
  return { ...field, choices: [...likely, ...others] };
}
