import { askNow } from "../../core/actions/monitoring/ask-target.ts";
import { renewBeatAddress } from "../../core/actions/monitoring/heartbeats.ts";
import { discardTargets, importTargets } from "../../core/actions/monitoring/import-targets.ts";
import { joinOutage } from "../../core/actions/monitoring/join-outage.ts";
import { cancelMaintenance, endMaintenance } from "../../core/actions/monitoring/maintenance-windows.ts";
import { takeOutage } from "../../core/actions/monitoring/take-outage.ts";
import { pauseTarget, refusalOfMoreChecks, removeCheck, removeTarget } from "../../core/actions/monitoring/targets.ts";
import { tieAsset } from "../../core/actions/monitoring/watched-asset.ts";
import { findAsset } from "../../core/db/inventory/assets.ts";
import { findTarget } from "../../core/db/monitoring/monitor-targets.ts";
import { checkKindsOf } from "../../core/domain/monitoring/check-fields.ts";
import { refusalOfManagingTargets } from "../../core/domain/monitoring/target-access.ts";
import { refusalOfChangingTarget } from "../../core/domain/monitoring/target-rules.ts";
import { accept, type Outcome, refuse } from "../../core/domain/outcome.ts";
import { type Conversation, reply, show } from "../conversation.ts";
import { findTargets } from "../find/find-targets.ts";
import { beginForm, draftAt, endDraft } from "../forms/fill-in.ts";
import { checkForm } from "../forms/monitoring/check-form.ts";
import { maintenanceForm } from "../forms/monitoring/maintenance-form.ts";
import { presentAnswersOf, targetChangeForm, targetForm } from "../forms/monitoring/target-form.ts";
import { targetImportForm } from "../forms/monitoring/target-import-form.ts";
import { targetSearchForm } from "../forms/monitoring/target-search-form.ts";
import type { MonitorPress } from "../presses/monitor-press.ts";
import type { PressOf } from "../presses/press.ts";
import { showTarget } from "../show-target.ts";
import { decideList } from "./decide-list.ts";

/** Buttons of what is watched. What is shown is what the person may see; who may change it is told before anything is asked. */
export async function pressOnMonitor(conversation: Conversation, press: MonitorPress): Promise<Outcome> {
  switch (press.do) {
    case "status":
      return show(conversation, { kind: "status" }, press);
    case "targets":
      return show(conversation, { kind: "targets", of: press.of, page: press.page }, press);
    case "targets-found":
      return show(conversation, { kind: "targets-found", text: press.text, page: press.page }, press);
    case "export-status":
      return show(conversation, { kind: "status-export" }, {});
    case "find-target":
      return beginForm(conversation, targetSearchForm, {});
    case "target":
      return press.turns || press.isDrawn
        ? show(conversation, { kind: "target", targetId: press.targetId }, press)
        : showTarget(conversation, press.targetId);
    case "target-behind":
      return show(conversation, { kind: "target-behind", targetId: press.targetId, page: press.page }, press);
    case "ask-target":
      return ask(conversation, press);
    case "take-outage":
      return take(conversation, press);
    case "join-outage":
      return join(conversation, press);
    default:
      return manage(conversation, press);
  }
}

type Managing = Exclude<
  MonitorPress,
  PressOf<
    | ("status" | "export-status" | "targets" | "targets-found" | "find-target" | "target" | "target-behind")
    | ("ask-target" | "take-outage" | "join-outage")
  >
>;

async function manage(conversation: Conversation, press: Managing): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const mayManage = refusalOfManagingTargets(person);
  if (!mayManage.ok) return mayManage;
  switch (press.do) {
    case "add-target":
      return beginForm(conversation, targetForm, {});
    case "watch-asset":
      return watchAsset(conversation, press.assetId);
    case "export-targets":
      return show(conversation, { kind: "target-export" }, {});
    case "send-target-file":
      return beginForm(conversation, targetImportForm, {});
    case "import-targets":
      return decideList(conversation, importTargets, { kind: "target-import", importId: press.importId });
    case "discard-target-import":
      return decideList(conversation, discardTargets, { kind: "target-import", importId: press.importId });
    case "change-target":
      return beginChange(conversation, press);
    case "target-checks":
      return show(conversation, { kind: "target-checks", targetId: press.targetId }, { turns: true });
    case "add-check":
      return beginCheck(conversation, press);
    case "ask-removing-check":
      return show(conversation, { kind: "check-removing", checkId: press.checkId }, { turns: true });
    case "ask-renewing-beat":
      return show(conversation, { kind: "beat-renewing", checkId: press.checkId }, { turns: true });
    case "renew-beat": {
      const renewed = await renewBeatAddress(tx, person, setting, press);
      if (!renewed.ok) return renewed;
      return show(conversation, { kind: "target-checks", targetId: renewed.value }, { turns: true });
    }
    case "begin-maintenance":
      if ((await findTarget(tx, press.targetId)) === undefined) return refuse("no-such-target");
      return beginForm(conversation, maintenanceForm, { targetId: press.targetId });
    case "ask-pausing-target":
      return show(conversation, { kind: "target-pausing", targetId: press.targetId }, { turns: true });
    case "ask-removing-target":
      return show(conversation, { kind: "target-removing", targetId: press.targetId }, { turns: true });
    case "end-maintenance":
      return shown(conversation, await endMaintenance(tx, person, setting, press));
    case "cancel-maintenance":
      return shown(conversation, await cancelMaintenance(tx, person, setting, press));
    case "pause-target": {
      const paused = await pauseTarget(tx, person, setting, press);
      return shown(conversation, paused.ok ? accept(press.targetId) : paused);
    }
    case "remove-target": {
      const removed = await removeTarget(tx, person, setting, press);
      return removed.ok ? show(conversation, { kind: "status" }, { turns: true }) : removed;
    }
    case "remove-check": {
      const removed = await removeCheck(tx, person, setting, press);
      if (!removed.ok) return removed;
      return show(conversation, { kind: "target-checks", targetId: removed.value }, { turns: true });
    }
  }
}

