import { findAsset, findAssetNamed } from "../../db/inventory/assets.ts";
import { findCheck, insertCheck, listChecksOf, markCheckRemoved } from "../../db/monitoring/monitor-checks.ts";
import { lockStates } from "../../db/monitoring/monitor-samples.ts";
import {
  findTarget,
  findTargetNamed,
  findTargetOfAsset,
  insertTarget,
  listWayTo,
  lockTargets,
  type StoredTarget,
  setPaused,
  type TargetSaid,
  updateTarget,
} from "../../db/monitoring/monitor-targets.ts";
import { findOfficeByCode } from "../../db/people/offices.ts";
import type { Tx } from "../../db/tables.ts";
import type { Answers } from "../../domain/form/field.ts";
import type { CheckSettings } from "../../domain/monitoring/check.ts";
import { checkFields, checkKindsOf, settingsIn, tellingFieldOf } from "../../domain/monitoring/check-fields.ts";
import { isDevice } from "../../domain/monitoring/device.ts";
import { followsHosting } from "../../domain/monitoring/hosted.ts";
import type { TargetKind } from "../../domain/monitoring/target.ts";
import { refusalOfManagingTargets } from "../../domain/monitoring/target-access.ts";
import { mostChecks, refusalOfChangingTarget } from "../../domain/monitoring/target-rules.ts";
import { changeFieldsOf, detailsIn, unaskedPolicy } from "../../domain/monitoring/target-values.ts";
import { refusalOfParent } from "../../domain/monitoring/tree.ts";
import { accept, type Outcome, refuse, refuseAbout } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { withdrawSecrets } from "../hosting/one-time-secret.ts";
import { readEntered } from "../read-entered.ts";
import { recordsOf } from "../records-of.ts";
import type { Setting } from "../setting.ts";
import { offerBeatAddress } from "./heartbeats.ts";
import { forgetStates, stopWatching } from "./remove-target.ts";
import { tellOfOutages } from "./tell-of-outages.ts";

const record = recordsOf("target");

/** What people say of a target. @property officeCode null: it is everybody's @property parentId null: it lies behind nothing */
export type TargetInput = { officeCode: string | null; parentId: number | null; answers: Answers };

/**
 * Puts something under watch.
 *
 * @param input.answers of `changeFieldsOf(input.kind)`
 * @param input.assetId which device of the inventory is meant; absent: the one of its name
 * @param input.check of `checkFieldsOf(input.kind)`, the first way of watching it; absent: it has none yet
 * @returns its id
 */
export async function addTarget(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: TargetInput & { kind: TargetKind; assetId?: number | undefined; check?: Answers | undefined },
): Promise<Outcome<number>> {
  const mayManage = refusalOfManagingTargets(person);
  if (!mayManage.ok) return mayManage;
  // Nothing but a heartbeat watches it.
  if (input.kind === "job" && setting.pagesUrl === undefined) return refuse("heartbeat-without-pages");
  const check = input.check && readCheckOf(input.kind, setting, input.check);
  if (check !== undefined && !check.ok) return check;
  await lockTargets(tx);
  const said = await readSaid(tx, setting, input.kind, input);
  if (!said.ok) return said;
  const id = await insertTarget(tx, said.value, { addedBy: person.id, now: setting.now });
  if (check !== undefined) await insertCheck(tx, { targetId: id, settings: check.value, now: setting.now });
  await record(tx, person, setting, "target-added", id, { kind: input.kind });
  return accept(id);
}

/**
 * Changes what is known of a target; its kind stays.
 *
 * @param input.version for which the form was begun
 */
export async function changeTarget(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: TargetInput & { targetId: number; version: number },
): Promise<Outcome> {
  const found = await lockForChange(tx, person, input);
  if (!found.ok) return found;
  const target = found.value;
  const said = await readSaid(tx, setting, target.kind, input, target);
  if (!said.ok) return said;
  await updateTarget(tx, target.id, said.value, setting.now);
  await record(tx, person, setting, "target-changed", target.id);
  return accept();
}

/** Nobody asks it, or somebody does again. What is paused is told of to nobody, and counts for no availability. */
export async function pauseTarget(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { targetId: number; version: number; isPaused: boolean },
): Promise<Outcome> {
  const found = await lockForChange(tx, person, input);
  if (!found.ok) return found;
  const { id, isPaused, applicationId } = found.value;
  if (applicationId !== null) return refuse("target-follows-hosting");
  if (isPaused === input.isPaused) return refuse("target-changed");
  await setPaused(tx, id, input.isPaused);
  await forgetStates(tx, setting, id);
  await tellOfOutages(tx, setting);
  await record(tx, person, setting, input.isPaused ? "target-paused" : "target-resumed", id);
  return accept();
}

/** It is watched no more. What lies behind it lies behind what it lay behind. */
export async function removeTarget(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { targetId: number; version: number },
): Promise<Outcome> {
  const found = await lockForChange(tx, person, input);
  if (!found.ok) return found;
  if (found.value.applicationId !== null) return refuse("target-follows-hosting");
  await stopWatching(tx, setting, found.value, { personId: person.id });
  await tellOfOutages(tx, setting);
  return accept();
}

