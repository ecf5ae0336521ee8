import type { Application } from "../hosting/application.ts";
import type { HostingRules } from "../hosting/hosting-rules.ts";
import { addressOf } from "../ipam/address.ts";
import { isPublic, prefixAround } from "../ipam/prefix.ts";
import type { CheckSettings } from "./check.ts";

/** It is to be reached now: neither stopped nor off the net. */
export function isAnswering({ state, revision }: Pick<Application, "state" | "revision">): boolean {
  return state === "built" && revision.isRunning;
}

/** A check of a machine's own: people's have nowhere else to connect to. */
export function followsHosting(settings: CheckSettings): boolean {
  return settings.kind === "http" && settings.at !== undefined;
}

/** How a hosted application is asked: by its name, at the proxy before it. undefined: its host is in the profile no more */
export function checkOfHosted(application: Application, hosting: HostingRules): CheckSettings | undefined {
  const proxy = hosting.targets.find(({ name }) => name === application.target)?.proxy;
  const at = proxy?.addresses.find(isInside) ?? proxy?.addresses[0];
  if (proxy === undefined || at === undefined) return undefined;
  const runtime = hosting.runtimes.find(({ name }) => name === application.runtime);
  const path = application.healthPath ?? runtime?.healthPath ?? "/";
  const port = proxy.httpsPort === 443 ? "" : `:${proxy.httpsPort}`;
  const isOwn = application.reach === "intranet" || proxy.acmeDirectory === undefined;
  return {
    ...{ kind: "http", url: `https://${application.revision.domainName}${port}${path}`, status: null, text: null },
    ...{ at, ...(isOwn ? { isOwnAuthority: true } : {}) },
  };
}

function isInside(address: string): boolean {
  const parsed = addressOf(address);
  return !isPublic(prefixAround(parsed, parsed.family === 4 ? 32 : 128));
}
