import { randomBytes } from "node:crypto";
import { request } from "node:https";
import { setTimeout as pause } from "node:timers/promises";
import { describeFault, isDiskFull } from "../../core/db/fault.ts";
import { hostingFailures } from "../../core/domain/hosting/hosting-failure.ts";
import type { HostingTarget } from "../../core/domain/hosting/hosting-rules.ts";
import { hostOf } from "../../core/domain/hosting/render-stack.ts";
import { nonceBytes, sealSecret } from "../../core/domain/hosting/sealed-secret.ts";
import { platformOf } from "../../core/domain/hosting/stack-names.ts";
import type { Outcome } from "../../core/domain/outcome.ts";
import { isPrepared } from "../../infra/host/is-prepared.ts";
import { loadRoutes } from "../../infra/proxy/load-routes.ts";
import { needProxy } from "../../infra/proxy/need-proxy.ts";
import { probeHeader } from "../../infra/proxy/routes.ts";
import { listEvidence } from "../../infra/stacks/contain.ts";
import { openInput, openSealed, removeInput, type StackContext } from "../../infra/stacks/context.ts";
import { purgeStack } from "../../infra/stacks/destroy.ts";
import { openDockerHost, removeImages } from "../../infra/stacks/docker-host.ts";
import { StackFault } from "../../infra/stacks/fault.ts";
import { forgetAccess } from "../../infra/stacks/forget-access.ts";
import { forgetStack } from "../../infra/stacks/forget-stack.ts";
import { previewStack } from "../../infra/stacks/preview.ts";
import { previewRemoval } from "../../infra/stacks/preview-removal.ts";
import { hashProgram } from "../../infra/stacks/program-hash.ts";
import { endLeftover, recoverStack } from "../../infra/stacks/recover.ts";
import { shutAccess } from "../../infra/stacks/shut-access.ts";
import { hashOfState } from "../../infra/stacks/state.ts";
import { updateStack } from "../../infra/stacks/update.ts";
import { dropAccount, makeAccount } from "./change-account.ts";
import { askDatabase, fillDatabase } from "./fill-database.ts";
import { HostFailed, type Hosts, type Page } from "./hosts.ts";
import { loadImage } from "./load-image.ts";
import { makeImage } from "./make-image.ts";
import { pullImage } from "./pull-image.ts";
import { saveImage } from "./save-image.ts";
import { tryDump } from "./try-dump.ts";
import { writeInput, writeStanding } from "./write-input.ts";

const answerWithinMs = 20_000;
const askAgainAfterMs = 250;

/** The hosts of the profile, by Docker and Pulumi. @param context asked for when it is needed, each time */
export function openHosts(context: () => Promise<StackContext>): Hosts {
  return {
    loadImage: (target, path, signal) => explained(() => loadImage(openDockerHost(hostOf(target)), path, signal)),
    saveImage: (target, ...image) => explained(() => saveImage(openDockerHost(hostOf(target)), ...image)),
    makeImage: (target, image, archive, signal) =>
      explained(async () => {
        const { passphrase } = await context();
        return makeImage(openDockerHost(hostOf(target)), image, archive, { passphrase, signal });
      }),
    needImage: (target, image, signal) => explained(() => needImage(target, image, signal)),
    needProxy: (target) => explained(() => needProxy(openDockerHost(hostOf(target)), platformOf(target.name))),
    isPrepared: (target) => isPrepared(target.endpoint),
    seal: async (secret) => sealSecret((await context()).passphrase, secret, randomBytes(nonceBytes)),
    unseal: (sealed) => explained(async () => openSealed((await context()).passphrase, sealed, "opening a secret")),
    preview: (stack, input, signal) =>
      explained(async () => {
        const stacks = await context();
        // A worker that died may have left a preview, which nothing else ends.
        await endLeftover(stacks, stack);
        await writeInput(stacks.home, stack, input);
        const [previewed, before] = await Promise.all([
          previewStack(stacks, stack, { signal }),
          hashOfState(stacks, stack),
        ]);
        const { plan, steps, hashes } = unlocked(previewed);
        // The first preview of a stack makes it, which is another state than none.
        const state = before === "" ? await hashOfState(stacks, stack) : before;
        return { changes: plan, steps, hashes: { ...hashes, program: await hashProgram(), state } };
      }),
    recover: (stack, input, signal) =>
      explained(async () => {
        const stacks = await context();
        await writeInput(stacks.home, stack, input);
        unlocked(await recoverStack(stacks, stack, { signal }));
      }),
    update: (stack, input, signal, following) =>
      explained(async () => {
        const stacks = await context();
        await writeInput(stacks.home, stack, input);
        unlocked(await updateStack(stacks, stack, { ...following, signal }));
      }),
    previewRemoval: (stack, input, signal) =>
      explained(async () => {
        const stacks = await context();
        await writeInput(stacks.home, stack, input);
        const { plan, steps, hashes } = unlocked(await previewRemoval(stacks, stack, { signal }));
        const state = await hashOfState(stacks, stack);
        return { changes: plan, steps, hashes: { ...hashes, program: await hashProgram(), state } };
      }),
    remove: (stack, images, signal, following) =>
      explained(async () => {
        const stacks = await context();
        const { docker } = await openInput(stacks, stack);
        unlocked(await purgeStack(stacks, stack, { ...following, signal }));
        await removeImages(docker, [...(await listEvidence(docker, stack)), ...images]);
        await removeInput(stacks.home, stack);
      }),
    keepStanding: (stack, standing) => explained(async () => writeStanding((await context()).home, stack, standing)),
    forgetPlan: (stack, signal) =>
      explained(async () => {
        const stacks = await context();
        unlocked(await forgetStack(stacks, stack, { signal }));
        // Not before: what stands after all can only be removed by it.
        await removeInput(stacks.home, stack);
      }),
    // The engine gives a container that it stops some time of its own besides.
    drain: async (seconds, signal) => void (await pause(seconds * 1_000, undefined, { signal })),
    fillDatabase: (target, ...filling) => explained(() => fillDatabase(openDockerHost(hostOf(target)), ...filling)),
    tryDump: (target, database, dump, signal) =>
      explained(async () => {
        await needImage(target, database.image, signal);
        await tryDump(openDockerHost(hostOf(target)), database, dump, signal);
      }),
    askDatabase: (target, ...asked) => explained(() => askDatabase(openDockerHost(hostOf(target)), ...asked)),
    makeAccount: (target, server, account) =>
      explained(() => makeAccount(openDockerHost(hostOf(target)), server, account)),
    dropAccount: (target, server, account) =>
      explained(() => dropAccount(openDockerHost(hostOf(target)), server, account)),
    shutAccess: (target, stack) => explained(() => shutAccess(openDockerHost(hostOf(target)), stack)),
    forgetAccess: (stack, standing, signal) =>
      explained(async () => {
        const stacks = await context();
        await writeStanding(stacks.home, stack, standing);
        unlocked(await forgetAccess(stacks, stack, { signal }));
      }),
    route: ({ proxy, ...target }, routes) =>
      explained(() =>
        loadRoutes(openDockerHost(hostOf({ ...target, proxy })), platformOf(target.name), routes, {
          ...{ httpPort: proxy.httpPort, httpsPort: proxy.httpsPort, intranet: proxy.intranet },
          acmeDirectory: proxy.acmeDirectory,
        }),
      ),
    ask: askUntilAnswered,
  };
}

