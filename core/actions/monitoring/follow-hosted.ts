import { isDeepStrictEqual } from "node:util";
import { listHosted } from "../../db/hosting/applications.ts";
import { findBuiltInput } from "../../db/hosting/stacks.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import { insertCheck, listChecksOf, markCheckRemoved } from "../../db/monitoring/monitor-checks.ts";
import { lockStates } from "../../db/monitoring/monitor-samples.ts";
import {
  findTargetNamed,
  insertTarget,
  listTargets,
  lockTargets,
  type StoredTarget,
  setPaused,
} from "../../db/monitoring/monitor-targets.ts";
import type { Tx } from "../../db/tables.ts";
import type { Application } from "../../domain/hosting/application.ts";
import { asBuilt } from "../../domain/hosting/built-proxy.ts";
import type { HostingRules } from "../../domain/hosting/hosting-rules.ts";
import { platformOf } from "../../domain/hosting/stack-names.ts";
import type { CheckSettings } from "../../domain/monitoring/check.ts";
import { checkOfHosted, followsHosting, isAnswering } from "../../domain/monitoring/hosted.ts";
import { noDetails } from "../../domain/monitoring/target-values.ts";
import type { Setting } from "../setting.ts";
import { forgetStates, stopWatching } from "./remove-target.ts";

/** More than a regency hosts. */
const mostApplications = 5_000;

/**
 * What a machine hosts is watched by itself: it comes with its name, is paused while it is stopped or off the net, and goes when it is
 * deleted. Its check follows its name and its host.
 */
export async function followHosted(tx: Tx, setting: Setting): Promise<void> {
  const { hosting } = setting.rules;
  if (hosting === undefined) return;
  const built = await withTargetsAsBuilt(tx, hosting);
  await lockStates(tx);
  await lockTargets(tx);
  const hosted = await listHosted(tx, { offset: 0, limit: mostApplications });
  const standing = new Map(
    hosted
      .filter(({ state, standingId }) => standingId !== null && ["built", "stopped", "isolated"].includes(state))
      .map((each) => [each.id, each]),
  );
  const known = (await listTargets(tx)).filter(({ applicationId }) => applicationId !== null);
  for (const target of known) {
    if (!standing.has(target.applicationId ?? 0)) await stopWatching(tx, setting, target, { personId: null });
  }
  const targets = new Map(known.map((target) => [target.applicationId, target]));
  for (const application of standing.values()) {
    const check = checkOfHosted(application, built);
    if (check !== undefined) await followOne(tx, setting, application, { check, known: targets.get(application.id) });
  }
}

/** Its proxies answer by what they were built by. */
async function withTargetsAsBuilt(tx: Tx, hosting: HostingRules): Promise<HostingRules> {
  const inputs = await Promise.all(hosting.targets.map(({ name }) => findBuiltInput(tx, platformOf(name))));
  return { ...hosting, targets: hosting.targets.map((target, index) => asBuilt(target, inputs[index])) };
}

async function followOne(
  tx: Tx,
  setting: Setting,
  application: Application,
  { check, known }: { check: CheckSettings; known: StoredTarget | undefined },
): Promise<void> {
  const targetId = known?.id ?? (await begin(tx, setting, application));
  const present = await listChecksOf(tx, targetId);
  const own = present.find(({ settings }) => followsHosting(settings));
  if (!isDeepStrictEqual(own?.settings, check)) {
    if (own !== undefined) await markCheckRemoved(tx, own.id, setting.now);
    await insertCheck(tx, { targetId, settings: check, now: setting.now });
  }
  const isPaused = !isAnswering(application);
  if (known === undefined || known.isPaused === isPaused) return;
  await setPaused(tx, targetId, isPaused);
  await forgetStates(tx, setting, targetId);
}

async function begin(tx: Tx, setting: Setting, application: Application): Promise<number> {
  const { now } = setting;
  const { id: applicationId, officeId, title, revision } = application;
  const name = await freeName(tx, [title, revision.domainName, `${revision.domainName} (${applicationId})`]);
  const said = { ...noDetails, kind: "application" as const, name, officeId, parentId: null, applicationId };
  const id = await insertTarget(tx, said, { addedBy: null, now });
  if (!isAnswering(application)) await setPaused(tx, id, true);
  await writeJournal(tx, {
    ...{ at: now, actorId: null, onBehalfOf: "infrastructure", event: "target-added" },
    ...{ subject: { kind: "target", id }, details: { kind: "application", applicationId } },
  });
  return id;
}

/** The first that no target has; else the last. */
async function freeName(tx: Tx, names: readonly [string, ...string[]]): Promise<string> {
  for (const name of names) if ((await findTargetNamed(tx, name)) === undefined) return name;
  return names.at(-1) ?? names[0];
}
