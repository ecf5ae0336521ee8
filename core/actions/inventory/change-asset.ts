import { listPortUses } from "../../db/cable/port-uses.ts";
import { insertChanges } from "../../db/inventory/asset-changes.ts";
import { findHighestPort, lockAsset, updateAsset } from "../../db/inventory/assets.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import { lockStates } from "../../db/monitoring/monitor-samples.ts";
import { lockTargets } from "../../db/monitoring/monitor-targets.ts";
import { findOfficeByCode } from "../../db/people/offices.ts";
import { findPlaceOfAsset } from "../../db/rack/rack-places.ts";
import type { Tx } from "../../db/tables.ts";
import type { Answers } from "../../domain/form/field.ts";
import { parseAnswers } from "../../domain/form/field.ts";
import { type Asset, type AssetKind, type AssetState, assetKinds } from "../../domain/inventory/asset.ts";
import { changesBetween } from "../../domain/inventory/asset-changes.ts";
import { fieldsOf, refusalOfFormulas, valuesOf } from "../../domain/inventory/asset-fields.ts";
import {
  refusalOfChanging,
  refusalOfManagingAssets,
  refusalOfPorts,
  refusalOfState,
} from "../../domain/inventory/asset-rules.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { refusalOfKind } from "../../domain/rack/rack-rules.ts";
import { relabelCablesOf } from "../cable/relabel-cables.ts";
import { countBehindAsset, moveWatchedAsset, stopWatchingAsset } from "../monitoring/watched-asset.ts";
import type { Setting } from "../setting.ts";
import { refusalOfTaken, registerAsset, rowOf } from "./register-asset.ts";

/**
 * Enters something that an office has.
 *
 * @param input.answers of `fieldsOf(input.kind)`
 * @returns its id
 */
export async function addAsset(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { kind: string; officeCode: string; answers: Answers },
): Promise<Outcome<number>> {
  const mayManage = refusalOfManagingAssets(person);
  if (!mayManage.ok) return mayManage;
  const values = readValues(setting, input);
  if (!values.ok) return values;
  const { id: officeId } = await findOfficeByCode(tx, input.officeCode);
  return registerAsset(tx, setting, { ...values.value, officeId }, { personId: person.id });
}

/**
 * Changes what is known of an asset. What its kind is not asked is forgotten, and kept in its history.
 *
 * @param input.version for which the form was begun
 * @param input.answers of `fieldsOf(input.kind)`
 */
export async function changeAsset(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { assetId: number; version: number; kind: string; answers: Answers },
): Promise<Outcome> {
  const found = await lockForChange(tx, person, input);
  if (!found.ok) return found;
  const asset = found.value;
  const read = readValues(setting, input);
  if (!read.ok) return read;
  const values = read.value;
  const safe = refusalOfFormulas(values);
  if (!safe.ok) return safe;
  const mayBecome = refusalOfKind(values.kind, asset, await findPlaceOfAsset(tx, asset.id));
  if (!mayBecome.ok) return mayBecome;
  const fits = refusalOfPorts(values, await findHighestPort(tx, asset.id));
  if (!fits.ok) return fits;
  return storeChange(tx, person, setting, asset, { ...asset, ...values });
}

/**
 * In use, spare, broken or retired. Who retires something that is mounted, whose ports are taken, or behind which something is
 * watched, is refused; what is retired is watched no more.
 */
export async function setAssetState(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { assetId: number; version: number; state: AssetState },
): Promise<Outcome> {
  const mayManage = refusalOfManagingAssets(person);
  if (!mayManage.ok) return mayManage;
  const ends = input.state === "retired";
  if (ends) {
    // Before the asset, as by those who put one under watch.
    await lockStates(tx);
    await lockTargets(tx);
  }
  const asset = await lockAsset(tx, input.assetId);
  if (asset === undefined) return refuse("no-such-asset");
  if (asset.version !== input.version) return refuse("asset-changed");
  const use = {
    portsTaken: (await listPortUses(tx, asset.id)).length,
    hasPlace: (await findPlaceOfAsset(tx, asset.id)) !== undefined,
    watchedBehind: await countBehindAsset(tx, asset.id),
  };
  const may = refusalOfState(asset, input.state, use);
  if (!may.ok) return may;
  const stored = await storeChange(tx, person, setting, asset, { ...asset, state: input.state });
  if (stored.ok && ends) await stopWatchingAsset(tx, person, setting, asset.id);
  return stored;
}

/** From now on it is another office's; where it is watched as its former office's, that too. */
export async function transferAsset(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { assetId: number; version: number; officeCode: string },
): Promise<Outcome> {
  const found = await lockForChange(tx, person, input, { withTargets: true });
  if (!found.ok) return found;
  const asset = found.value;
  const office = await findOfficeByCode(tx, input.officeCode);
  if (office.id === asset.officeId) return refuse("asset-there-already", { office: office.code, field: "office" });
  const moved = await storeChange(tx, person, setting, asset, {
    ...asset,
    officeId: office.id,
    officeCode: office.code,
  });
  if (moved.ok) await moveWatchedAsset(tx, person, setting, asset, office.id);
  return moved;
}

async function lockForChange(
  tx: Tx,
  person: Person,
  { assetId, version }: { assetId: number; version: number },
  { withTargets = false } = {},
): Promise<Outcome<Asset>> {
  const mayManage = refusalOfManagingAssets(person);
  if (!mayManage.ok) return mayManage;
  if (withTargets) await lockTargets(tx);
  const asset = await lockAsset(tx, assetId);
  if (asset === undefined) return refuse("no-such-asset");
  const may = refusalOfChanging(asset, version);
  return may.ok ? accept(asset) : may;
}

function readValues({ now, rules }: Setting, { kind, answers }: { kind: string; answers: Answers }) {
  const known: AssetKind | undefined = assetKinds.find((each) => each === kind);
  if (known === undefined) return refuse("not-a-choice", { field: "kind" });
  const parsed = parseAnswers(fieldsOf(known), answers, { now, zone: rules.zone });
  return parsed.ok ? accept(valuesOf(known, parsed.value)) : parsed;
}

/** Where nothing is different nothing is written; what stands on labels is written on others.  @param before that is locked */
async function storeChange(tx: Tx, person: Person, setting: Setting, before: Asset, after: Asset): Promise<Outcome> {
  const changes = changesBetween(before, after);
  if (changes.length === 0) return accept();
  const free = await refusalOfTaken(tx, after, before.id);
  if (!free.ok) return free;
  const { officeId, state } = after;
  await updateAsset(tx, before.id, { ...rowOf(after), office_id: officeId, state, changed_at: setting.now });
  await insertChanges(tx, before.id, changes, { personId: person.id, now: setting.now });
  if (changes.some(({ field }) => field === "name" || field === "asset-tag")) {
    await relabelCablesOf(tx, setting, before.id, { personId: person.id });
  }
  await writeJournal(tx, {
    at: setting.now,
    actorId: person.id,
    event: "asset-changed",
    subject: { kind: "asset", id: before.id },
    details: { fields: changes.map(({ field }) => field).join(" "), officeId, state },
  });
  return accept();
}