/** @param image by its ID, or by its digest in a registry */
async function needImage(target: HostingTarget, image: string, signal: AbortSignal): Promise<void> {
  const docker = openDockerHost(hostOf(target));
  try {
    await docker.run(["image", "inspect", "--format", "{{.Id}}", image], { signal });
  } catch (fault) {
    const isMissing = fault instanceof StackFault && fault.reason === "image-missing";
    if (!isMissing || !image.includes("@")) throw fault;
    await pullImage(docker, image, signal);
  }
}

export function unlocked<Value>(outcome: Outcome<Value, "stack-locked">): Value {
  if (outcome.ok) return outcome.value;
  const { stack, user, host, since } = outcome.refusal.values;
  const lock = { stack: String(stack), holder: `${user}@${host}`, since: String(since) };
  throw new HostFailed("stack-locked", `stack ${stack}: ${lock.holder} holds it since ${since}`, { lock });
}

/** What a stack or a host refuses, as its tasks tell it. @throws HostFailed */
export async function explained<Done>(act: () => Promise<Done>): Promise<Done> {
  try {
    return await act();
  } catch (fault) {
    if (isDiskFull(fault)) {
      throw new HostFailed("store-full", `writing on Simpul's own disk: ${describeFault(fault)}`, { cause: fault });
    }
    if (!(fault instanceof StackFault) || fault.reason === "stopped") throw fault;
    const named = hostingFailures.find((each) => each === fault.reason);
    const why = fault.reason === "killed" ? "not-finished" : (named ?? "other");
    throw new HostFailed(why, fault.message, { cause: fault });
  }
}

/** A proxy that has just got a name has to get a certificate for it, too. */
async function askUntilAnswered(address: string, page: Page): Promise<number | undefined> {
  const giveUpAt = performance.now() + answerWithinMs;
  for (;;) {
    const status = await askProxy(address, page);
    if (performance.now() > giveUpAt || (status !== undefined && status < 500)) return status;
    await pause(askAgainAfterMs);
  }
}

/** Whether it answers by that name; whose certificate it has is the browsers' business, who know the office's own CA. */
function askProxy(address: string, { port, name, path, probe }: Page): Promise<number | undefined> {
  const headers = { host: name, ...(probe === undefined ? {} : { [probeHeader]: probe }) };
  const options = { host: address, port, path, servername: name, headers, agent: false };
  return new Promise((settle) => {
    const asked = request({ ...options, rejectUnauthorized: false, timeout: answerWithinMs }, (response) => {
      response.resume();
      settle(response.statusCode);
    });
    asked.on("timeout", () => asked.destroy()).on("error", () => settle(undefined));
    asked.end();
  });
}
