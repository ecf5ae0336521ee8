import { accept, type Outcome, refuse } from "../outcome.ts";
import { hasRole, type Person } from "../people/person.ts";
import type { Role } from "../people/roles.ts";
import type { Asset, AssetState } from "./asset.ts";
import { isAskedOf } from "./asset-fields.ts";

/** Those who work with devices (L IV.1); administrators help out. */
const managingRoles = ["infrastructure", "data-center", "it-support", "administrator"] as const satisfies Role[];

export function mayManageAssets(person: Person): boolean {
  return managingRoles.some((role) => hasRole(person, role));
}

export function refusalOfManagingAssets(person: Person): Outcome {
  return mayManageAssets(person) ? accept() : refuse("not-inventory-team");
}

/** The system officer reads what their own office has (L 9). */
export function maySeeAssetsOf(person: Person, officeId: number): boolean {
  return mayManageAssets(person) || (hasRole(person, "system-officer") && person.officeId === officeId);
}

/** What is retired stays as it was, for its history; it comes back as a spare only. */
const statesAfter: Record<AssetState, readonly AssetState[]> = {
  "in-use": ["spare", "broken", "retired"],
  spare: ["in-use", "broken", "retired"],
  broken: ["in-use", "spare", "retired"],
  retired: ["spare"],
};

export function statesFrom({ state }: Pick<Asset, "state">): readonly AssetState[] {
  return statesAfter[state];
}

/** @param use what would go on without it: ports that are taken, a place in a rack, what is watched behind it */
export function refusalOfState(
  asset: Pick<Asset, "name" | "state">,
  to: AssetState,
  use: { portsTaken: number; hasPlace: boolean; watchedBehind: number },
): Outcome {
  if (!statesFrom(asset).includes(to)) return refuse(asset.state === "retired" ? "asset-retired" : "asset-changed");
  if (to !== "retired") return accept();
  if (use.hasPlace) return refuse("asset-mounted", { name: asset.name });
  if (use.watchedBehind > 0) return refuse("asset-watched-behind", { name: asset.name, count: use.watchedBehind });
  return use.portsTaken > 0 ? refuse("asset-ports-taken", { name: asset.name, count: use.portsTaken }) : accept();
}

/**
 * Whether what is known of an asset can become something else now.
 *
 * @param version for which the button or the form was made
 */
export function refusalOfChanging(asset: Pick<Asset, "name" | "state" | "version">, version: number): Outcome {
  if (asset.state === "retired") return refuse("asset-retired", { name: asset.name });
  return asset.version === version ? accept() : refuse("asset-changed");
}

/** A port that was ever taken stays, also for what is known of it. @param highest 0: none was */
export function refusalOfPorts({ kind, ports }: Pick<Asset, "kind" | "ports">, highest: number): Outcome {
  if (ports >= highest) return accept();
  if (!isAskedOf(kind, "ports")) return refuse("kind-without-ports", { port: highest, field: "kind" });
  return refuse("ports-below-used", { ports, port: highest, field: "ports" });
}
