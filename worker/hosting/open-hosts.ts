import { mkdir, rename, writeFile } from "node:fs/promises";
import { request } from "node:https";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type HostingFailure, hostingFailures } from "../../core/domain/hosting/hosting-failure.ts";
import type { HostingTarget } from "../../core/domain/hosting/hosting-rules.ts";
import { hostOf } from "../../core/domain/hosting/render-stack.ts";
import type { Outcome } from "../../core/domain/outcome.ts";
import { loadRoutes } from "../../infra/proxy/load-routes.ts";
import { inputFileOf, type StackContext } from "../../infra/stacks/context.ts";
import { openDockerHost } from "../../infra/stacks/docker-host.ts";
import { StackFault } from "../../infra/stacks/fault.ts";
import { previewStack } from "../../infra/stacks/preview.ts";
import { hashProgram } from "../../infra/stacks/program-hash.ts";
import { recoverStack } from "../../infra/stacks/recover.ts";
import { hashOfState } from "../../infra/stacks/state.ts";
import { updateStack } from "../../infra/stacks/update.ts";
import { HostFailed, type Hosts } from "./hosts.ts";

/** The stack of what all applications of a host share. */
const platform = "platform";
const loadWithinMs = 10 * 60_000;
const answerWithinMs = 20_000;
const askAgainAfterMs = 250;

/** The hosts of the profile, by Docker and Pulumi. @param open is done when the first is needed */
export function openHosts(open: () => Promise<StackContext>): Hosts {
  let opened: Promise<StackContext> | undefined;
  const context = () => (opened ??= open());
  return {
    loadImage: (target, path) => explained(() => loadImage(target, path)),
    preview: (stack, input, signal) =>
      explained(async () => {
        const stacks = await context();
        await writeInput(stacks.home, stack, input);
        const { plan, steps, hashes } = unlocked(await previewStack(stacks, stack, { signal }));
        // The first preview of a stack makes it, which is another state than none.
        const state = await hashOfState(stacks, stack);
        return { changes: plan, steps, hashes: { ...hashes, program: await hashProgram(), state } };
      }),
    recover: (stack) => explained(async () => unlocked(await recoverStack(await context(), stack))),
    update: (stack, signal) => explained(async () => unlocked(await updateStack(await context(), stack, { signal }))),
    route: ({ proxy, ...target }, routes) =>
      explained(() =>
        loadRoutes(openDockerHost(hostOf({ ...target, proxy })), platform, routes, {
          ...{ httpPort: proxy.httpPort, httpsPort: proxy.httpsPort, intranet: proxy.intranet },
          acmeDirectory: proxy.acmeDirectory,
        }),
      ),
    ask: askUntilAnswered,
  };
}

/** The path is our own, of the store of files. */
async function loadImage(target: HostingTarget, path: string): Promise<string> {
  const docker = openDockerHost(hostOf(target));
  const printed = await docker.run(["image", "load", "--quiet", "--input", path], { patienceMs: loadWithinMs });
  const [named, ...others] = [...printed.matchAll(/^Loaded image(?: ID)?: (\S+)$/gm)].map(([, name]) => name);
  if (named === undefined || others.length > 0) {
    throw new HostFailed("image-unreadable", `loading an image: Docker names ${others.length + (named ? 1 : 0)}`);
  }
  return (await docker.run(["image", "inspect", "--format", "{{.Id}}", named])).trim();
}

/** Written beside its place and renamed, so that who reads it by hand reads a whole one. */
async function writeInput(home: string, stack: string, input: string): Promise<void> {
  const file = inputFileOf(home, stack);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(`${file}.new`, input, { mode: 0o600, flush: true });
  await rename(`${file}.new`, file);
}

function unlocked<Value>(outcome: Outcome<Value, "stack-locked">): Value {
  if (outcome.ok) return outcome.value;
  const { stack, user, host } = outcome.refusal.values;
  throw new HostFailed("stack-locked", `stack ${stack}: ${user}@${host} holds it`);
}

async function explained<Done>(act: () => Promise<Done>): Promise<Done> {
  try {
    return await act();
  } catch (fault) {
    if (!(fault instanceof StackFault) || fault.reason === "stopped") throw fault;
    const why: HostingFailure = hostingFailures.find((each) => each === fault.reason) ?? "other";
    throw new HostFailed(why, fault.message, { cause: fault });
  }
}

type Page = { port: number; name: string; path: string };

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
function askProxy(address: string, { port, name, path }: Page): Promise<number | undefined> {
  const options = { host: address, port, path, servername: name, headers: { host: name }, agent: false };
  return new Promise((settle) => {
    const asked = request({ ...options, rejectUnauthorized: false, timeout: answerWithinMs }, (response) => {
      response.resume();
      settle(response.statusCode);
    });
    asked.on("timeout", () => asked.destroy()).on("error", () => settle(undefined));
    asked.end();
  });
}