/** Where a device is watched by its name, that is it; else its name and its office are suggested, and may be changed. */
async function watchAsset(conversation: Conversation, assetId: number): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const tied = await tieAsset(tx, person, setting, { assetId });
  if (!tied.ok) return tied;
  if (tied.value !== undefined) return showTarget(conversation, tied.value);
  const asset = await findAsset(tx, assetId);
  if (asset === undefined) return refuse("no-such-asset");
  const { name, officeCode: office } = asset;
  return beginForm(conversation, targetForm, { assetId }, { kind: "device", name, office });
}

/** What came of it takes the place of the page. @param done with the target's id */
async function shown(conversation: Conversation, done: Outcome<number>): Promise<Outcome> {
  return done.ok ? show(conversation, { kind: "target", targetId: done.value }, { turns: true }) : done;
}

/** `/status`, or `/status` and what is meant. */
export function showStatus(conversation: Conversation, rest: string): Promise<Outcome> {
  return rest === "" ? show(conversation, { kind: "status" }) : findTargets(conversation, rest);
}

/** What is found comes when it is. */
async function ask(conversation: Conversation, press: PressOf<"ask-target">): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const asked = await askNow(tx, person, setting, press);
  if (asked.ok) await reply(conversation, { kind: "said", what: "target-being-asked" });
  return asked;
}

async function take(conversation: Conversation, press: PressOf<"take-outage">): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const { alertId, outageId } = press;
  const taken = await takeOutage(tx, person, setting, { alertId });
  return taken.ok && outageId !== undefined ? show(conversation, { kind: "outage", outageId }, { turns: true }) : taken;
}

/** It takes the place of what offered it. What was entered in the form goes along; one that was filed or thrown away meanwhile has nothing to bring. */
async function join(outer: Conversation, { outageId, draftId, personId }: PressOf<"join-outage">): Promise<Outcome> {
  const conversation: Conversation = draftId === undefined ? outer : { ...outer, isInForm: true };
  const { tx, person, setting } = conversation;
  const found = draftId === undefined ? undefined : await draftAt(conversation, draftId);
  if (found?.ok === false && found.refusal.code === "form-of-another") return found;
  const draft = found?.ok ? found.value : undefined;
  const begun = draft && { draftId: draft.id, answers: draft.answers };
  const joined = await joinOutage(tx, person, setting, { outageId, begun, personId });
  if (!joined.ok) return joined;
  const told =
    personId === undefined ? { kind: "outage-joined" as const } : { kind: "affected-noted" as const, personId };
  await reply(conversation, { ...told, outageId }, { inPlace: true });
  if (draft !== undefined) await endDraft(conversation, draft);
  return accept();
}

/** Where there is but one way of watching it, that is not asked. */
async function beginCheck(
  conversation: Conversation,
  { targetId, answers: entered }: PressOf<"add-check">,
): Promise<Outcome> {
  const { tx, setting, office } = conversation;
  const target = await findTarget(tx, targetId);
  if (target === undefined) return refuse("no-such-target");
  const may = await refusalOfMoreChecks(tx, setting, target);
  if (!may.ok) return may;
  const [check, ...others] = checkKindsOf(target.kind, office);
  const only = check === undefined || others.length > 0 ? {} : { check };
  return beginForm(conversation, checkForm, { targetId }, { ...only, ...entered });
}

async function beginChange(conversation: Conversation, press: PressOf<"change-target">): Promise<Outcome> {
  const { tx } = conversation;
  const target = await findTarget(tx, press.targetId);
  if (target === undefined) return refuse("no-such-target");
  const may = refusalOfChangingTarget(target, press.version);
  if (!may.ok) return may;
  const answers = await presentAnswersOf(tx, target);
  return beginForm(conversation, targetChangeForm, { targetId: target.id, version: target.version }, answers);
}
