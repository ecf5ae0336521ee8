import { findTaken, insertAsset } from "../../db/inventory/assets.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import type { Tx } from "../../db/tables.ts";
import type { Asset } from "../../domain/inventory/asset.ts";
import { type AssetValues, refusalOfFormulas, takenCodes } from "../../domain/inventory/asset-fields.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Setting } from "../setting.ts";

/** What is known of something new; what is left out is not known, or does not apply. */
export type NewAsset = Pick<Asset, "kind" | "name" | "officeId"> &
  Partial<Omit<AssetValues, "kind" | "name"> & Pick<Asset, "state" | "ticketId">>;

/**
 * Enters something in the inventory. Whoever calls has asked whether the person may: an asset also comes with a request.
 *
 * @param asset whose texts were read by the rules of their fields; in use unless it says otherwise
 * @returns its id; refused where another has its name, its asset tag or its serial number
 */
export async function registerAsset(
  tx: Tx,
  setting: Setting,
  asset: NewAsset,
  { personId }: { personId: number },
): Promise<Outcome<number>> {
  const values = valuesOfNew(asset);
  const safe = refusalOfFormulas(values);
  if (!safe.ok) return safe;
  const { state = "in-use", ticketId = null, officeId } = asset;
  const id = await insertAsset(tx, {
    ...rowOf(values),
    ...{ office_id: officeId, state, ticket_id: ticketId },
    ...{ added_by: personId, added_at: setting.now, changed_at: setting.now },
  });
  if (id === undefined) {
    const free = await refusalOfTaken(tx, { ...values, state });
    return free.ok ? refuse("asset-changed") : free;
  }
  await writeJournal(tx, {
    at: setting.now,
    actorId: personId,
    event: "asset-registered",
    subject: { kind: "asset", id },
    details: { kind: values.kind, officeId, ticketId },
  });
  return accept(id);
}

function valuesOfNew(asset: NewAsset): AssetValues {
  return {
    ...{ kind: asset.kind, name: asset.name, model: asset.model ?? null, serialNumber: asset.serialNumber ?? null },
    ...{ assetTag: asset.assetTag ?? null, location: asset.location ?? null, ports: asset.ports ?? 0 },
    ...{ provider: asset.provider ?? null, circuitNumber: asset.circuitNumber ?? null },
    ...{ bandwidthMbps: asset.bandwidthMbps ?? null, endsOn: asset.endsOn ?? null },
    maintainer: asset.maintainer ?? null,
  };
}

/** The columns that hold the values. */
export function rowOf(values: AssetValues) {
  return {
    ...{ kind: values.kind, name: values.name, model: values.model, serial_number: values.serialNumber },
    ...{ asset_tag: values.assetTag, location: values.location, ports: values.ports, provider: values.provider },
    ...{ circuit_number: values.circuitNumber, bandwidth_mbps: values.bandwidthMbps, ends_on: values.endsOn },
    maintainer: values.maintainer,
  };
}

/** What marks one asset among all: says which other one has it. @param exceptId the asset itself, where it is changed */
export async function refusalOfTaken(
  tx: Tx,
  asset: Pick<Asset, "name" | "state" | "assetTag" | "serialNumber" | "model">,
  exceptId?: number,
): Promise<Outcome> {
  const taken = await findTaken(tx, asset, exceptId);
  if (taken === undefined) return accept();
  return refuse(takenCodes[taken.by], { assetId: taken.assetId, field: taken.by });
}