/** One more way of watching it. @param input.answers of `checkFieldsOf` its kind */
export async function addCheck(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { targetId: number; answers: Answers },
): Promise<Outcome> {
  const mayManage = refusalOfManagingTargets(person);
  if (!mayManage.ok) return mayManage;
  await lockTargets(tx);
  const target = await findTarget(tx, input.targetId);
  if (target === undefined) return refuse("no-such-target");
  const settings = readCheckOf(target.kind, setting, input.answers);
  if (!settings.ok) return settings;
  const { targetId } = input;
  const { kind } = settings.value;
  if (kind === "heartbeat" && setting.pagesUrl === undefined) return refuse("heartbeat-without-pages");
  const may = await refusalOfMoreChecks(tx, setting, target);
  if (!may.ok) return may;
  const id = await insertCheck(tx, { targetId, settings: settings.value, now: setting.now });
  if (id === undefined) return refuse("check-known", { field: tellingFieldOf[kind] });
  await record(tx, person, setting, "check-added", targetId, { checkId: id, kind });
  if (settings.value.kind !== "heartbeat") return accept();
  return offerBeatAddress(tx, person, setting, { checkId: id, name: target.name, ...settings.value });
}

/** Before anything is asked of one more. */
export async function refusalOfMoreChecks(
  tx: Tx,
  { pagesUrl }: Setting,
  { id, kind }: Pick<StoredTarget, "id" | "kind">,
): Promise<Outcome> {
  if (checkKindsOf(kind, { hasPages: pagesUrl !== undefined }).length === 0) return refuse("heartbeat-without-pages");
  const { length } = await listChecksOf(tx, id);
  return length < mostChecks ? accept() : refuse("target-checks-enough", { count: mostChecks });
}

/** What it said counts no more. Without any check nobody looks after the target. */
export async function removeCheck(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { checkId: number },
): Promise<Outcome<number>> {
  const mayManage = refusalOfManagingTargets(person);
  if (!mayManage.ok) return mayManage;
  await lockStates(tx);
  await lockTargets(tx);
  const check = await findCheck(tx, input.checkId);
  if (check === undefined) return refuse("no-such-check");
  if (followsHosting(check.settings)) return refuse("target-follows-hosting");
  await withdrawSecrets(tx, setting, { checkId: check.id });
  await markCheckRemoved(tx, check.id, setting.now);
  await record(tx, person, setting, "check-removed", check.targetId, { checkId: check.id });
  if ((await listChecksOf(tx, check.targetId)).length === 0) {
    await forgetStates(tx, setting, check.targetId);
    await tellOfOutages(tx, setting);
  }
  return accept(check.targetId);
}

async function lockForChange(
  tx: Tx,
  person: Person,
  { targetId, version }: { targetId: number; version: number },
): Promise<Outcome<StoredTarget>> {
  const mayManage = refusalOfManagingTargets(person);
  if (!mayManage.ok) return mayManage;
  await lockStates(tx);
  await lockTargets(tx);
  const target = await findTarget(tx, targetId);
  if (target === undefined) return refuse("no-such-target");
  const may = refusalOfChangingTarget(target, version);
  return may.ok ? accept(target) : may;
}

/** How a target is to be watched. @param answers of `checkFields` */
export function readCheck(setting: Setting, answers: Answers) {
  const read = readEntered(setting, checkFields, answers);
  return read.ok ? settingsIn(read.value, setting.rules.monitoring) : read;
}

/** How one of that kind is. */
function readCheckOf(kind: TargetKind, setting: Setting, answers: Answers): Outcome<CheckSettings> {
  const settings = readCheck(setting, answers);
  if (!settings.ok || checkKindsOf(kind, { hasPages: true }).includes(settings.value.kind)) return settings;
  return refuse("not-a-choice", { field: "check" });
}

/** Names are told apart, capitals aside. @param formerId what is changed; absent: it is new */
export async function refusalOfName(tx: Tx, { name = "" }: { name?: string }, formerId?: number): Promise<Outcome> {
  const same = await findTargetNamed(tx, name);
  if (same === undefined || same.id === formerId) return accept();
  return refuse("target-named", { name: same.name, field: "name" });
}

/** @param former what is changed; undefined: it is new */
async function readSaid(
  tx: Tx,
  setting: Setting,
  kind: TargetKind,
  { officeCode, parentId, assetId: meant, answers }: TargetInput & { assetId?: number | undefined },
  former?: StoredTarget,
): Promise<Outcome<TargetSaid>> {
  const read = readEntered(setting, changeFieldsOf(kind), answers);
  if (!read.ok) return read;
  const details = detailsIn(read.value);
  const mayBeCalled = await refusalOfName(tx, details, former?.id);
  if (!mayBeCalled.ok) return mayBeCalled;
  if (parentId !== null) {
    const tree = new Map((await listWayTo(tx, parentId)).map((target) => [target.id, target]));
    const refusal = refusalOfParent(former?.id ?? 0, parentId, tree);
    if (refusal !== undefined) return refuseAbout("parent", refusal);
  }
  const officeId = officeCode === null ? null : (await findOfficeByCode(tx, officeCode)).id;
  const assetId = kind === "device" ? await findAssetId(tx, { name: details.name, meant }, former) : null;
  return accept({
    ...{ ...details, kind, officeId, parentId, assetId, applicationId: former?.applicationId ?? null },
    policy: { ...unaskedPolicy(former?.policy ?? {}), ...details.policy },
  });
}

/** A device is what the inventory calls by its name, unless that is watched by another name; without a new name what it was it stays. */
async function findAssetId(
  tx: Tx,
  { name, meant }: { name: string; meant: number | undefined },
  former: StoredTarget | undefined,
): Promise<number | null> {
  if (former?.assetId && former.name.toLowerCase() === name.toLowerCase()) return former.assetId;
  const asset = await (meant === undefined ? findAssetNamed(tx, name) : findAsset(tx, meant));
  const known = former?.assetId ?? null;
  if (asset === undefined || !isDevice(asset)) return known;
  const watched = await findTargetOfAsset(tx, asset.id);
  return watched === undefined || watched.id === former?.id ? asset.id : known;
}
